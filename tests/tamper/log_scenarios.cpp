// The log: checkpoint and tiles.
#include <utility>

#include "common/base/encoding.h"
#include "crypto/core/checkpoint.h"
#include "crypto/core/signed_note.h"
#include "tests/tamper/scenario.h"

namespace valv::client::test {
namespace {

using protocol::RouteName;

// The whole log is one tile: fewer than 256 entries.
struct Log {
    std::vector<crypto::Hash> leaves;
    [[nodiscard]] crypto::TreeHead head() const {
        return {.size = leaves.size(), .root = crypto::root_of(leaves)};
    }
    [[nodiscard]] Bytes tile() const {
        Bytes octets;
        for (const crypto::Hash& leaf : leaves) {
            append(octets, leaf);
        }
        return octets;
    }
};

Call checkpoint_call(Stage& stage) {
    return call_to(RouteName::kGetCheckpoint, {stage.vault_text()});
}

Call tile_call(const std::string& vault, std::size_t width) {
    return call_to(RouteName::kGetTile, {vault, "0", "000.p/" + std::to_string(width)});
}

Log log_of(Transport& transport, const VaultId& vault, const crypto::TreeHead& head) {
    const Bytes tile =
        ask(transport, tile_call(vault.text(), static_cast<std::size_t>(head.size))).body;
    Log log;
    for (std::size_t at = 0; at < tile.size(); at += crypto::kHashBytes) {
        log.leaves.push_back(crypto::hash_from(ByteView(tile).subspan(at, crypto::kHashBytes)));
    }
    return log;
}

Log genuine_log(Stage& stage) {
    stage.founder->vault.sync_log();
    return log_of(stage.founder->vault.transport(), stage.founder->vault.id(),
                  stage.founder->vault.log_head());
}

Log other_log(Stage& stage) {
    Vault& vault = stage.elsewhere->vault;
    vault.sync_log();
    return log_of(vault.transport(), vault.id(), vault.log_head());
}

Bytes checkpoint_of(Stage& stage, const Log& log, const crypto::SigningKey& key) {
    return crypto::sign_checkpoint(
        {.origin = crypto::log_origin(stage.founder->vault.id()), .head = log.head()}, key);
}

// The server signs this log, and shows its tile.
Cheat shown(Stage& stage, const Log& log) {
    return both(body_at(checkpoint_call(stage).path, checkpoint_of(stage, log, stage.log_key())),
                body_at(tile_call(stage.vault_text(), log.leaves.size()).path, log.tile()));
}

Log with_other_last(Log log) {
    log.leaves.back() = crypto::sha256(as_bytes("an entry that nobody else sees"));
    return log;
}

Log without_last(Log log) {
    log.leaves.pop_back();
    return log;
}

std::vector<Scenario> checkpoint_scenarios(Stage& stage, Change change) {
    const std::string path = checkpoint_call(stage).path;
    if (const auto octets = octet_change(change)) {
        return {{.cheat = at(path, [octets](Response& response) { octets(response.body); })}};
    }
    const Log log = genuine_log(stage);
    if (change == Change::kSwap) {
        const Call other = call_to(RouteName::kGetCheckpoint, {stage.elsewhere->vault.id_text()});
        return {{.cheat = body_at(path, ask(stage.elsewhere->vault.transport(), other).body)}};
    }
    if (change == Change::kDrop) {
        return {{.cheat = absent_at(path)}};
    }
    if (change == Change::kReplay) {
        return {{.cheat = body_at(path, stage.loot.old_checkpoint)}};
    }
    if (change == Change::kFork) {
        const Cheat fork = shown(stage, with_other_last(log));
        return {{.cheat = fork}, {.cheat = fork, .unseen = Unseen::kLog, .is_unmet = true}};
    }
    if (change == Change::kInvent) {
        const auto key = crypto::SigningKey::random(stage.world.random);
        return {{.cheat = body_at(path, checkpoint_of(stage, log, key))}};
    }
    return {{.cheat = shown(stage, without_last(log)), .unseen = Unseen::kLog}};
}

Bytes changed_tile(Stage& stage, Log log, Change change) {
    switch (change) {
        case Change::kSwap:
            return other_log(stage).tile();
        case Change::kReorder:
            std::swap(log.leaves.at(0), log.leaves.at(1));
            break;
        case Change::kDuplicate:
            log.leaves.at(1) = log.leaves.at(0);
            break;
        case Change::kReplay:
            return without_last(std::move(log)).tile();
        case Change::kFork:
            return with_other_last(std::move(log)).tile();
        case Change::kInvent:
            return some_octets(log.tile().size(), "invented");
        case Change::kFlip:
        case Change::kTruncate:
        case Change::kExtend:
        case Change::kDrop:
        case Change::kRemoved:
        case Change::kDelay:
            break;
    }
    return log.tile();
}

}  // namespace

std::vector<Scenario> log_scenarios(Stage& stage, Object object, Change change) {
    if (object == Object::kCheckpoint) {
        return checkpoint_scenarios(stage, change);
    }
    const Log log = genuine_log(stage);
    const std::string path = tile_call(stage.vault_text(), log.leaves.size()).path;
    if (const auto octets = octet_change(change)) {
        return {{.cheat = at(path, [octets](Response& response) { octets(response.body); })}};
    }
    if (change == Change::kDrop) {
        return {{.cheat = absent_at(path)}};
    }
    if (change == Change::kDelay) {
        return {{.cheat = silent_at(path)}};
    }
    return {{.cheat = body_at(path, changed_tile(stage, log, change))}};
}

}  // namespace valv::client::test
