// Headers: what parses is encoded to the same octets, inside the limits, and find_age_header_end
// says where it ends; what has no end does not parse.
#include "crypto/sealed/age/header.h"

#include "tests/fuzz/support.h"
#include "tests/fuzz/target.h"

namespace valv::fuzz {
namespace {

bool parses(ByteView octets) {
    return succeeds([&] {
        const sealed::AgeHeader header = sealed::parse_age_header(octets);
        VALV_CHECK(equal(sealed::encode_age_header(header), octets));
        VALV_CHECK(octets.size() <= sealed::kMaxAgeHeaderBytes);
        VALV_CHECK(header.stanzas.size() <= sealed::kMaxAgeStanzas);
    });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    std::optional<std::size_t> end;
    const bool may_be_header = succeeds([&] { end = sealed::find_age_header_end(input); });
    const bool is_header = parses(input);
    VALV_CHECK(!is_header || (may_be_header && end == size));
    if (end && parses(input.first(*end))) {
        VALV_CHECK(is_header == (end == size));
        VALV_CHECK(!sealed::find_age_header_end(input.first(*end - 1)));
    }
    return 0;
}

}  // namespace valv::fuzz
