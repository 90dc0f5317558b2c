#pragma once

#include <cstdint>
#include <string_view>

#include "common/base/bytes.h"
#include "common/base/random.h"
#include "crypto/core/hash.h"

namespace valv::test {

// Octets that look random and are the same in every run: SHA-256(seed ‖ be64(counter)) …
class SeededRandom final : public RandomSource {
public:
    explicit SeededRandom(std::string_view seed) : seed_(crypto::sha256(as_bytes(seed))) {}
    void fill(std::span<std::uint8_t> out) override {
        for (std::uint8_t& octet : out) {
            if (at_ == block_.size()) {
                block_ = crypto::sha256({seed_, be64(counter_++)});
                at_ = 0;
            }
            octet = block_[at_++];
        }
    }

private:
    crypto::Hash seed_;
    crypto::Hash block_{};
    std::size_t at_ = crypto::kHashBytes;
    std::uint64_t counter_ = 0;
};

// Hands out exactly the octets it was given; asking for more is a bug of the test.
class ScriptedRandom final : public RandomSource {
public:
    explicit ScriptedRandom(Bytes octets) : octets_(std::move(octets)) {}
    void fill(std::span<std::uint8_t> out) override {
        for (std::uint8_t& octet : out) {
            octet = octets_.at(at_++);
        }
    }

private:
    Bytes octets_;
    std::size_t at_ = 0;
};

}  // namespace valv::test
