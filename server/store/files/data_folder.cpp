#include "server/store/files/data_folder.h"

#include <fcntl.h>
#include <sys/file.h>

#include "common/base/error.h"

namespace valv::store {
namespace {

File lock_folder(const std::filesystem::path& folder) {
    make_folder(folder);
    File lock = create_file(folder / "lock", Existing::kTruncate);
    if (::flock(lock.descriptor(), LOCK_EX | LOCK_NB) != 0) {
        throw Error(ErrorCode::kUnavailable, "data folder: another process holds its lock");
    }
    return lock;
}

}  // namespace

DataFolder::DataFolder(std::filesystem::path folder, std::uint64_t reserve_bytes)
    : folder_(std::filesystem::absolute(folder)),
      reserve_bytes_(reserve_bytes),
      lock_(lock_folder(folder_)) {
    make_folder(blobs());
    make_folder(erasure());
    make_folder(secrets());
    static_cast<void>(
        has_room());  // a disk that is full already must not keep the server from starting
}

void DataFolder::free_reserve() noexcept {
    const std::lock_guard lock(mutex_);
    has_reserve_ = false;
    std::error_code ignored;  // nothing to free then
    std::filesystem::remove(folder_ / "reserve", ignored);
}

bool DataFolder::has_room() noexcept {
    const std::lock_guard lock(mutex_);
    if (!has_reserve_) {
        has_reserve_ = make_reserve();
    }
    return has_reserve_;
}

// Really allocated: a file with holes would reserve nothing.
bool DataFolder::make_reserve() noexcept {
    try {
        const auto path = folder_ / "reserve";
        const File file = create_file(path, Existing::kTruncate);
        if (::posix_fallocate(file.descriptor(), 0, static_cast<off_t>(reserve_bytes_)) == 0) {
            return true;
        }
        unlink_file(path);
    } catch (const Error&) {  // no reserve is the answer
    }
    return false;
}

}  // namespace valv::store
