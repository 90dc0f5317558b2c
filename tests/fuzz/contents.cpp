// What a case or a link holds, once decrypted: a colleague's or a sender's device wrote it, and may
// be in other hands. The first octet chooses which; what decodes is encoded to a text that decodes
// to the same.
#include <array>

#include "client/casework/places.h"
#include "client/casework/record.h"
#include "client/lib/names.h"
#include "client/lib/package.h"
#include "tests/fuzz/support.h"
#include "tests/fuzz/target.h"

namespace valv::fuzz {
namespace {

using Rewrite = std::string (*)(std::string_view json);

// Empty for a record that is refused: refusals are no Error.
std::string rewrite_record(std::string_view json) {
    static const casework::Places places = casework::Places::builtin();
    static const Instant now = parse_instant("2026-03-20T09:00:00Z");
    const casework::DecodedRecord decoded = casework::decode_record(json, places, now);
    VALV_CHECK(decoded.record.has_value() || !decoded.refusals.empty());
    VALV_CHECK(decoded.refusals.size() <= 100);
    return decoded.refusals.empty() ? casework::encode_record(*decoded.record) : std::string();
}

constexpr std::array<Rewrite, 4> kContents{{
    rewrite_record,
    [](std::string_view json) { return client::encode_package(client::decode_package(json)); },
    [](std::string_view json) { return client::encode_part(client::decode_part(json)); },
    [](std::string_view json) { return client::encode_names(client::decode_names(json)); },
}};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    if (input.empty()) {
        return 0;
    }
    const Rewrite content = kContents[input.front() % kContents.size()];
    std::string written;
    if (succeeds([&] { written = content(as_text(input.subspan(1))); }) && !written.empty()) {
        VALV_CHECK(content(written) == written);
    }
    return 0;
}

}  // namespace valv::fuzz
