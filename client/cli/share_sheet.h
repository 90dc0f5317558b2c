#pragma once

#include <string>

#include "client/casework/enums.h"
#include "common/base/clock.h"
#include "common/base/ids.h"
#include "crypto/core/secret_bytes.h"
#include "crypto/sealed/recovery_shares.h"

// The page that a custodian keeps: the share as characters and as a QR code, and what to do with
// it.
namespace valv::cli {

// What all sheets of a set say.
struct SheetFacts {
    std::string vault;  // its name
    VaultId vault_id;
    std::string words;  // of the recovery recipient
    Instant made_at;
    casework::DeskLanguage language = casework::DeskLanguage::kSv;
};

// HTML of one page that needs nothing from outside.
[[nodiscard]] crypto::SecretBytes share_sheet(const SheetFacts& facts,
                                              const sealed::RecoveryShare& share);

}  // namespace valv::cli
