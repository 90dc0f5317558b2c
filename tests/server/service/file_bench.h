#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "server/store/files/data_folder.h"
#include "server/store/files/file_blob_store.h"
#include "server/store/files/file_erasure_keys.h"
#include "server/store/sqlite/sqlite_store.h"
#include "tests/server/service/bench.h"

namespace valv::service::test {

// The services' environment over a data folder, as `resvalvd serve` has it.
struct FileBench {
    FileBench(const std::filesystem::path& path, Clock& clock, RandomSource& random)
        : folder(path, kReserveBytes),
          store(folder.database()),
          blobs(folder.blobs(), {}),
          erasure_keys(folder.erasure()),
          log_keys(random),
          time(clock, store),
          environment{.store = store,
                      .blobs = blobs,
                      .erasure_keys = erasure_keys,
                      .log_keys = log_keys,
                      .tokens = tokens,
                      .time = time,
                      .random = random,
                      .quotas = {}} {}
    static constexpr std::uint64_t kReserveBytes = 4096;
    store::DataFolder folder;
    store::SqliteStore store;
    store::FileBlobStore blobs;
    store::FileErasureKeys erasure_keys;
    OneLogKey log_keys;
    NoTokens tokens;
    ServerTime time;
    Environment environment;
};

// Do these octets stand in any file below the folder?
[[nodiscard]] inline bool is_in_any_file(const std::filesystem::path& folder, ByteView octets) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) {
            continue;
        }
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string content{std::istreambuf_iterator<char>(in), {}};
        if (content.find(as_text(octets)) != std::string::npos) {
            return true;
        }
    }
    return false;
}

}  // namespace valv::service::test
