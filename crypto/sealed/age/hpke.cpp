#include "crypto/sealed/age/hpke.h"

#include <algorithm>
#include <array>

#include "crypto/core/kdf.h"

namespace valv::sealed {
namespace {

using crypto::SecretBytes;

// RFC 9180 section 5.1: "HPKE" ‖ KEM ‖ KDF ‖ AEAD.
constexpr std::array<std::uint8_t, 10> kSuite{'H',  'P',  'K',  'E',  0x64,
                                              0x7a, 0x00, 0x01, 0x00, 0x03};
constexpr std::string_view kVersion = "HPKE-v1";

// RFC 9180 section 4.
SecretBytes labeled_extract(ByteView salt, std::string_view label, ByteView ikm) {
    const SecretBytes labeled =
        SecretBytes::concat({as_bytes(kVersion), kSuite, as_bytes(label), ikm});
    return crypto::hkdf_extract(salt, labeled.reveal());
}

SecretBytes labeled_expand(const SecretBytes& prk, std::string_view label, ByteView info,
                           std::uint8_t size) {
    const std::array<std::uint8_t, 2> length{0, size};
    const Bytes labeled = concat({length, as_bytes(kVersion), kSuite, as_bytes(label), info});
    return crypto::hkdf_expand(prk.reveal(), labeled, size);
}

}  // namespace

HpkeKey hpke_key(const SecretBytes& shared_secret, std::string_view info) {
    constexpr std::array<std::uint8_t, 1> kModeBase{0};
    const SecretBytes psk_id_hash = labeled_extract({}, "psk_id_hash", {});
    const SecretBytes info_hash = labeled_extract({}, "info_hash", as_bytes(info));
    const Bytes context = concat({kModeBase, psk_id_hash.reveal(), info_hash.reveal()});
    const SecretBytes secret = labeled_extract(shared_secret.reveal(), "secret", {});
    HpkeKey made{.key = labeled_expand(secret, "key", context, kAeadKeyBytes), .nonce = {}};
    std::ranges::copy(labeled_expand(secret, "base_nonce", context, kAeadNonceBytes).reveal(),
                      made.nonce.begin());
    return made;
}

}  // namespace valv::sealed
