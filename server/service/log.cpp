#include "server/service/log.h"

#include "crypto/core/checkpoint.h"
#include "crypto/core/merkle.h"

namespace valv::service {
namespace {

using store::Tx;
using store::TxKind;

// Leaves under one hash of a level: 256^level.
std::uint64_t leaves_under(unsigned level) {
    std::uint64_t leaves = 1;
    for (unsigned step = 0; step < level; ++step) {
        leaves *= crypto::kTileWidth;
    }
    return leaves;
}

Bytes hashes_of_tile(Tx& tx, const VaultId& vault, const crypto::TileId& tile) {
    const std::uint64_t under = leaves_under(tile.level);
    const std::uint64_t first = tile.index * crypto::kTileWidth * under;
    const std::vector<crypto::Hash> leaves = tx.log().leaf_hashes(vault, first, tile.width * under);
    Bytes hashes;
    for (std::uint64_t index = 0; index < tile.width; ++index) {
        const std::span<const crypto::Hash> part = std::span(leaves).subspan(index * under, under);
        append(hashes, crypto::root_of(part));
    }
    return hashes;
}

}  // namespace

std::string Log::checkpoint(const VaultId& vault, const TlsKey& caller) {
    struct Known {
        store::LogHead head;
        std::optional<std::string> signed_text;
    };
    const Known known = environment_.store.transact(TxKind::kRead, [&](Tx& tx) -> Known {
        (void)require_device(tx, vault, caller);
        const store::LogHead head = tx.log().head(vault);
        return {.head = head, .signed_text = tx.log().find_checkpoint(vault, head.size)};
    });
    if (known.signed_text) {
        return *known.signed_text;
    }
    const std::optional<crypto::SigningKey> key = environment_.log_keys.find(vault);
    if (!key) {
        throw Error(ErrorCode::kInternal, "log: the vault's key is missing");
    }
    const Bytes note =
        crypto::sign_checkpoint({.origin = crypto::log_origin(vault),
                                 .head = {.size = known.head.size, .root = known.head.root}},
                                *key);
    const std::string text(as_text(note));
    environment_.store.transact(
        TxKind::kWrite, [&](Tx& tx) { tx.log().put_checkpoint(vault, known.head.size, text); });
    return text;
}

Bytes Log::tile(const VaultId& vault, std::string_view path, const TlsKey& caller) {
    const std::optional<crypto::TileId> tile = crypto::parse_tile_path("tile/" + std::string(path));
    return environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
        (void)require_device(tx, vault, caller);
        const std::uint64_t size = tx.log().head(vault).size;
        if (!tile || tile->width > crypto::tile_width_at(size, tile->level, tile->index)) {
            throw Error(ErrorCode::kNotFound, "log: no such tile");
        }
        return hashes_of_tile(tx, vault, *tile);
    });
}

}  // namespace valv::service
