#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "client/lib/transport.h"
#include "common/base/ids.h"
#include "crypto/core/ed25519.h"
#include "crypto/core/merkle.h"

// The client's own copy of the log's leaf hashes, so that the root at every earlier size is known
// without asking.
namespace valv::client {

// The tree over leaf hashes with all its perfect subtrees; 64 octets a leaf.
class LogTree {
public:
    void append(const crypto::Hash& leaf);
    // Drops the leaves after `size`.
    void truncate(std::uint64_t size);
    [[nodiscard]] std::uint64_t size() const noexcept {
        return levels_.empty() ? 0 : levels_.front().size();
    }
    [[nodiscard]] crypto::Hash root_at(std::uint64_t size) const;  // size ≤ size(), checked
    // RFC 9162 sections 2.1.3 and 2.1.4, of this tree at an earlier or the present size; checked.
    [[nodiscard]] crypto::MerkleProof inclusion_proof(std::uint64_t index,
                                                      std::uint64_t size) const;
    [[nodiscard]] crypto::MerkleProof consistency_proof(std::uint64_t first,
                                                        std::uint64_t second) const;
    [[nodiscard]] const std::vector<crypto::Hash>& leaves() const;

private:
    [[nodiscard]] crypto::NodeHashes nodes() const;
    std::vector<std::vector<crypto::Hash>> levels_;
};

class LogMirror {
public:
    // `file` keeps the leaf hashes between commands; whatever stands there is checked against the
    // pinned root.
    explicit LogMirror(std::filesystem::path file) : file_(std::move(file)) {}

    // Checkpoint and new tiles from the server, verified against `pinned`. Throws kTampered:
    // log_signature_invalid, state_rolled_back, state_forked, log_inconsistent. Returns the new
    // head.
    [[nodiscard]] crypto::TreeHead sync(Transport& transport, const VaultId& vault,
                                        const crypto::VerifyKey& key,
                                        const crypto::TreeHead& pinned);
    // size ≤ that of the last head.
    [[nodiscard]] crypto::Hash root_at(std::uint64_t size) const { return tree_.root_at(size); }
    [[nodiscard]] std::uint64_t size() const noexcept { return tree_.size(); }
    [[nodiscard]] const LogTree& tree() const noexcept { return tree_; }
    // The signed text of the last head; empty before sync().
    [[nodiscard]] const std::string& checkpoint() const noexcept { return checkpoint_; }

private:
    void load(const crypto::TreeHead& pinned);
    void fetch_leaves(Transport& transport, const VaultId& vault, std::uint64_t from,
                      std::uint64_t to, LogTree& tree) const;
    void grow(Transport& transport, const VaultId& vault, const crypto::TreeHead& pinned,
              const crypto::TreeHead& head);
    void save() const;
    std::filesystem::path file_;
    LogTree tree_;
    std::string checkpoint_;
};

}  // namespace valv::client
