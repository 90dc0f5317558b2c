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

struct FetchedCheckpoint {
    crypto::TreeHead head;
    std::string text;
};

FetchedCheckpoint fetch_checkpoint(Transport& transport, const VaultId& vault,
                                   const crypto::VerifyKey& key) {
    Call call = call_to(protocol::RouteName::kGetCheckpoint, {vault.text()});
    call.max_reply_bytes = kMaxCheckpointBytes;
    return must_be_there({.object = "log checkpoint"}, [&] {
        const Response response = ask(transport, call);
        return FetchedCheckpoint{
            .head = crypto::verify_checkpoint(response.body, crypto::log_origin(vault), key),
            .text = std::string(response.text())};
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
    return size == 0 ? crypto::empty_root() : crypto::subtree_root(nodes(), 0, size);
}

crypto::NodeHashes LogTree::nodes() const {
    return [this](unsigned height, std::uint64_t index) {
        return levels_.at(height).at(static_cast<std::size_t>(index));
    };
}

crypto::MerkleProof LogTree::inclusion_proof(std::uint64_t index, std::uint64_t size) const {
    VALV_CHECK(size <= this->size());
    return crypto::inclusion_proof(nodes(), index, size);
}

crypto::MerkleProof LogTree::consistency_proof(std::uint64_t first, std::uint64_t second) const {
    VALV_CHECK(second <= size());
    return crypto::consistency_proof(nodes(), first, second);
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
    FetchedCheckpoint fetched = fetch_checkpoint(transport, vault, key);
    const crypto::TreeHead head = fetched.head;
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
    checkpoint_ = std::move(fetched.text);
    return head;
}

}  // namespace valv::client
