#include "crypto/sealed/recovery_shares.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "common/base/bech32.h"
#include "common/base/error.h"
#include "crypto/sealed/secret_text.h"

namespace valv::sealed {
namespace {

using crypto::SecretBytes;

constexpr std::string_view kPrefix = "valvshare";
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kHeadBytes = 4;  // version, m, n, x
constexpr std::size_t kShareBytes = kHeadBytes + sizeof(ShareSetId) + kRecoverySecretBytes;

// In GF(2^8) modulo 0x11d: Russian peasants, eight rounds whatever the factors.
std::uint8_t multiply(std::uint8_t left, std::uint8_t right) {
    constexpr unsigned kReduction = 0x1d;
    constexpr unsigned kBits = 8;
    unsigned a = left;
    const unsigned b = right;
    unsigned product = 0;
    for (unsigned bit = 0; bit < kBits; ++bit) {
        product ^= (0U - ((b >> bit) & 1U)) & a;
        a = ((a << 1U) ^ ((0U - (a >> (kBits - 1))) & kReduction)) & 0xffU;
    }
    return static_cast<std::uint8_t>(product);
}

// x^254, which is 1/x for x ≠ 0.
std::uint8_t inverse(std::uint8_t x) {
    std::uint8_t power = x;
    std::uint8_t result = 1;
    constexpr int kSquarings = 7;  // 254 = 2 + 4 + … + 128
    for (int step = 0; step < kSquarings; ++step) {
        power = multiply(power, power);
        result = multiply(result, power);
    }
    return result;
}

// Lagrange's basis polynomial of shares[at], at `x`. The x are public.
std::uint8_t basis(std::span<const RecoveryShare> shares, std::size_t at, std::uint8_t x) {
    std::uint8_t value = 1;
    for (std::size_t other = 0; other < shares.size(); ++other) {
        if (other != at) {
            const auto distance = static_cast<std::uint8_t>(shares[at].x ^ shares[other].x);
            value = multiply(
                value, multiply(static_cast<std::uint8_t>(x ^ shares[other].x), inverse(distance)));
        }
    }
    return value;
}

// The polynomial through `shares`, at `x`.
SecretBytes interpolate(std::span<const RecoveryShare> shares, std::uint8_t x) {
    SecretBytes value(kRecoverySecretBytes);
    const std::span<std::uint8_t> octets = value.reveal_for_writing();
    for (std::size_t at = 0; at < shares.size(); ++at) {
        const std::uint8_t weight = basis(shares, at, x);
        const ByteView y = shares[at].y.reveal();
        for (std::size_t octet = 0; octet < octets.size(); ++octet) {
            octets[octet] ^= multiply(weight, y[octet]);
        }
    }
    return value;
}

[[noreturn]] void refuse(const char* text, const char* name) {
    throw Error(ErrorCode::kInvalidArgument, std::string("recovery: ") + text, {}, name);
}

void check_set(std::span<const RecoveryShare> shares) {
    if (shares.empty()) {
        refuse("no share", "recovery_shares_too_few");
    }
    const RecoveryShare& first = shares.front();
    std::vector<std::uint8_t> seen;
    for (const RecoveryShare& share : shares) {
        if (share.set != first.set || share.threshold != first.threshold ||
            share.count != first.count) {
            refuse("shares of several sets", "recovery_shares_mixed");
        }
        if (std::ranges::find(seen, share.x) != seen.end()) {
            refuse("the same share twice", "recovery_share_twice");
        }
        seen.push_back(share.x);
    }
    if (shares.size() < first.threshold) {
        refuse("fewer shares than are needed", "recovery_shares_too_few");
    }
}

bool is_right_shape(const RecoveryShare& share) {
    return share.threshold >= kMinShareThreshold && share.threshold <= share.count &&
           share.x >= 1 && share.x <= share.count;
}

}  // namespace

SecretBytes RecoveryShare::text() const {
    VALV_CHECK(is_right_shape(*this) && y.size() == kRecoverySecretBytes);
    const std::array<std::uint8_t, kHeadBytes> head{kVersion, threshold, count, x};
    const SecretBytes octets = SecretBytes::concat({head, set, y.reveal()});
    return secret_bech32(kPrefix, octets.reveal());
}

RecoveryShare RecoveryShare::parse(ByteView text) {
    SecretBytes octets(kShareBytes);
    bech32_decode_into(as_text(text), kPrefix, octets.reveal_for_writing());
    const ByteView all = octets.reveal();
    RecoveryShare share{.threshold = all[1],
                        .count = all[2],
                        .x = all[3],
                        .set = {},
                        .y = SecretBytes::from(all.last(kRecoverySecretBytes))};
    std::ranges::copy(all.subspan(kHeadBytes, share.set.size()), share.set.begin());
    if (all[0] != kVersion || !is_right_shape(share)) {
        throw Error(ErrorCode::kMalformed, "recovery: a share of another kind");
    }
    return share;
}

std::vector<RecoveryShare> split_recovery_secret(const SecretBytes& secret, std::uint8_t threshold,
                                                 std::uint8_t count, RandomSource& random) {
    VALV_CHECK(threshold >= kMinShareThreshold && threshold <= count &&
               secret.size() == kRecoverySecretBytes);
    ShareSetId set{};
    random.fill(set);
    // A polynomial of degree m - 1 is given by m points: the secret at 0 and, uniformly drawn, the
    // first m - 1 shares. The others lie on it.
    std::vector<RecoveryShare> points;
    const auto point = [&](std::uint8_t x, SecretBytes y) {
        return RecoveryShare{
            .threshold = threshold, .count = count, .x = x, .set = set, .y = std::move(y)};
    };
    points.push_back(point(0, secret.clone()));
    for (std::uint8_t x = 1; x < threshold; ++x) {
        points.push_back(point(x, SecretBytes::random(kRecoverySecretBytes, random)));
    }
    std::vector<RecoveryShare> shares;
    for (unsigned x = 1; x <= count; ++x) {
        const auto at = static_cast<std::uint8_t>(x);
        shares.push_back(point(at, interpolate(points, at)));
    }
    return shares;
}

SecretBytes combine_recovery_shares(std::span<const RecoveryShare> shares) {
    check_set(shares);
    const std::span<const RecoveryShare> needed = shares.first(shares.front().threshold);
    for (const RecoveryShare& more : shares.subspan(needed.size())) {
        if (!crypto::constant_time_equal(interpolate(needed, more.x).reveal(), more.y.reveal())) {
            throw Error(ErrorCode::kTampered, "recovery: a share does not fit the others", {},
                        "recovery_shares_differ");
        }
    }
    return interpolate(needed, 0);
}

}  // namespace valv::sealed
