// An X25519 stanza opens when it is the genuine one and never else; one of another shape fails the
// header, and one of another type is left alone.
#include "crypto/sealed/age/x25519.h"

#include "tests/crypto/seeded_random.h"
#include "tests/fuzz/support.h"
#include "tests/fuzz/target.h"

namespace valv::fuzz {
namespace {

struct World {
    test::SeededRandom random{"x25519"};
    sealed::X25519Identity identity = sealed::X25519Identity::random(random);
    sealed::AgeStanza genuine = identity.recipient().wrap(sealed::FileKey::random(random), random);
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const World kWorld;
    const sealed::AgeStanza stanza = stanza_from({data, size}, kWorld.genuine);
    const Unwrapping result = unwrap(kWorld.identity, stanza);
    VALV_CHECK((result == Unwrapping::kOpened) == (stanza == kWorld.genuine));
    if (stanza.arguments.front() != "X25519") {
        VALV_CHECK(result == Unwrapping::kNoMatch);
    } else if (!has_shape(stanza, 2, crypto::kX25519Bytes)) {
        VALV_CHECK(result == Unwrapping::kRefused);
    }
    return 0;
}

}  // namespace valv::fuzz
