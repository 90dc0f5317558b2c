#include "server/store/files/file_erasure_keys.h"

#include <algorithm>
#include <array>

#include "common/base/error.h"
#include "server/store/files/file.h"

namespace valv::store {
namespace {

constexpr std::size_t kFanCharacters = 2;

}  // namespace

FileErasureKeys::FileErasureKeys(std::filesystem::path folder) : folder_(std::move(folder)) {}

void FileErasureKeys::put(const ErasureKeyId& id, const crypto::SecretBytes& key) {
    VALV_CHECK(key.size() == kErasureKeyBytes);
    if (const auto standing = find(id)) {
        if (!crypto::constant_time_equal(standing->reveal(), key.reveal())) {
            throw Error(ErrorCode::kConflict, "erasure keys: another key stands for " + id.text());
        }
    }
    const auto path = path_of(id);
    const auto fan = path.parent_path();
    make_folder(fan);
    // Written even when the same key stands: its first put may have ended before its fsync.
    File file = create_file(path, Existing::kTruncate);
    file.write_all(key.reveal());
    file.sync();
    sync_folder(fan);
}

std::optional<crypto::SecretBytes> FileErasureKeys::find(const ErasureKeyId& id) {
    const auto file = open_file(path_of(id));
    if (!file || file->size() != kErasureKeyBytes) {
        return std::nullopt;
    }
    crypto::SecretBytes key(kErasureKeyBytes);
    if (file->read_at(0, key.reveal_for_writing()) != kErasureKeyBytes) {
        return std::nullopt;
    }
    return key;
}

// The overwrite reaches the disk before the name goes: a name that is gone could not be overwritten
// after a crash.
void FileErasureKeys::destroy(const ErasureKeyId& id) {
    const auto path = path_of(id);
    if (auto file = open_file_for_writing(path)) {
        file->write_all(std::array<std::uint8_t, kErasureKeyBytes>{});
        file->sync();
        unlink_file(path);
    }
    // Also when it was absent: a destroy before this one may have ended between unlink and fsync.
    if (std::filesystem::exists(path.parent_path())) {
        sync_folder(path.parent_path());
    }
}

std::vector<ErasureKeyId> FileErasureKeys::list() {
    std::vector<ErasureKeyId> ids;
    for (const auto& fan : std::filesystem::directory_iterator(folder_)) {
        for (const auto& entry : std::filesystem::directory_iterator(fan)) {
            ids.push_back(ErasureKeyId::parse(entry.path().filename().string()));
        }
    }
    std::ranges::sort(ids);
    return ids;
}

std::filesystem::path FileErasureKeys::path_of(const ErasureKeyId& id) const {
    const std::string name = id.text();
    return folder_ / name.substr(0, kFanCharacters) / name;
}

}  // namespace valv::store
