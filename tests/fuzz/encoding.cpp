// Text encodings: what is accepted is the one text of its octets; any octets come back.
#include "common/base/encoding.h"

#include <array>

#include "tests/fuzz/support.h"
#include "tests/fuzz/target.h"

namespace valv::fuzz {
namespace {

struct Codec {
    std::string (*encode)(ByteView octets);
    Bytes (*decode)(std::string_view text);
};
constexpr std::array<Codec, 5> kCodecs{{
    {to_hex, from_hex},
    {to_base64url, from_base64url},
    {to_base64, from_base64},
    {to_base64_unpadded, from_base64_unpadded},
    {to_base32, from_base32},
}};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    for (const Codec& codec : kCodecs) {
        static_cast<void>(succeeds(
            [&] { VALV_CHECK(codec.encode(codec.decode(as_text(input))) == as_text(input)); }));
        VALV_CHECK(equal(codec.decode(codec.encode(input)), input));
    }
    return 0;
}

}  // namespace valv::fuzz
