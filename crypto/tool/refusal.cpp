#include "crypto/tool/refusal.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "crypto/sealed/age/error.h"

namespace valv::tool {
namespace {

using sealed::AgeFailure;

struct ClassRow {
    AgeFailure failure;
    std::string_view words;  // scripts read them (docs/age-tool.md)
};
constexpr std::array kClasses{
    ClassRow{AgeFailure::kHeader, "header failure"},
    ClassRow{AgeFailure::kHmac, "HMAC failure"},
    ClassRow{AgeFailure::kNoMatch, "no match"},
    ClassRow{AgeFailure::kPayload, "payload failure"},
    ClassRow{AgeFailure::kArmor, "armor failure"},
};

struct CodeRow {
    ErrorCode code;
    std::string_view sentence;
};
constexpr std::array kSentences{
    CodeRow{ErrorCode::kUnsupported,
            "hybrid keys (age1pq1…) need OpenSSL 3.5 or newer, which Debian 13 has; classic keys "
            "(age1…) work here"},
    CodeRow{ErrorCode::kStorageFull,
            "there is no space left for the output: make room and run it again"},
    CodeRow{ErrorCode::kInvalidArgument,
            "a recipient is no usable key: ask its owner for it again"},
};
constexpr std::string_view kMixed =
    "classic (age1…) and hybrid (age1pq1…) recipients cannot share a file, which a quantum "
    "computer "
    "could then open: encrypt it once for each kind";

constexpr std::string_view kPrefix = "age: ";
std::string_view without_prefix(std::string_view text) {
    return text.starts_with(kPrefix) ? text.substr(kPrefix.size()) : text;
}

}  // namespace

std::string complaint_about(const std::string& role, const Error& error) {
    const std::string_view text = error.what();
    if (text.starts_with(kPrefix)) {
        return std::string(role).append(": ").append(without_prefix(text));
    }
    return std::string(role).append(text.starts_with("line ") ? ", " : " ").append(text);
}

std::string failure_sentence(const Error& error) {
    if (const std::optional<AgeFailure> failure = sealed::age_failure(error)) {
        const auto* const row = std::ranges::find(kClasses, *failure, &ClassRow::failure);
        return std::string(row->words).append(": ").append(without_prefix(error.what()));
    }
    if (error.name() == "age_recipients_mixed") {
        return std::string(kMixed);
    }
    const auto* const row = std::ranges::find(kSentences, error.code(), &CodeRow::code);
    if (row != kSentences.end()) {
        return std::string(row->sentence);
    }
    return std::string("reading or writing failed (").append(error.what()) +
           "): look at the disk, and at who reads the output";
}

}  // namespace valv::tool
