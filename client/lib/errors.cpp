#include "client/lib/errors.h"

#include <utility>

namespace valv::client {

Tampered::Tampered(std::string_view name, const std::string& text, Subject subject,
                   std::string expected, std::string found)
    : Error(ErrorCode::kTampered, subject.object.empty() ? text : subject.object + ": " + text, {},
            std::string(name)),
      subject_(std::move(subject)),
      expected_(std::move(expected)),
      found_(std::move(found)) {}

void rethrow_about(const Error& error, const Subject& subject) {
    if (error.code() == ErrorCode::kTampered) {
        throw Tampered(error.name(), error.what(), subject);
    }
    if (error.code() == ErrorCode::kMalformed) {
        throw Tampered(tamper::kProtocol, error.what(), subject);
    }
    throw;  // NOLINT(misc-throw-by-value-catch-by-reference): called inside a catch; keeps the
            // dynamic type.
}

}  // namespace valv::client
