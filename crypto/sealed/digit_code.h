#pragma once

#include <cstddef>
#include <optional>

#include "common/base/bytes.h"
#include "common/base/random.h"
#include "crypto/core/secret_bytes.h"

namespace valv::sealed {

// A code that people say or read: `count` decimal digits (link 12, invitation 16), drawn uniformly.
class DigitCode {
public:
    [[nodiscard]] static DigitCode random(std::size_t count, RandomSource& random);
    // From what a person typed, UTF-8: decimal digits of any script (Unicode Nd) count, everything
    // else is stripped. Nothing unless exactly `count` digits remain.
    [[nodiscard]] static std::optional<DigitCode> from_text(ByteView text, std::size_t count);

    // The ASCII digits, what scrypt gets.
    [[nodiscard]] const crypto::SecretBytes& digits() const noexcept { return digits_; }
    // In groups of four with a space between: `1234 5678 9012`.
    [[nodiscard]] crypto::SecretBytes grouped() const;

    friend void PrintTo(const DigitCode& /*code*/, std::ostream* out) { *out << "<secret>"; }

private:
    explicit DigitCode(crypto::SecretBytes digits) : digits_(std::move(digits)) {}
    crypto::SecretBytes digits_;
};

}  // namespace valv::sealed
