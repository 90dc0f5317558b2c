#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

#include "common/base/error.h"
#include "crypto/local/file_calls.h"

namespace valv::local {

OutputFile::OutputFile(std::filesystem::path target, Overwrite overwrite)
    : target_(std::move(target)), overwrite_(overwrite) {
    if (overwrite == Overwrite::kNo && ::access(target_.c_str(), F_OK) == 0) {
        throw Error(ErrorCode::kConflict, "output: the file is there already");
    }
    file_ = open_file(folder_of(target_), O_TMPFILE | O_WRONLY, kPrivateFile);
    if (!file_.is_open()) {
        if (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL) {
            fail_io("output", errno);
        }
        open_part();
    }
}

// What a killed run left behind is taken over: it is ours by its name, and no secret of another
// file is in it.
void OutputFile::open_part() {
    const std::filesystem::path part = beside(target_, ".part");
    ::unlink(part.c_str());
    file_ = open_file(part, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, kPrivateFile);
    if (!file_.is_open()) {
        fail_io("output", errno);
    }
    part_ = part;
}

OutputFile::~OutputFile() {
    if (!part_.empty()) {
        ::unlink(part_.c_str());
    }
}

void OutputFile::write(ByteView octets) {
    write_all(file_, octets);
}

void OutputFile::write_at(std::uint64_t offset, ByteView octets) {
    write_all_at(file_, offset, octets);
}

void OutputFile::link_unnamed() const {
    const std::string source = "/proc/self/fd/" + std::to_string(file_.get());
    const bool replaces = overwrite_ == Overwrite::kYes;
    const std::filesystem::path name = replaces ? beside(target_, ".part") : target_;
    if (replaces) {
        ::unlink(name.c_str());
    }
    if (::linkat(AT_FDCWD, source.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) != 0) {
        if (errno == EEXIST) {
            throw Error(ErrorCode::kConflict, "output: the file is there already");
        }
        fail_io("link", errno);
    }
    if (replaces && ::rename(name.c_str(), target_.c_str()) != 0) {
        const int error = errno;
        ::unlink(name.c_str());
        fail_io("rename", error);
    }
}

void OutputFile::rename_part() {
    if (overwrite_ == Overwrite::kYes) {
        if (::rename(part_.c_str(), target_.c_str()) != 0) {
            fail_io("rename", errno);
        }
        part_.clear();
        return;
    }
    if (::link(part_.c_str(), target_.c_str()) != 0) {  // unlike rename, this never replaces
        if (errno == EEXIST) {
            throw Error(ErrorCode::kConflict, "output: the file is there already");
        }
        fail_io("link", errno);
    }
}

void OutputFile::commit() {
    sync_file(file_);
    if (part_.empty()) {
        link_unnamed();
    } else {
        rename_part();
    }
    sync_folder(folder_of(target_));
}

}  // namespace valv::local
