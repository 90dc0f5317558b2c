// A hybrid stanza opens when it is the genuine one and never else; one of another shape fails the
// header, and one of another type is left alone. Where OpenSSL has no ML-KEM none opens, and the
// shapes are judged all the same.
#include "crypto/sealed/age/hybrid.h"

#include "common/base/encoding.h"
#include "tests/crypto/seeded_random.h"
#include "tests/fuzz/support.h"
#include "tests/fuzz/target.h"

namespace valv::fuzz {
namespace {

constexpr std::size_t kEncapsulatedBytes = 1088 + 32;

sealed::AgeStanza genuine_or_like_it(const sealed::HybridIdentity& identity, RandomSource& random) {
    const sealed::FileKey file_key = sealed::FileKey::random(random);
    return sealed::has_ml_kem()
               ? identity.recipient().wrap(file_key, random)
               : sealed::AgeStanza{.arguments = {"mlkem768x25519",
                                                 to_base64_unpadded(Bytes(kEncapsulatedBytes, 9))},
                                   .body = Bytes(32)};
}

struct World {
    test::SeededRandom random{"hybrid"};
    sealed::HybridIdentity identity = sealed::HybridIdentity::random(random);
    sealed::AgeStanza genuine = genuine_or_like_it(identity, random);
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const World kWorld;
    const sealed::AgeStanza stanza = stanza_from({data, size}, kWorld.genuine);
    const Unwrapping result = unwrap(kWorld.identity, stanza);
    const bool is_hybrid = stanza.arguments.front() == "mlkem768x25519";
    const bool is_genuine = sealed::has_ml_kem() && stanza == kWorld.genuine;
    VALV_CHECK((result == Unwrapping::kOpened) == is_genuine);
    VALV_CHECK(is_hybrid || result == Unwrapping::kNoMatch);
    VALV_CHECK(!is_hybrid || has_shape(stanza, 2, kEncapsulatedBytes) ||
               result == Unwrapping::kRefused);
    const bool is_supported = succeeds([&] { kWorld.identity.require_support({&stanza, 1}); });
    VALV_CHECK(is_supported == (sealed::has_ml_kem() || !is_hybrid));
    return 0;
}

}  // namespace valv::fuzz
