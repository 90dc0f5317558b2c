#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace valv {

// What went wrong, for machines. The wire name, status and sentence of each stand in
// common/protocol/wire_error.cpp, the sentence for a person at a terminal in
// client/cli/sentences.cpp.
enum class ErrorCode {
    kMalformed,        // input from outside breaks a format; the text says which
    kInvalidArgument,  // a value is well formed and not allowed
    kNotFound,         // absent, or not the caller's: the two never differ
    kUnauthenticated,  // no certificate or no lease
    kForbidden,        // known, and not allowed
    kConflict,         // a compare-and-set was lost
    kOnHold,           // a legal hold keeps a case from being erased
    kEnded,            // a link that ended (after a right probe)
    kWaiting,          // too many wrong codes from this network: later
    kWrongCode,        // a code signature that does not verify
    kTooLarge,         // over a limit of limits.h or the quota
    kLengthRequired,   // chunked request
    kKeyReused,        // idempotency key with another body
    kUnavailable,      // retry later: store read-only, busy, peer unreachable
    kStorageFull,      // no space left on the device
    kNetwork,          // client: the server cannot be reached
    kTampered,         // client: a check failed that an honest server passes (exit 3)
    kWrongPassphrase,  // an scrypt file that does not open
    kIo,               // file system call failed
    kCryptoLibrary,    // OpenSSL refused something that it must not refuse
    kUnsupported,      // the OpenSSL that we run on has no such algorithm; the text says which
    kStore,            // SQLite refused something that it must not refuse
    kClientTooOld,     // below the server's min_client
    kInternal,         // our bug
};

[[nodiscard]] std::string_view to_string(ErrorCode code) noexcept;

// The one exception class. `what()` is for our own log and never crosses the wire; it holds no
// secret and no personal value. `path()` is a JSON Pointer to the field at fault, or empty.
// `name()` refines the code where a stable name is promised (threats: `object_hash_mismatch`; ended
// links: `expired`), or is empty.
class Error : public std::runtime_error {
public:
    Error(ErrorCode code, const std::string& text, std::string path = {}, std::string name = {});
    [[nodiscard]] ErrorCode code() const noexcept { return code_; }
    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

private:
    ErrorCode code_;
    std::string path_;
    std::string name_;
};

// Prints and aborts. For our own bugs only, never for input.
[[noreturn]] void check_failed(const char* expression, const char* file, int line) noexcept;

}  // namespace valv

#define VALV_CHECK(expression) \
    ((expression) ? static_cast<void>(0) : ::valv::check_failed(#expression, __FILE__, __LINE__))
