#include "client/lib/words.h"

#include <array>
#include <cstdint>
#include <string_view>

#include "common/base/error.h"

namespace valv::client {
namespace {

// D. S. Wilkerson, "A Proposal for Proquints", 2009: consonant 4 bits, vowel 2 bits, C V C V C.
constexpr std::string_view kConsonants = "bdfghjklmnprstvz";
constexpr std::string_view kVowels = "aiou";

void append_word(std::string& text, unsigned value) {
    text += kConsonants[(value >> 12U) & 15U];
    text += kVowels[(value >> 10U) & 3U];
    text += kConsonants[(value >> 6U) & 15U];
    text += kVowels[(value >> 4U) & 3U];
    text += kConsonants[value & 15U];
}

}  // namespace

std::string words_of(ByteView octets) {
    VALV_CHECK(octets.size() % 2 == 0);
    std::string text;
    for (std::size_t index = 0; index < octets.size(); index += 2) {
        if (!text.empty()) {
            text += ' ';
        }
        append_word(text, (static_cast<unsigned>(octets[index]) << 8U) | octets[index + 1]);
    }
    return text;
}

}  // namespace valv::client
