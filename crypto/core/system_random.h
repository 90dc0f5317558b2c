#pragma once

#include "common/base/random.h"

namespace valv::crypto {

// OpenSSL's private DRBG (RAND_priv_bytes): seeded by the kernel, forks noticed. Thread-safe. Made
// in the main.cpps.
class SystemRandom final : public RandomSource {
public:
    void fill(std::span<std::uint8_t> out) override;
};

}  // namespace valv::crypto
