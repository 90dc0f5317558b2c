#pragma once

#include "crypto/core/ed25519.h"
#include "server/store/files/data_folder.h"
#include "server/store/files/file_blob_store.h"
#include "server/store/files/file_erasure_keys.h"
#include "server/store/sqlite/sqlite_store.h"
#include "tests/server/store/fixtures.h"

// What the workload writes and the checker expects: the same names give the same ids and octets on
// both sides.
namespace valv::crash {

constexpr std::uint64_t kReserveBytes = 4096;  // small: its content proves nothing
constexpr int kCheckpointPages = 8;  // so that checkpoints and WAL resets fall inside the run

// The stores of a server over one data folder, as `resvalvd serve` puts them together.
struct Parts {
    explicit Parts(const std::filesystem::path& path)
        : folder(path, kReserveBytes),
          store(folder.database(), {.checkpoint_pages = kCheckpointPages,
                                    .free_reserve = [this] { folder.free_reserve(); }}),
          blobs(folder.blobs(), {.has_room = [this] { return folder.has_room(); }}),
          erasure_keys(folder.erasure()) {}
    store::DataFolder folder;
    store::SqliteStore store;
    store::FileBlobStore blobs;
    store::FileErasureKeys erasure_keys;
};

inline const VaultId kVault = store::testing::id_of<VaultId>("vault");
inline const CaseId kCase = store::testing::id_of<CaseId>("case");

[[nodiscard]] inline store::ChainKey record_chain() {
    return {.vault = kVault,
            .kind = store::NoteKind::kRecord,
            .case_id = kCase,
            .object = to_bytes(kCase.bytes())};
}
[[nodiscard]] inline crypto::SigningKey log_key() {
    return crypto::SigningKey::from_seed(
        crypto::SecretBytes::from(store::testing::hash_of("log key")));
}
[[nodiscard]] inline Bytes erasure_key_of(const ErasureKeyId& id) {
    return store::testing::octets_of("erasure key " + id.text());
}
[[nodiscard]] inline std::string numbered(std::string_view what, int number) {
    return std::string(what) + " " + std::to_string(number);
}

}  // namespace valv::crash
