#include "crypto/core/checkpoint.h"

#include <limits>

#include "common/base/encoding.h"
#include "common/base/error.h"
#include "crypto/core/signed_note.h"
#include "crypto/core/text_lines.h"

namespace valv::crypto {

std::string log_origin(const VaultId& vault) {
    return "resvalv/v1/log/" + vault.text();
}

std::string checkpoint_text(const Checkpoint& checkpoint) {
    return checkpoint.origin + "\n" + std::to_string(checkpoint.head.size) + "\n" +
           to_base64(checkpoint.head.root) + "\n";
}

Checkpoint parse_checkpoint_text(std::string_view text) {
    TextLines lines(text, "checkpoint");
    Checkpoint checkpoint;
    checkpoint.origin = lines.line();
    if (checkpoint.origin.empty()) {
        lines.complain("no origin");
    }
    checkpoint.head.size = parse_decimal(lines.line(), std::numeric_limits<std::uint64_t>::max());
    checkpoint.head.root = hash_from(from_base64(lines.line()));
    lines.expect_end();  // no extension lines: ours has none
    return checkpoint;
}

Bytes sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key) {
    return sign_note(checkpoint_text(checkpoint), checkpoint.origin, key);
}

TreeHead verify_checkpoint(ByteView note, std::string_view origin, const VerifyKey& key) {
    try {
        const Checkpoint checkpoint =
            parse_checkpoint_text(verify_cosigned_note(note, origin, key));
        if (checkpoint.origin == origin) {
            return checkpoint.head;
        }
    } catch (const Error& error) {  // One name for all of it (docs/threats.md).
        throw Error(ErrorCode::kTampered, error.what(), {}, "log_signature_invalid");
    }
    throw Error(ErrorCode::kTampered, "checkpoint: of another log", {}, "log_signature_invalid");
}

}  // namespace valv::crypto
