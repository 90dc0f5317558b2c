#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/protocol/messages.h"
#include "crypto/core/log_receipt.h"
#include "server/service/access.h"
#include "server/service/environment.h"

namespace valv::service {

// What stands in the store of a log's newest checkpoint.
struct KnownCheckpoint {
    store::LogHead head;
    std::optional<std::string> signed_text;
};
[[nodiscard]] KnownCheckpoint known_checkpoint(store::Tx& tx, const VaultId& vault);
// Its signed text; a new one stands in the store before it is given out, so no size ever has two
// roots. Outside of transactions.
[[nodiscard]] std::string signed_checkpoint(Environment& environment, const VaultId& vault,
                                            const KnownCheckpoint& known);
// An entry with its place and proof; the checkpoint of `known` is to be signed after the
// transaction.
struct ProvenEntry {
    KnownCheckpoint known;
    crypto::LogReceipt receipt;  // without the checkpoint's text
};
// kUnavailable while a store that numbers after the commit has not numbered the leaf.
[[nodiscard]] ProvenEntry prove_entry(store::Tx& tx, const VaultId& vault,
                                      const crypto::Hash& leaf_hash);

// The log's checkpoint and tiles (docs/formats.md section 9). Callable from any thread.
class Log {
public:
    explicit Log(Environment& environment) : environment_(environment) {}

    // Of what is committed.
    [[nodiscard]] std::string checkpoint(const VaultId& vault, const TlsKey& caller);
    // `path` = `LEVEL/TILE`, as tlog-tiles writes it behind `tile/`. kNotFound for a tile that the
    // tree does not have.
    [[nodiscard]] Bytes tile(const VaultId& vault, std::string_view path, const TlsKey& caller);

    // One for each leaf of a tile of level 0, `path` = `TILE`; empty where the caller may not read
    // it (docs/protocol.md section 6). kNotFound as tile().
    [[nodiscard]] std::vector<protocol::LogEntry> entries(const VaultId& vault,
                                                          std::string_view path,
                                                          const TlsKey& caller);

private:
    Environment& environment_;
};

}  // namespace valv::service
