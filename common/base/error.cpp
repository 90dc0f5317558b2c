#include "common/base/error.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace valv {

Error::Error(ErrorCode code, const std::string& text, std::string path, std::string name)
    : std::runtime_error(text), code_(code), path_(std::move(path)), name_(std::move(name)) {}

std::string_view to_string(ErrorCode code) noexcept {
    switch (code) {
        case ErrorCode::kMalformed:
            return "malformed";
        case ErrorCode::kInvalidArgument:
            return "invalid_argument";
        case ErrorCode::kNotFound:
            return "not_found";
        case ErrorCode::kUnauthenticated:
            return "unauthenticated";
        case ErrorCode::kForbidden:
            return "forbidden";
        case ErrorCode::kConflict:
            return "conflict";
        case ErrorCode::kOnHold:
            return "on_hold";
        case ErrorCode::kEnded:
            return "ended";
        case ErrorCode::kWaiting:
            return "waiting";
        case ErrorCode::kWrongCode:
            return "wrong_code";
        case ErrorCode::kTooLarge:
            return "too_large";
        case ErrorCode::kLengthRequired:
            return "length_required";
        case ErrorCode::kKeyReused:
            return "key_reused";
        case ErrorCode::kUnavailable:
            return "unavailable";
        case ErrorCode::kStorageFull:
            return "storage_full";
        case ErrorCode::kNetwork:
            return "network";
        case ErrorCode::kTampered:
            return "tampered";
        case ErrorCode::kWrongPassphrase:
            return "wrong_passphrase";
        case ErrorCode::kIo:
            return "io";
        case ErrorCode::kCryptoLibrary:
            return "crypto_library";
        case ErrorCode::kUnsupported:
            return "unsupported";
        case ErrorCode::kStore:
            return "store";
        case ErrorCode::kClientTooOld:
            return "client_too_old";
        case ErrorCode::kInternal:
            return "internal";
    }
    return "internal";
}

void check_failed(const char* expression, const char* file, int line) noexcept {
    std::fprintf(stderr, "check failed: %s (%s:%d)\n", expression, file, line);
    std::abort();
}

}  // namespace valv
