#include "server/app/secret_files.h"

#include <cerrno>
#include <cstdio>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/error.h"
#include "server/store/files/file.h"

namespace valv::app {
namespace {

constexpr std::uint64_t kMaxSecretBytes =
    64 * 1024;  // PEM files and seeds; anything larger is not ours
constexpr mode_t kOthers = S_IRWXG | S_IRWXO;

}  // namespace

void write_durably(const std::filesystem::path& path, ByteView octets) {
    std::filesystem::path beside = path;
    beside += ".new";
    {
        store::File file = store::create_file(beside, store::Existing::kTruncate);
        file.write_all(octets);
        file.sync();
    }
    if (::rename(beside.c_str(), path.c_str()) != 0) {
        throw Error(ErrorCode::kIo, "secrets: rename, errno " + std::to_string(errno));
    }
    store::sync_folder(path.parent_path());
}

std::optional<crypto::SecretBytes> read_secret(const std::filesystem::path& path) {
    const std::optional<store::File> file = store::open_file(path);
    if (!file) {
        return std::nullopt;
    }
    struct stat status {};
    if (::fstat(file->descriptor(), &status) != 0) {
        throw Error(ErrorCode::kIo, "secrets: fstat, errno " + std::to_string(errno));
    }
    if ((status.st_mode & kOthers) != 0 || status.st_uid != ::geteuid()) {
        throw Error(ErrorCode::kForbidden, "secrets: " + path.filename().string() +
                                               " must belong to this user and have mode 0600");
    }
    const std::uint64_t size = file->size();
    if (size > kMaxSecretBytes) {
        throw Error(ErrorCode::kMalformed,
                    "secrets: " + path.filename().string() + " is too large");
    }
    crypto::SecretBytes octets(static_cast<std::size_t>(size));
    octets.shrink(file->read_at(0, octets.reveal_for_writing()));
    return octets;
}

crypto::SecretBytes require_secret(const std::filesystem::path& path) {
    std::optional<crypto::SecretBytes> octets = read_secret(path);
    if (!octets) {
        throw Error(ErrorCode::kNotFound, "secrets: " + path.filename().string() +
                                              " is missing: run resvalvd init first");
    }
    return std::move(*octets);
}

void require_private_folder(const std::filesystem::path& folder) {
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0) {
        throw Error(ErrorCode::kNotFound, "data folder: missing: run resvalvd init first");
    }
    if ((status.st_mode & kOthers) != 0 || status.st_uid != ::geteuid()) {
        throw Error(ErrorCode::kForbidden,
                    "data folder: must belong to this user and have mode 0700");
    }
}

}  // namespace valv::app
