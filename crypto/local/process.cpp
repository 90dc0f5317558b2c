#include "crypto/local/process.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace valv::local {

void forbid_core_dumps() noexcept {
    const rlimit none{.rlim_cur = 0, .rlim_max = 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

}  // namespace valv::local
