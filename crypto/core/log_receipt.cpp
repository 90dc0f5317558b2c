#include "crypto/core/log_receipt.h"

#include <limits>

#include "common/base/encoding.h"
#include "common/base/error.h"
#include "crypto/core/checkpoint.h"
#include "crypto/core/text_lines.h"

namespace valv::crypto {
namespace {

constexpr std::string_view kFirstLine = "c2sp.org/tlog-proof@v1";
constexpr std::size_t kNonceBytes = 32;
constexpr std::size_t kMaxProofHashes = 64;  // a tree of 2^64 leaves

}  // namespace

std::string encode_log_receipt(const LogReceipt& receipt) {
    std::string text(kFirstLine);
    text += "\n";
    append_line(text, "extra", to_base64(concat({receipt.r, as_bytes(receipt.event)})));
    append_line(text, "index", std::to_string(receipt.index));
    for (const Hash& hash : receipt.proof) {
        text += to_base64(hash) + "\n";
    }
    return text + "\n" + receipt.checkpoint;
}

LogReceipt decode_log_receipt(std::string_view text) {
    const std::size_t end = text.find("\n\n");
    TextLines lines(text.substr(0, end == std::string_view::npos ? end : end + 1), "receipt");
    if (end == std::string_view::npos || lines.line() != kFirstLine) {
        lines.complain("not a tlog-proof");
    }
    const Bytes extra = from_base64(lines.value("extra"));
    if (extra.size() <= kNonceBytes) {
        lines.complain("too short for an event");
    }
    LogReceipt receipt{.event = std::string(as_text(ByteView(extra).subspan(kNonceBytes))),
                       .r = to_bytes(ByteView(extra).first(kNonceBytes))};
    receipt.index = parse_decimal(lines.value("index"), std::numeric_limits<std::uint64_t>::max());
    while (!lines.is_at_end()) {
        receipt.proof.push_back(hash_from(from_base64(lines.line())));
        if (receipt.proof.size() > kMaxProofHashes) {
            lines.complain("more hashes than a proof has");
        }
    }
    receipt.checkpoint = text.substr(end + 2);
    return receipt;
}

LogEvent verify_log_receipt(const LogReceipt& receipt, std::string_view origin,
                            const VerifyKey& key) {
    const TreeHead head = verify_checkpoint(as_bytes(receipt.checkpoint), origin, key);
    const Hash leaf = log_leaf_hash(receipt.event, receipt.r);
    if (!verify_inclusion(leaf, receipt.index, head.size, receipt.proof, head.root)) {
        throw Error(ErrorCode::kTampered, "receipt: the proof does not lead to the root", {},
                    "log_inconsistent");
    }
    return parse_log_event(receipt.event);
}

}  // namespace valv::crypto
