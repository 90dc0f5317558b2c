#pragma once

#include <optional>
#include <string_view>

#include "common/base/error.h"

namespace valv::sealed {

// Why an age file did not open, by the classes of the age test kit (c2sp.org/CCTV/age). They travel
// in Error::name(): `age_header_invalid`, `age_hmac_invalid`, `age_no_match`,
// `age_payload_invalid`, `age_armor_invalid`.
enum class AgeFailure {
    kHeader,   // syntax, limits, a stanza for us that is malformed: kMalformed
    kHmac,     // header MAC: kTampered
    kNoMatch,  // no stanza opens with these identities: kNotFound, for a passphrase
               // kWrongPassphrase
    kPayload,  // nonce, STREAM tag, truncation, trailing data: kTampered
    kArmor,    // begin and end line, base64, line lengths, what stands around: kMalformed
};

[[nodiscard]] std::string_view to_string(AgeFailure failure) noexcept;
[[nodiscard]] std::optional<AgeFailure> age_failure(const Error& error) noexcept;
// Throws the Error of that class; `text` is fixed and holds nothing of the file.
[[noreturn]] void fail(AgeFailure failure, const char* text);
// kNoMatch of a passphrase: kWrongPassphrase.
[[noreturn]] void fail_passphrase();

}  // namespace valv::sealed
