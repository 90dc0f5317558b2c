// A passphrase stanza opens when it is the genuine one and never else; one of another shape, or
// with a work factor outside 1…20, fails the header before any work is done.
#include "crypto/sealed/age/passphrase.h"

#include "tests/crypto/seeded_random.h"
#include "tests/fuzz/support.h"
#include "tests/fuzz/target.h"

namespace valv::fuzz {
namespace {

constexpr unsigned kCheapWorkFactor = 4;  // 2^20 takes a gibibyte and seconds

struct World {
    test::SeededRandom random{"passphrase"};
    sealed::PassphraseIdentity identity{crypto::SecretBytes::from(as_bytes("fuzz"))};
    sealed::AgeStanza genuine =
        sealed::PassphraseRecipient(crypto::SecretBytes::from(as_bytes("fuzz")), {.log2_n = 2})
            .wrap(sealed::FileKey::random(random), random);
};

// 0 for what is no work factor.
unsigned work_factor(const sealed::AgeStanza& stanza) {
    unsigned factor = sealed::kMaxWorkFactor;
    while (factor > 0 && std::to_string(factor) != stanza.arguments.at(2)) {
        --factor;
    }
    return factor;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const World kWorld;
    constexpr std::size_t kSaltBytes = 16;
    const sealed::AgeStanza stanza = stanza_from({data, size}, kWorld.genuine);
    const bool is_ours = stanza.arguments.front() == "scrypt";
    const unsigned factor = has_shape(stanza, 3, kSaltBytes) ? work_factor(stanza) : 0;
    if (is_ours && factor > kCheapWorkFactor) {
        return 0;
    }
    const Unwrapping result = unwrap(kWorld.identity, stanza);
    VALV_CHECK((result == Unwrapping::kOpened) == (stanza == kWorld.genuine));
    VALV_CHECK(is_ours || result == Unwrapping::kNoMatch);
    VALV_CHECK((result == Unwrapping::kRefused) == (is_ours && factor == 0));
    return 0;
}

}  // namespace valv::fuzz
