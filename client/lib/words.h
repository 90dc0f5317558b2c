#pragma once

#include <string>

#include "common/base/bytes.h"

namespace valv::client {

// Octets as words to compare by voice: one pronounceable word of five letters (proquint) for two
// octets, with a blank between. A device id, which is a hash of the device's three keys, gives
// eight. An even number of octets, checked.
[[nodiscard]] std::string words_of(ByteView octets);

}  // namespace valv::client
