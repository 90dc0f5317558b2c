#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client/lib/log_audit.h"
#include "crypto/core/signed_note.h"

// A vault's log in one file that needs no server (docs/formats.md section 9): the directory's
// notes, the checkpoint, every entry.
namespace valv::client {

// As an admin or auditor of the vault; others may read too little (kForbidden). Everything was
// checked as verify_log does.
[[nodiscard]] std::string export_log(Vault& vault);

struct AuditedExport {
    VaultId vault;
    Instant exported_at;
    crypto::TreeHead head;
    std::uint32_t directory_notes = 0;
    std::uint32_t earlier_heads = 0;  // sizes that directory notes vouch for, all on this log
    std::uint64_t readable = 0;
    std::uint64_t unreadable = 0;
    std::vector<LoggedOpen> opens;
};
// With nothing but the founder's key (the name is the founder's device id): the directory's chain
// from it on, the log key that the newest note names, the checkpoint under that key, every entry's
// commitment, the tree over all of them, and that it goes on from each earlier head that an admin's
// note names. Throws kTampered; kMalformed for a text that is no export.
[[nodiscard]] AuditedExport verify_log_export(std::string_view text,
                                              const crypto::NoteVerifier& founder);

}  // namespace valv::client
