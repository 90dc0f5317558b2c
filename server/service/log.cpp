#include "server/service/log.h"

#include "crypto/core/checkpoint.h"
#include "crypto/core/log_event.h"

namespace valv::service {
namespace {

using store::Tx;
using store::TxKind;

// Whose events a device may read (docs/protocol.md section 6).
class Reader {
public:
    Reader(Tx& tx, const VaultId& vault, const TlsKey& caller)
        : tx_(tx), vault_(vault), device_(require_device(tx, vault, caller)) {
        reads_all_ = device_.role == to_string(crypto::Role::kAdmin) ||
                     device_.role == to_string(crypto::Role::kAuditor);
    }
    [[nodiscard]] bool may_read(std::string_view text) {
        if (reads_all_) {
            return true;
        }
        const crypto::LogEvent event = crypto::parse_log_event(text);
        if (event.kind == "directory") {
            return true;
        }
        const std::optional<CaseId> case_id = find_case(event);
        return case_id && tx_.cases().is_member(vault_, *case_id, device_.device);
    }

private:
    [[nodiscard]] std::optional<CaseId> find_case(const crypto::LogEvent& event) {
        constexpr std::string_view kNoCase = "-";
        if (const auto named = event.find("case")) {
            return *named == kNoCase ? std::nullopt : std::optional(CaseId::parse(*named));
        }
        const auto link = event.find("link");
        const auto row = link ? tx_.links().find(LinkId::parse(*link)) : std::nullopt;
        return row ? std::optional(row->case_id) : std::nullopt;
    }
    Tx& tx_;
    const VaultId& vault_;
    store::DeviceRow device_;
    bool reads_all_ = false;
};

[[noreturn]] void refuse_tile() {
    throw Error(ErrorCode::kNotFound, "log: no such tile");
}

}  // namespace

KnownCheckpoint known_checkpoint(Tx& tx, const VaultId& vault) {
    const store::LogHead head = tx.log().head(vault);
    return {.head = head, .signed_text = tx.log().find_checkpoint(vault, head.size)};
}

std::string signed_checkpoint(Environment& environment, const VaultId& vault,
                              const KnownCheckpoint& known) {
    if (known.signed_text) {
        return *known.signed_text;
    }
    const std::optional<crypto::SigningKey> key = environment.log_keys.find(vault);
    if (!key) {
        throw Error(ErrorCode::kInternal, "log: the vault's key is missing");
    }
    const Bytes note =
        crypto::sign_checkpoint({.origin = crypto::log_origin(vault),
                                 .head = {.size = known.head.size, .root = known.head.root}},
                                *key);
    const std::string text(as_text(note));
    environment.store.transact(
        TxKind::kWrite, [&](Tx& tx) { tx.log().put_checkpoint(vault, known.head.size, text); });
    return text;
}

ProvenEntry prove_entry(Tx& tx, const VaultId& vault, const crypto::Hash& leaf_hash) {
    const std::optional<std::uint64_t> index = tx.log().find_leaf(vault, leaf_hash, 0);
    if (!index) {
        throw Error(ErrorCode::kUnavailable, "log: the leaf is not numbered yet");
    }
    const crypto::NodeHashes nodes = crypto::nodes_of_tiles(
        [&tx, vault](unsigned level, std::uint64_t first, std::uint64_t count) {
            return tx.log().tile_hashes(vault, level, first, count);
        });
    const store::LogEntry entry = tx.log().entries(vault, *index, 1).at(0);
    const KnownCheckpoint known = known_checkpoint(tx, vault);
    return {.known = known,
            .receipt = {.event = entry.event,
                        .r = entry.nonce,
                        .index = *index,
                        .proof = crypto::inclusion_proof(nodes, *index, known.head.size),
                        .checkpoint = {}}};
}

std::string Log::checkpoint(const VaultId& vault, const TlsKey& caller) {
    const KnownCheckpoint known = environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
        (void)require_device(tx, vault, caller);
        return known_checkpoint(tx, vault);
    });
    return signed_checkpoint(environment_, vault, known);
}

Bytes Log::tile(const VaultId& vault, std::string_view path, const TlsKey& caller) {
    const std::optional<crypto::TileId> tile = crypto::parse_tile_path("tile/" + std::string(path));
    return environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
        (void)require_device(tx, vault, caller);
        const std::uint64_t size = tx.log().head(vault).size;
        if (!tile || tile->width > crypto::tile_width_at(size, tile->level, tile->index)) {
            refuse_tile();
        }
        Bytes hashes;
        for (const crypto::Hash& hash : tx.log().tile_hashes(
                 vault, tile->level, tile->index * crypto::kTileWidth, tile->width)) {
            append(hashes, hash);
        }
        return hashes;
    });
}

std::vector<protocol::LogEntry> Log::entries(const VaultId& vault, std::string_view path,
                                             const TlsKey& caller) {
    const std::optional<crypto::TileId> tile =
        crypto::parse_tile_path("tile/entries/" + std::string(path));
    return environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
        Reader reader(tx, vault, caller);
        const std::uint64_t size = tx.log().head(vault).size;
        if (!tile || tile->width > crypto::tile_width_at(size, 0, tile->index)) {
            refuse_tile();
        }
        std::vector<protocol::LogEntry> entries;
        for (const store::LogEntry& row :
             tx.log().entries(vault, tile->index * crypto::kTileWidth, tile->width)) {
            protocol::LogEntry& entry = entries.emplace_back();
            if (!row.event.empty() && reader.may_read(row.event)) {
                entry = {.event = row.event, .nonce = row.nonce};
            }
        }
        return entries;
    });
}

}  // namespace valv::service
