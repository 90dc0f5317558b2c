#pragma once

#include <functional>
#include <string>

#include "common/base/bytes.h"

namespace valv::fuzz {

using WriteSeed =
    std::function<void(const std::string& target, const std::string& name, ByteView octets)>;

// Seeds of the targets that read what a server or a colleague sent: messages, notes, contents. Run
// at the top of the repository.
void write_sent_seeds(const WriteSeed& write);

}  // namespace valv::fuzz
