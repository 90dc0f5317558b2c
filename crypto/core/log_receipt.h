#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "common/base/bytes.h"
#include "crypto/core/ed25519.h"
#include "crypto/core/log_event.h"
#include "crypto/core/merkle.h"

// The receipt of a log entry (docs/formats.md section 9): a C2SP tlog-proof
// (c2sp.org/tlog-proof@v1) whose `extra` is r ‖ event, so that it needs nothing beside it but the
// log's key.
namespace valv::crypto {

struct LogReceipt {
    std::string event;
    Bytes r;  // 32 octets
    std::uint64_t index = 0;
    MerkleProof proof;
    std::string checkpoint;  // the whole signed note
};

[[nodiscard]] std::string encode_log_receipt(const LogReceipt& receipt);
// Strict in form; nothing is verified. Throws kMalformed.
[[nodiscard]] LogReceipt decode_log_receipt(std::string_view text);

// Checkpoint, then proof: the event stands in that log. Throws kTampered `log_signature_invalid`,
// `log_inconsistent`; kMalformed for an event that is none.
[[nodiscard]] LogEvent verify_log_receipt(const LogReceipt& receipt, std::string_view origin,
                                          const VerifyKey& key);

}  // namespace valv::crypto
