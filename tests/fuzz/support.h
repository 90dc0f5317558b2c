#pragma once

// What the fuzz targets share.

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "common/base/bytes.h"
#include "common/base/error.h"
#include "crypto/sealed/age/header.h"
#include "crypto/sealed/age/identity.h"

namespace valv::fuzz {

// Did it end without an Error? No input may bring out an error of the library's own.
template <typename Action>
[[nodiscard]] bool succeeds(Action&& action) {
    try {
        std::forward<Action>(action)();
        return true;
    } catch (const Error& error) {
        VALV_CHECK(error.code() != ErrorCode::kCryptoLibrary);
        VALV_CHECK(error.code() != ErrorCode::kInternal);
        return false;
    }
}

// What a reader released, and whether it took the whole.
struct Reading {
    Bytes released;
    bool is_accepted = false;
    friend bool operator==(const Reading&, const Reading&) = default;
};

// Pushes `octets` by pieces of `step` into the reader that `make_reader(sink)` makes.
template <typename MakeReader>
[[nodiscard]] Reading read_in_pieces(ByteView octets, std::size_t step,
                                     const MakeReader& make_reader) {
    Reading reading;
    reading.is_accepted = succeeds([&] {
        auto reader = make_reader([&](ByteView part) { append(reading.released, part); });
        for (std::size_t at = 0; at < octets.size(); at += step) {
            reader.push(octets.subspan(at, std::min(step, octets.size() - at)));
        }
        reader.finish();
    });
    return reading;
}

[[nodiscard]] bool is_prefix(ByteView front, ByteView whole);

// The Bech32 text with its last six characters made right: a fuzzer does not find a checksum.
// Written anew from BIP 173, so that it is a second opinion. The text itself where it has no room
// for one, or characters outside the alphabet.
[[nodiscard]] std::string with_checksum(std::string_view text);

// `type argument…` LF body, as they stand. Or `~` and changes to `genuine`, which a fuzzer would
// not find: 3 octets each, be16 place and what is added by exclusive or, over the octets of its
// second argument and of its body.
[[nodiscard]] sealed::AgeStanza stanza_from(ByteView input, const sealed::AgeStanza& genuine);

// Has it `argument_count` arguments, of which the second is canonical base64 of `octets` octets,
// and a wrapped file key?
[[nodiscard]] bool has_shape(const sealed::AgeStanza& stanza, std::size_t argument_count,
                             std::size_t octets);

enum class Unwrapping { kOpened, kNoMatch, kRefused };
[[nodiscard]] Unwrapping unwrap(const sealed::AgeIdentity& identity,
                                const sealed::AgeStanza& stanza);

}  // namespace valv::fuzz
