#include "crypto/local/screen.h"

#include <cerrno>
#include <unistd.h>

#include "common/base/error.h"

namespace valv::local {

void DescriptorScreen::write(ByteView octets) {
    while (!octets.empty()) {
        const ssize_t written = ::write(descriptor_, octets.data(), octets.size());
        if (written < 0 && errno != EINTR) {
            throw Error(errno == ENOSPC ? ErrorCode::kStorageFull : ErrorCode::kIo,
                        "output: write");
        }
        octets = octets.subspan(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
}

bool DescriptorScreen::is_terminal() const {
    return ::isatty(descriptor_) == 1;
}

}  // namespace valv::local
