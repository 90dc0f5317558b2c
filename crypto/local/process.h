#pragma once

namespace valv::local {

// Keys and papers must not land in a core file, nor be read by a debugger of the same user. Called
// first in main.
void forbid_core_dumps() noexcept;

}  // namespace valv::local
