#include "client/lib/log_mirror.h"

#include <algorithm>
#include <string>

#include "client/lib/errors.h"
#include "crypto/core/checkpoint.h"
#include "crypto/local/files.h"

namespace valv::client {
namespace {

constexpr std::size_t kMaxMirrorBytes = std::size_t{1} << 30U;  // 33 million entries
constexpr std::size_t kMaxCheckpointBytes = 16 * 1024;

const Subject kLogSubject{.object = "log"};

// Leaf hashes of one tile of level 0.
Bytes fetch_tile(Transport& transport, const VaultId& vault, const crypto::TileId& tile) {
    // tile_path is `tile/0/x001/234`; the route has the level and the rest as two values.
    const std::string path = crypto::tile_path(tile);
    const std::string_view rest = std::string_view(path).substr(std::string_view("tile/0/").size());
    Call call = call_to(protocol::RouteName::kGetTile, {vault.text(), "0", rest});
    call.max_reply_bytes = limits::kMaxTileHashes * crypto::kHashBytes;
    Bytes hashes =
        must_be_there({.object = "log " + path}, [&] { return ask(transport, call).body; });
    if (hashes.size() != tile.width * crypto::kHashBytes) {
        throw Tampered(tamper::kLog, "a tile has another size", {.object = "log " + path});
    }
    return hashes;
}

crypto::TreeHead fetch_checkpoint(Transport& transport, const VaultId& vault,
                                  const crypto::VerifyKey& key) {
    Call call = call_to(protocol::RouteName::kGetCheckpoint, {vault.text()});
    call.max_reply_bytes = kMaxCheckpointBytes;
    return must_be_there({.object = "log checkpoint"}, [&] {
        return crypto::verify_checkpoint(ask(transport, call).body, crypto::log_origin(vault), key);
    });
}

}  // namespace

void LogTree::append(const crypto::Hash& leaf) {
    crypto::Hash hash = leaf;
    for (std::size_t level = 0;; ++level) {
        if (level == levels_.size()) {
            levels_.emplace_back();
        }
        levels_[level].push_back(hash);
        if (levels_[level].size() % 2 != 0) {
            return;
        }
        hash = crypto::node_hash(*(levels_[level].end() - 2), hash);
    }
}

void LogTree::truncate(std::uint64_t size) {
    for (std::vector<crypto::Hash>& level : levels_) {
        level.resize(std::min<std::size_t>(level.size(), static_cast<std::size_t>(size)));
        size /= 2;
    }
}

crypto::Hash LogTree::root_at(std::uint64_t size) const {
    VALV_CHECK(size <= this->size());
    if (size == 0) {
        return crypto::empty_root();
    }
    // The perfect subtrees of a tree of this size, from the smallest (rightmost) on: one for each
    // 1-bit (RFC 6962 2.1).
    std::optional<crypto::Hash> root;
    for (std::size_t level = 0; level < levels_.size(); ++level) {
        const std::uint64_t count = size >> level;
        if (count % 2 != 0) {
            const crypto::Hash& peak = levels_[level][static_cast<std::size_t>(count - 1)];
            root = root ? crypto::node_hash(peak, *root) : peak;
        }
    }
    return *root;
}

const std::vector<crypto::Hash>& LogTree::leaves() const {
    static const std::vector<crypto::Hash> kNone;
    return levels_.empty() ? kNone : levels_.front();
}

void LogMirror::load(const crypto::TreeHead& pinned) {
    if (tree_.size() >= pinned.size) {
        return;
    }
    tree_ = LogTree();
    const Bytes octets = local::read_file_if(file_, kMaxMirrorBytes).value_or(Bytes());
    for (std::size_t at = 0; at + crypto::kHashBytes <= octets.size() && tree_.size() < pinned.size;
         at += crypto::kHashBytes) {
        tree_.append(crypto::hash_from(ByteView(octets).subspan(at, crypto::kHashBytes)));
    }
    if (tree_.size() != pinned.size || tree_.root_at(pinned.size) != pinned.root) {
        tree_ = LogTree();  // lost or damaged: fetched again
    }
}

void LogMirror::save() const {
    Bytes octets;
    octets.reserve(tree_.leaves().size() * crypto::kHashBytes);
    for (const crypto::Hash& leaf : tree_.leaves()) {
        append(octets, leaf);
    }
    local::replace_file(file_, octets);
}

void LogMirror::fetch_leaves(Transport& transport, const VaultId& vault, std::uint64_t from,
                             std::uint64_t to, LogTree& tree) const {
    while (from < to) {
        const std::uint64_t index = from / crypto::kTileWidth;
        const crypto::TileId tile{
            .level = 0, .index = index, .width = crypto::tile_width_at(to, 0, index)};
        const Bytes hashes = fetch_tile(transport, vault, tile);
        const std::uint64_t end = index * crypto::kTileWidth + tile.width;
        for (; from < end; ++from) {
            const std::size_t at =
                static_cast<std::size_t>(from % crypto::kTileWidth) * crypto::kHashBytes;
            tree.append(crypto::hash_from(ByteView(hashes).subspan(at, crypto::kHashBytes)));
        }
    }
}

void LogMirror::grow(Transport& transport, const VaultId& vault, const crypto::TreeHead& pinned,
                     const crypto::TreeHead& head) {
    LogTree grown = tree_;
    fetch_leaves(transport, vault, grown.size(), head.size, grown);
    if (grown.root_at(head.size) == head.root && grown.root_at(pinned.size) == pinned.root) {
        tree_ = std::move(grown);
        return;
    }
    // Either the tiles are not those of the checkpoint, or both are of another history than ours.
    LogTree theirs;
    fetch_leaves(transport, vault, 0, head.size, theirs);
    if (theirs.root_at(head.size) == head.root) {
        throw Tampered(tamper::kForked, "the log does not go on from the one seen before",
                       kLogSubject, "size " + std::to_string(pinned.size), "another history");
    }
    throw Tampered(tamper::kLog, "the tiles do not give the root of the checkpoint", kLogSubject);
}

crypto::TreeHead LogMirror::sync(Transport& transport, const VaultId& vault,
                                 const crypto::VerifyKey& key, const crypto::TreeHead& pinned) {
    const crypto::TreeHead head = fetch_checkpoint(transport, vault, key);
    if (head.size < pinned.size) {
        throw Tampered(tamper::kRolledBack, "the log is shorter than the one seen before",
                       kLogSubject, std::to_string(pinned.size), std::to_string(head.size));
    }
    if (head.size == pinned.size && head.root != pinned.root) {
        throw Tampered(tamper::kForked, "the log has the size seen before and another root",
                       kLogSubject);
    }
    load(pinned);
    tree_.truncate(pinned.size);  // what lies beyond was never pinned
    if (tree_.size() < head.size || tree_.size() < pinned.size) {
        grow(transport, vault, pinned, head);
        save();
    }
    return head;
}

}  // namespace valv::client
