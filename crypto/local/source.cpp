#include "crypto/local/source.h"

#include <algorithm>
#include <sys/stat.h>

#include "common/base/error.h"
#include "crypto/local/file_calls.h"

namespace valv::local {
namespace {

constexpr std::size_t kSecretPieceBytes = 4096;

}  // namespace

std::optional<FileId> find_file_id(const std::filesystem::path& path) {
    struct stat status {};
    const bool is_there = ::stat(path.c_str(), &status) == 0;
    return is_there ? file_id_of(status) : std::nullopt;
}

std::size_t DescriptorSource::read(std::span<std::uint8_t> out) {
    return read_all(descriptor_, out);
}

std::optional<FileId> DescriptorSource::file_id() const {
    return file_id_of(status_of(descriptor_));
}

crypto::SecretBytes read_secret(Source& source, std::size_t max_bytes) {
    crypto::SecretBuilder secret;
    crypto::SecretBytes piece(kSecretPieceBytes);
    std::size_t room = max_bytes;
    for (std::size_t got = piece.size(); got == piece.size();) {
        got = source.read(piece.reveal_for_writing());
        if (got > room) {
            throw Error(ErrorCode::kTooLarge, "read: the file is longer than any right one");
        }
        room -= got;
        secret.append(piece.reveal().first(got));
    }
    return secret.take();
}

}  // namespace valv::local
