// Figures of a large log: `valv_bench_log FOLDER [ENTRIES]`, a million by default. FOLDER decides
// which disk is measured.
//   appends/s (one entry a transaction of 32 clients; 1000 a transaction), size and time of a
//   receipt and of a consistency proof, time to verify them, time for a client to check it all.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "client/lib/log_mirror.h"
#include "crypto/core/checkpoint.h"
#include "crypto/core/log_receipt.h"
#include "crypto/core/system_random.h"
#include "server/store/sqlite/sqlite_store.h"

namespace {

using namespace valv;         // NOLINT(google-build-using-namespace): a program of one file
using namespace valv::store;  // NOLINT(google-build-using-namespace)
using Steady = std::chrono::steady_clock;

constexpr std::uint64_t kEntries = 1'000'000;
constexpr std::uint64_t kSingleEntries = 20'000;  // of them, one a transaction
constexpr std::uint64_t kBatch = 1000;
constexpr std::uint64_t kClients = 32;
constexpr int kRounds = 500;

double seconds_of(const std::function<void()>& work) {
    const auto begin = Steady::now();
    work();
    return std::chrono::duration<double>(Steady::now() - begin).count();
}

double median_microseconds(const std::function<void(int)>& work) {
    std::vector<double> all;
    for (int round = 0; round < kRounds; ++round) {
        all.push_back(1e6 * seconds_of([&] { work(round); }));
    }
    std::ranges::nth_element(all, all.begin() + kRounds / 2);
    return all[kRounds / 2];
}

class Bench {
public:
    Bench(const std::filesystem::path& file, std::uint64_t entries)
        : store_(file), entries_(entries) {}

    void run() {
        append_all();
        const crypto::TreeHead head = tree_head();
        measure_receipts(head);
        measure_consistency(head);
        measure_client(head);
    }

private:
    LogEntry entry() {
        Bytes nonce(crypto::kHashBytes);
        random_.fill(nonce);
        std::string event = "resvalv/v1/event\nkind link-open\nat 2026-03-31T10:25:00Z\nlink " +
                            vault_.text() + "\nholder_sha256 " + std::string(43, 'A') +
                            "=\nchallenge " + std::string(43, 'A') + "=\nnetwork 192.0.2.0/24\n";
        const crypto::Hash leaf = crypto::log_leaf_hash(event, nonce);
        return {.event = std::move(event), .nonce = std::move(nonce), .leaf_hash = leaf};
    }
    void append(std::uint64_t count) {
        std::vector<LogEntry> batch;
        for (std::uint64_t at = 0; at < count; ++at) {
            batch.push_back(entry());
        }
        store_.transact(TxKind::kWrite, [&](Tx& tx) {
            for (const LogEntry& one : batch) {
                tx.log().append(vault_, one);
            }
        });
    }
    void append_all() {
        const std::uint64_t single = std::min(kSingleEntries, entries_);
        const double one = seconds_of([&] {
            std::vector<std::jthread> clients;
            for (std::uint64_t client = 0; client < kClients; ++client) {
                clients.emplace_back([&] {
                    for (std::uint64_t at = 0; at < single / kClients; ++at) {
                        append(1);
                    }
                });
            }
        });
        std::printf("append, 1 entry a transaction, %d clients  %9.0f /s\n",
                    static_cast<int>(kClients), static_cast<double>(single) / one);
        const double many = seconds_of([&] {
            for (std::uint64_t at = single; at < entries_; at += kBatch) {
                append(std::min(kBatch, entries_ - at));
            }
        });
        std::printf("append, %d entries a transaction         %9.0f /s\n", static_cast<int>(kBatch),
                    static_cast<double>(entries_ - single) / many);
    }
    crypto::TreeHead tree_head() {
        return store_.transact(TxKind::kRead, [&](Tx& tx) -> crypto::TreeHead {
            const LogHead head = tx.log().head(vault_);
            return {.size = head.size, .root = head.root};
        });
    }
    static crypto::NodeHashes nodes(Tx& tx, const VaultId& vault) {
        return crypto::nodes_of_tiles(
            [&tx, vault](unsigned level, std::uint64_t first, std::uint64_t count) {
                return tx.log().tile_hashes(vault, level, first, count);
            });
    }
    crypto::LogReceipt receipt(std::uint64_t index, std::uint64_t size) {
        return store_.transact(TxKind::kRead, [&](Tx& tx) -> crypto::LogReceipt {
            const LogEntry entry = tx.log().entries(vault_, index, 1).at(0);
            VALV_CHECK(tx.log().find_leaf(vault_, entry.leaf_hash, 0) == index);
            return {.event = entry.event,
                    .r = entry.nonce,
                    .index = index,
                    .proof = crypto::inclusion_proof(nodes(tx, vault_), index, size),
                    .checkpoint = {}};
        });
    }
    void measure_receipts(const crypto::TreeHead& head) {
        const std::string origin = crypto::log_origin(vault_);
        const std::string checkpoint(
            as_text(crypto::sign_checkpoint({.origin = origin, .head = head}, key_)));
        const auto index_of = [&](int round) {
            return static_cast<std::uint64_t>(round) * 7919 % head.size;
        };
        crypto::LogReceipt last;
        const double made =
            median_microseconds([&](int round) { last = receipt(index_of(round), head.size); });
        last.checkpoint = checkpoint;
        const double verified = median_microseconds([&](int) {
            static_cast<void>(crypto::verify_log_receipt(last, origin, key_.public_key()));
        });
        std::printf("receipt: %zu hashes, %zu octets, made in %.0f us, verified in %.0f us\n",
                    last.proof.size(), crypto::encode_log_receipt(last).size(), made, verified);
    }
    void measure_consistency(const crypto::TreeHead& head) {
        const std::uint64_t size = head.size - head.size / 3;
        crypto::MerkleProof proof;
        crypto::TreeHead first{.size = size, .root = {}};
        const double made = median_microseconds([&](int) {
            store_.transact(TxKind::kRead, [&](Tx& tx) {
                proof = crypto::consistency_proof(nodes(tx, vault_), size, head.size);
                first.root = crypto::subtree_root(nodes(tx, vault_), 0, size);
            });
        });
        const double verified = median_microseconds(
            [&](int) { VALV_CHECK(crypto::verify_consistency(first, head, proof)); });
        std::printf("consistency: %zu hashes, made in %.0f us, verified in %.0f us\n", proof.size(),
                    made, verified);
    }
    void measure_client(const crypto::TreeHead& head) {
        std::vector<LogEntry> all = store_.transact(
            TxKind::kRead, [&](Tx& tx) { return tx.log().entries(vault_, 0, head.size); });
        client::LogTree tree;
        const double hashed = seconds_of([&] {
            for (const LogEntry& entry : all) {
                VALV_CHECK(crypto::log_leaf_hash(entry.event, entry.nonce) == entry.leaf_hash);
            }
        });
        const double built = seconds_of([&] {
            for (const LogEntry& entry : all) {
                tree.append(entry.leaf_hash);
            }
            VALV_CHECK(tree.root_at(head.size) == head.root);
        });
        std::printf("all %llu entries: commitments checked in %.2f s, tree and root in %.2f s\n",
                    static_cast<unsigned long long>(head.size), hashed, built);
    }
    SqliteStore store_;
    std::uint64_t entries_;
    crypto::SystemRandom random_;
    VaultId vault_ = VaultId::random(random_);
    crypto::SigningKey key_ = crypto::SigningKey::random(random_);
};

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fputs("usage: valv_bench_log FOLDER [ENTRIES]\n", stderr);
        return 2;
    }
    const std::filesystem::path folder = std::filesystem::path(argv[1]) / "valv-bench-log";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    Bench(folder / "store.db", argc > 2 ? std::stoull(argv[2]) : kEntries).run();
    std::filesystem::remove_all(folder);
    return 0;
}
