// Armor: the split of the text does not matter, neither for what is released nor for whether it is
// accepted; what is accepted is recognised by its front, and armored anew it is the same text but
// for line ends and the white space around it.
#include "crypto/sealed/age/armor.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "tests/fuzz/support.h"
#include "tests/fuzz/target.h"

namespace valv::fuzz {
namespace {

Reading read_armor(ByteView text, std::size_t step) {
    return read_in_pieces(text, step, [](const auto& sink) { return sealed::ArmorReader(sink); });
}

Bytes armored(ByteView octets, std::size_t step) {
    const Reading written =
        read_in_pieces(octets, step, [](const auto& sink) { return sealed::ArmorWriter(sink); });
    return written.released;
}

std::string without_leniencies(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n\v\f";
    std::string strict;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!text.substr(at).starts_with("\r\n")) {
            strict.push_back(text[at]);
        }
    }
    strict.erase(0, strict.find_first_not_of(kBlanks));
    strict.erase(strict.find_last_not_of(kBlanks) + 1);
    return strict.append("\n");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView text(data, size);
    const Reading whole = read_armor(text, size + 1);
    for (const std::size_t step : {1U, 7U, 65U}) {
        VALV_CHECK(read_armor(text, step) == whole);
    }
    if (whole.is_accepted) {
        VALV_CHECK(sealed::is_armored(text.first(std::min(size, sealed::kArmorFrontBytes))));
        const Bytes again = armored(whole.released, whole.released.size() + 1);
        VALV_CHECK(again == armored(whole.released, 5));
        VALV_CHECK(as_text(again) == without_leniencies(as_text(text)));
        VALV_CHECK(read_armor(again, again.size()) == whole);
    }
    return 0;
}

}  // namespace valv::fuzz
