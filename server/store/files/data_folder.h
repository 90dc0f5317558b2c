#pragma once

#include <filesystem>
#include <mutex>

#include "server/store/files/file.h"

namespace valv::store {

// The server's data folder (0700): `lock`, `store.db`, `blobs/`, `erasure/`, `secrets/`, `reserve`.
// Makes what is missing, and holds the lock, so that there is one process for each folder, for as
// long as it lives.
class DataFolder {
public:
    static constexpr std::uint64_t kReserveBytes = 16 * 1024 * 1024;

    // Throws kUnavailable when another process has the lock, kIo, kStorageFull.
    explicit DataFolder(std::filesystem::path folder, std::uint64_t reserve_bytes = kReserveBytes);
    DataFolder(const DataFolder&) = delete;
    DataFolder& operator=(const DataFolder&) = delete;
    ~DataFolder() = default;

    [[nodiscard]] std::filesystem::path database() const { return folder_ / "store.db"; }
    [[nodiscard]] std::filesystem::path blobs() const { return folder_ / "blobs"; }
    [[nodiscard]] std::filesystem::path erasure() const { return folder_ / "erasure"; }
    [[nodiscard]] std::filesystem::path secrets() const { return folder_ / "secrets"; }

    // Gives the reserve to the database, so that revoking, opening and erasing go on on a full
    // disk. Callable from any thread.
    void free_reserve() noexcept;
    // True when the reserve stands, or could be made again: then there is room for uploads too.
    // Callable from any thread.
    [[nodiscard]] bool has_room() noexcept;

private:
    [[nodiscard]] bool make_reserve() noexcept;

    std::filesystem::path folder_;
    std::uint64_t reserve_bytes_;
    File lock_;
    std::mutex mutex_;  // guards has_reserve_ and the reserve's file
    bool has_reserve_ = false;
};

}  // namespace valv::store
