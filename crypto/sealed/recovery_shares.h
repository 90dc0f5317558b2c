#pragma once

#include <array>
#include <cstdint>
#include <ostream>
#include <span>
#include <vector>

#include "common/base/bytes.h"
#include "common/base/random.h"
#include "crypto/core/secret_bytes.h"

// The recovery secret in m-of-n shares (docs/formats.md section 11): Shamir's scheme
// (Communications of the ACM 22, 1979) over GF(2^8) modulo x^8 + x^4 + x^3 + x^2 + 1 (0x11d), octet
// by octet, so that Debian's gfcombine is a second tool. Fewer than m shares say nothing about the
// secret. Const calls are thread-safe; no branch and no table index depends on a secret.
namespace valv::sealed {

constexpr std::size_t kRecoverySecretBytes = 32;
constexpr std::uint8_t kMinShareThreshold = 2;
using ShareSetId = std::array<std::uint8_t, 4>;

// What one custodian keeps.
struct RecoveryShare {
    std::uint8_t threshold = 0;  // m: how many are needed
    std::uint8_t count = 0;      // n: how many were made
    std::uint8_t x = 0;          // 1 … n
    ShareSetId set{};            // drawn for each splitting: shares of two sets never combine
    crypto::SecretBytes y;       // kRecoverySecretBytes

    // `valvshare1…`: Bech32 of 01 ‖ m ‖ n ‖ x ‖ set ‖ y, lower case, 80 characters.
    [[nodiscard]] crypto::SecretBytes text() const;
    // Either case, as Bech32 is. Throws kMalformed, for a mistyped character too.
    [[nodiscard]] static RecoveryShare parse(ByteView text);

    friend void PrintTo(const RecoveryShare& /*share*/, std::ostream* out) { *out << "<secret>"; }
};

// 2 ≤ threshold ≤ count ≤ 255 and a secret of kRecoverySecretBytes, checked.
[[nodiscard]] std::vector<RecoveryShare> split_recovery_secret(const crypto::SecretBytes& secret,
                                                               std::uint8_t threshold,
                                                               std::uint8_t count,
                                                               RandomSource& random);

// From any m of them; more are allowed and must agree. Throws kInvalidArgument with the name
// `recovery_shares_mixed` (of several sets), `recovery_share_twice` or `recovery_shares_too_few`,
// and kTampered, `recovery_shares_differ`, when one of more than m does not fit. That m shares are
// genuine only the public key can tell: the caller compares it with the pinned recipient.
[[nodiscard]] crypto::SecretBytes combine_recovery_shares(std::span<const RecoveryShare> shares);

}  // namespace valv::sealed
