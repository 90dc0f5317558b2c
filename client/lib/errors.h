#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "common/base/error.h"
#include "common/base/ids.h"

// What the client says when a check fails that an honest server passes: code kTampered, one of
// these names (stable: scripts read them), and which object. Checks of crypto/ throw plain Errors
// of the same names; `about` adds the object.
namespace valv::client {

namespace tamper {
inline constexpr std::string_view kSignature = "note_signature_invalid";
inline constexpr std::string_view kSigner = "note_signer_not_allowed";
inline constexpr std::string_view kContext = "note_context_mismatch";
inline constexpr std::string_view kChain = "note_chain_broken";
inline constexpr std::string_view kRolledBack = "state_rolled_back";
inline constexpr std::string_view kForked = "state_forked";
inline constexpr std::string_view kObjectHash = "object_hash_mismatch";
inline constexpr std::string_view kHeader = "header_unreadable";
inline constexpr std::string_view kFileKey = "file_key_mismatch";
inline constexpr std::string_view kBody = "body_damaged";
inline constexpr std::string_view kTruncated = "body_truncated";
inline constexpr std::string_view kMissing = "object_missing";
inline constexpr std::string_view kLog = "log_inconsistent";
inline constexpr std::string_view kLogSignature = "log_signature_invalid";
inline constexpr std::string_view kOwnWrite = "own_write_missing";
inline constexpr std::string_view kPackage = "package_mac_invalid";
inline constexpr std::string_view kReply = "reply_invalid";
inline constexpr std::string_view kProtocol = "protocol_violation";
inline constexpr std::string_view kEnrolment = "enrolment_invalid";  // approval MAC or own line
inline constexpr std::string_view kServer =
    "server_not_trusted";  // TLS: no certificate under the pinned CA
inline constexpr std::string_view kProfile = "profile_damaged";  // HMAC of the pins
}  // namespace tamper

// Where a check failed: `record 7`, `directory 3`, `document 4f…`, `package`.
struct Subject {
    std::string object;
    std::optional<CaseId> case_id = {};
};

class Tampered : public Error {
public:
    Tampered(std::string_view name, const std::string& text, Subject subject = {},
             std::string expected = {}, std::string found = {});
    [[nodiscard]] const Subject& subject() const noexcept { return subject_; }
    [[nodiscard]] const std::string& expected() const noexcept { return expected_; }
    [[nodiscard]] const std::string& found() const noexcept { return found_; }

private:
    Subject subject_;
    std::string expected_;
    std::string found_;
};

// Runs `step`. A kTampered or kMalformed Error of it leaves as a Tampered about `subject`;
// kMalformed becomes `protocol_violation`. Everything else passes.
[[noreturn]] void rethrow_about(const Error& error, const Subject& subject);
template <typename Step>
auto about(const Subject& subject, Step&& step) -> decltype(step()) {
    try {
        return std::forward<Step>(step)();
    } catch (const Tampered&) {
        throw;
    } catch (const Error& error) {
        rethrow_about(error, subject);
    }
}

// As `about`, and what is not found is `object_missing`: for objects that a verified head names.
template <typename Step>
auto must_be_there(const Subject& subject, Step&& step) -> decltype(step()) {
    return about(subject, [&]() -> decltype(step()) {
        try {
            return std::forward<Step>(step)();
        } catch (const Error& error) {
            if (error.code() == ErrorCode::kNotFound) {
                throw Tampered(tamper::kMissing, "the server does not deliver it", subject);
            }
            throw;
        }
    });
}

}  // namespace valv::client
