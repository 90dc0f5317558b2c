// Figures of the store: `valv_bench_store FOLDER [SECONDS]`. FOLDER decides which disk is measured.
//   writes/s with their p50 and p99, of 1, 8 and 32 clients (group commit); point reads/s; durable
//   pieces/s.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "crypto/core/merkle.h"
#include "crypto/core/system_random.h"
#include "server/store/files/file_blob_store.h"
#include "server/store/sqlite/sqlite_store.h"

namespace {

using namespace valv;         // NOLINT(google-build-using-namespace): a program of one file
using namespace valv::store;  // NOLINT(google-build-using-namespace)
using Steady = std::chrono::steady_clock;

constexpr std::size_t kPieceBytes = 200 * 1024;  // a scanned page
constexpr Instant kNow{std::chrono::sys_days(std::chrono::year(2026) / 3 / 31)};

struct Bench {
    std::filesystem::path folder;
    std::chrono::seconds duration;
    crypto::SystemRandom random;
};

// Calls `work` from `clients` threads until the time is over, and prints how often and how fast.
void measure(const Bench& bench, const char* name, int clients, const std::function<void()>& work) {
    const auto end = Steady::now() + bench.duration;
    std::vector<std::vector<double>> milliseconds(static_cast<std::size_t>(clients));
    std::vector<std::thread> threads;
    for (auto& mine : milliseconds) {
        threads.emplace_back([&work, &mine, end] {
            for (auto begin = Steady::now(); begin < end; begin = Steady::now()) {
                work();
                mine.push_back(
                    std::chrono::duration<double, std::milli>(Steady::now() - begin).count());
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    std::vector<double> all;
    for (const auto& mine : milliseconds) {
        all.insert(all.end(), mine.begin(), mine.end());
    }
    std::ranges::sort(all);
    const double seconds = std::chrono::duration<double>(bench.duration).count();
    std::printf("%-22s %3d clients %9.0f /s   p50 %7.3f ms   p99 %7.3f ms\n", name, clients,
                static_cast<double>(all.size()) / seconds, all[all.size() / 2],
                all[all.size() * 99 / 100]);
}

LogEntry an_entry(RandomSource& random) {
    Bytes nonce(crypto::kHashBytes);
    random.fill(nonce);
    const Hash leaf = crypto::leaf_hash(nonce);
    return {.event = std::string(200, 'e'), .nonce = std::move(nonce), .leaf_hash = leaf};
}

// A document row and a log leaf in one transaction: the typical write.
void measure_writes(Bench& bench, SqliteStore& store, int clients) {
    const auto vault = VaultId::random(bench.random);
    measure(bench, "upload row + log leaf", clients, [&] {
        const UploadRow row{.vault = vault,
                            .document = DocumentId::random(bench.random),
                            .upload = UploadId::random(bench.random),
                            .size = kPieceBytes,
                            .created_at = kNow};
        const LogEntry entry = an_entry(bench.random);
        store.transact(TxKind::kWrite, [&](Tx& tx) {
            static_cast<void>(tx.documents().insert_upload(row));
            tx.log().append(vault, entry);
        });
    });
}

void measure_reads(Bench& bench, SqliteStore& store, int clients) {
    const DeviceRow device{
        .vault = VaultId::random(bench.random),
        .device = DeviceId::random(bench.random),
        .role = "admin",
        .signing_key = Bytes(crypto::kHashBytes, static_cast<std::uint8_t>(clients)),
        .tls_key_sha256 = {static_cast<std::uint8_t>(clients)}};
    store.transact(TxKind::kWrite,
                   [&](Tx& tx) { return tx.vaults().replace_devices(device.vault, {device}); });
    measure(bench, "device by TLS key", clients, [&] {
        store.transact(TxKind::kRead, [&](Tx& tx) {
            return tx.vaults().find_device(device.vault, device.tls_key_sha256);
        });
    });
}

void measure_pieces(Bench& bench, FileBlobStore& blobs, int clients) {
    const Bytes piece(kPieceBytes, 7);
    measure(bench, "durable piece, 200 KiB", clients, [&] {
        const auto writer = blobs.create(BlobId::random(bench.random));
        writer->append(piece);
        writer->commit();
    });
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fputs("usage: valv_bench_store FOLDER [SECONDS]\n", stderr);
        return 2;
    }
    Bench bench{.folder = std::filesystem::path(argv[1]) / "valv-bench-store",
                .duration = std::chrono::seconds(argc > 2 ? std::stoi(argv[2]) : 3),
                .random = {}};
    std::filesystem::create_directories(bench.folder / "blobs");
    {
        SqliteStore store(bench.folder / "store.db");
        FileBlobStore blobs(bench.folder / "blobs");
        for (const int clients : {1, 8, 32}) {
            measure_writes(bench, store, clients);
            measure_reads(bench, store, clients);
            measure_pieces(bench, blobs, clients);
        }
    }
    std::filesystem::remove_all(bench.folder);
    return 0;
}
