#include "crypto/sealed/age/error.h"

#include <algorithm>
#include <array>

namespace valv::sealed {
namespace {

struct Class {
    AgeFailure failure;
    ErrorCode code;
    std::string_view name;
};
constexpr std::array<Class, 5> kClasses{{
    {AgeFailure::kHeader, ErrorCode::kMalformed, "age_header_invalid"},
    {AgeFailure::kHmac, ErrorCode::kTampered, "age_hmac_invalid"},
    {AgeFailure::kNoMatch, ErrorCode::kNotFound, "age_no_match"},
    {AgeFailure::kPayload, ErrorCode::kTampered, "age_payload_invalid"},
    {AgeFailure::kArmor, ErrorCode::kMalformed, "age_armor_invalid"},
}};

}  // namespace

std::string_view to_string(AgeFailure failure) noexcept {
    return std::ranges::find(kClasses, failure, &Class::failure)->name;
}

std::optional<AgeFailure> age_failure(const Error& error) noexcept {
    const auto* const found = std::ranges::find(kClasses, error.name(), &Class::name);
    return found == kClasses.end() ? std::nullopt : std::optional(found->failure);
}

void fail(AgeFailure failure, const char* text) {
    const auto* const found = std::ranges::find(kClasses, failure, &Class::failure);
    throw Error(found->code, std::string("age: ").append(text), {}, std::string(found->name));
}

void fail_passphrase() {
    throw Error(ErrorCode::kWrongPassphrase, "age: the passphrase does not open it", {},
                std::string(to_string(AgeFailure::kNoMatch)));
}

}  // namespace valv::sealed
