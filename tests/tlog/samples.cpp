// Writes a log with its checkpoints, tiles, receipts and consistency proofs into a folder, for
// check.go.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "common/base/encoding.h"
#include "crypto/core/checkpoint.h"
#include "crypto/core/log_receipt.h"
#include "crypto/core/merkle.h"
#include "crypto/core/signed_note.h"
#include "tests/crypto/seeded_random.h"

namespace {

using namespace valv;          // NOLINT(google-build-using-namespace): one file, one purpose
using namespace valv::crypto;  // NOLINT(google-build-using-namespace)

constexpr std::uint64_t kSize = 66'000;  // three levels of tiles

void write(const std::filesystem::path& file, ByteView octets) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream out(file, std::ios::binary);
    out.write(as_text(octets).data(), static_cast<std::streamsize>(octets.size()));
    out.close();
    VALV_CHECK(out.good());
}

class Sample {
public:
    Sample() {
        random_.fill(nonce_);
        levels_.emplace_back();
        for (std::uint64_t index = 0; index < kSize; ++index) {
            append(log_leaf_hash(event(index), nonce_));
        }
    }
    void write_all(const std::filesystem::path& folder) {
        write(folder / "vkey", as_bytes(note_verifier_text(origin_, key_.public_key())));
        for (const std::uint64_t size : {1U, 2U, 255U, 256U, 257U, 1000U, 65'536U, 66'000U}) {
            write(folder / "checkpoints" / std::to_string(size), checkpoint(size));
            write_consistency(folder, size);
        }
        for (const std::uint64_t index : {0U, 1U, 255U, 256U, 40'000U, 65'535U, 65'536U, 65'999U}) {
            write(folder / "receipts" / (std::to_string(index) + ".tlog-proof"), receipt(index));
        }
        for (const TileId& tile : new_tiles(0, kSize)) {
            Bytes hashes;
            for (std::uint64_t at = 0; at < tile.width; ++at) {
                valv::append(hashes, levels_.at(tile.level).at(tile.index * kTileWidth + at));
            }
            write(folder / tile_path(tile), hashes);
        }
    }

private:
    static std::string event(std::uint64_t index) {
        return "resvalv/v1/event\nkind enrolment\nat 2026-03-01T09:00:00Z\ninvitation " +
               std::to_string(index) + "\n";
    }
    void append(const Hash& leaf) {
        levels_[0].push_back(leaf);
        for (std::size_t level = 0; levels_[level].size() % kTileWidth == 0; ++level) {
            if (level + 1 == levels_.size()) {
                levels_.emplace_back();
            }
            levels_[level + 1].push_back(root_of(std::span(levels_[level]).last(kTileWidth)));
        }
    }
    [[nodiscard]] NodeHashes nodes() const {
        return nodes_of_tiles([this](unsigned level, std::uint64_t first, std::uint64_t count) {
            const auto part = std::span(levels_.at(level)).subspan(first, count);
            return std::vector<Hash>(part.begin(), part.end());
        });
    }
    [[nodiscard]] Bytes checkpoint(std::uint64_t size) const {
        return sign_checkpoint(
            {.origin = origin_, .head = {.size = size, .root = subtree_root(nodes(), 0, size)}},
            key_);
    }
    [[nodiscard]] Bytes receipt(std::uint64_t index) const {
        const std::string text =
            encode_log_receipt({.event = event(index),
                                .r = nonce_,
                                .index = index,
                                .proof = inclusion_proof(nodes(), index, kSize),
                                .checkpoint = std::string(as_text(checkpoint(kSize)))});
        return to_bytes(as_bytes(text));
    }
    void write_consistency(const std::filesystem::path& folder, std::uint64_t first) const {
        std::string text;
        for (const Hash& hash : consistency_proof(nodes(), first, kSize)) {
            text += to_base64(hash) + "\n";
        }
        write(folder / "consistency" / std::to_string(first), as_bytes(text));
    }
    valv::test::SeededRandom random_{"tlog"};
    SigningKey key_ = SigningKey::random(random_);
    Bytes nonce_ = Bytes(32);
    std::string origin_ = log_origin(VaultId::random(random_));
    std::vector<std::vector<Hash>> levels_;
};

}  // namespace

int main(int count, char** words) {
    if (count != 2) {
        std::cerr << "usage: valv_tlog_samples FOLDER\n";
        return 2;
    }
    Sample().write_all(words[1]);
    return 0;
}
