#pragma once

#include <memory>

#include "common/base/log.h"
#include "server/app/config.h"
#include "server/app/file_log_keys.h"
#include "server/app/file_token_inbox.h"
#include "server/service/services.h"
#include "server/store/files/data_folder.h"
#include "server/store/files/file_blob_store.h"
#include "server/store/files/file_erasure_keys.h"
#include "server/store/sqlite/sqlite_store.h"

namespace valv::app {

// The data folder, opened: its lock, the stores in it, and the services over them. Thread-safe as
// its members are. The clock and the random source outlive it.
class ServerParts {
public:
    // Throws kNotFound before init, kForbidden when others may read the folder, kUnavailable when
    // another process has it.
    ServerParts(const Config& config, Clock& clock, RandomSource& random);

    [[nodiscard]] store::SqliteStore& store() noexcept { return store_; }
    [[nodiscard]] store::FileBlobStore& blobs() noexcept { return blobs_; }
    [[nodiscard]] store::FileErasureKeys& erasure_keys() noexcept { return erasure_keys_; }
    [[nodiscard]] FileLogKeys& log_keys() noexcept { return log_keys_; }
    [[nodiscard]] service::Environment& environment() noexcept { return environment_; }
    [[nodiscard]] service::Services& services() noexcept { return services_; }
    [[nodiscard]] std::filesystem::path secrets() const { return folder_.secrets(); }

private:
    store::DataFolder folder_;
    store::SqliteStore store_;
    store::FileBlobStore blobs_;
    store::FileErasureKeys erasure_keys_;
    FileLogKeys log_keys_;
    FileTokenInbox tokens_;
    service::ServerTime time_;
    service::Environment environment_;
    service::Services services_;
};

}  // namespace valv::app
