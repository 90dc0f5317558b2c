#pragma once

#include <cstdint>
#include <span>

namespace valv {

// Uniform octets. The real one is crypto::SystemRandom; tests hand in a seeded one. Thread-safe.
class RandomSource {
public:
    virtual ~RandomSource() = default;
    // Fills all of `out` or throws kCryptoLibrary.
    virtual void fill(std::span<std::uint8_t> out) = 0;
};

}  // namespace valv
