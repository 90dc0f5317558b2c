#include "server/app/file_token_inbox.h"

#include <optional>

#include "common/base/encoding.h"
#include "common/base/error.h"
#include "server/app/secret_files.h"
#include "server/store/files/file.h"

namespace valv::app {
namespace {

// Nothing for a file that is no finished token: one that is just being written, or a stranger's.
std::optional<service::PendingToken> read_token(const std::filesystem::path& path) {
    try {
        const auto octets = read_secret(path);
        if (!octets) {
            return std::nullopt;
        }
        return service::PendingToken{
            .sha256 = crypto::hash_from(from_hex(path.filename().string())),
            .expires_at = parse_instant(as_text(octets->reveal()))};
    } catch (const Error& error) {
        if (error.code() == ErrorCode::kMalformed) {
            return std::nullopt;
        }
        throw;
    }
}

}  // namespace

void FileTokenInbox::add(const service::PendingToken& token) {
    write_durably(folder_ / to_hex(token.sha256), as_bytes(to_text(token.expires_at)));
}

std::vector<service::PendingToken> FileTokenInbox::list() {
    std::vector<service::PendingToken> tokens;
    std::error_code error;
    for (std::filesystem::directory_iterator at(folder_, error), end; !error && at != end;
         at.increment(error)) {
        if (const auto token = read_token(at->path())) {
            tokens.push_back(*token);
        }
    }
    if (error) {
        throw Error(ErrorCode::kIo,
                    "tokens: cannot read the folder, errno " + std::to_string(error.value()));
    }
    return tokens;
}

void FileTokenInbox::remove(const crypto::Hash& sha256) {
    store::unlink_file(folder_ / to_hex(sha256));
    store::sync_folder(folder_);
}

}  // namespace valv::app
