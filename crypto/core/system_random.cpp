#include "crypto/core/system_random.h"

#include <algorithm>
#include <limits>

#include <openssl/rand.h>

#include "crypto/core/openssl.h"

namespace valv::crypto {

void SystemRandom::fill(std::span<std::uint8_t> out) {
    constexpr std::size_t kLargestCall = std::numeric_limits<int>::max();
    while (!out.empty()) {
        const std::size_t part = std::min(out.size(), kLargestCall);
        require(::RAND_priv_bytes(out.data(), static_cast<int>(part)) == 1, "RAND_priv_bytes");
        out = out.subspan(part);
    }
}

}  // namespace valv::crypto
