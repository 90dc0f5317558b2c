#include "common/protocol/wire_error.h"

#include <algorithm>
#include <array>

#include "common/protocol/json.h"
#include "common/protocol/keys.h"

namespace valv::protocol {
namespace {

constexpr std::array kKinds{
    WireErrorKind{ErrorCode::kMalformed, 400, "malformed", "The request breaks the protocol."},
    WireErrorKind{ErrorCode::kInvalidArgument, 400, "invalid_argument",
                  "A value is not allowed here."},
    WireErrorKind{ErrorCode::kUnauthenticated, 401, "unauthenticated",
                  "There is no live lease for this call."},
    WireErrorKind{ErrorCode::kForbidden, 403, "forbidden", "This device may not do that."},
    WireErrorKind{ErrorCode::kWrongCode, 403, "wrong_code", "The code is not right."},
    WireErrorKind{ErrorCode::kNotFound, 404, "not_found", "There is nothing here for you."},
    WireErrorKind{ErrorCode::kConflict, 409, "conflict",
                  "Somebody else was first: read the newest state and repeat."},
    WireErrorKind{ErrorCode::kOnHold, 409, "on_hold", "A legal hold stops the erasure."},
    WireErrorKind{ErrorCode::kEnded, 410, "ended", "This link has ended."},
    WireErrorKind{ErrorCode::kLengthRequired, 411, "length_required",
                  "The request needs a Content-Length."},
    WireErrorKind{ErrorCode::kTooLarge, 413, "too_large", "The request is over a limit."},
    WireErrorKind{ErrorCode::kKeyReused, 422, "key_reused",
                  "The idempotency key was used for another request."},
    WireErrorKind{ErrorCode::kClientTooOld, 426, "client_too_old",
                  "This program is too old for the server: install a newer one."},
    WireErrorKind{ErrorCode::kWaiting, 429, "waiting",
                  "Too many wrong codes from this network: wait."},
    WireErrorKind{ErrorCode::kInternal, 500, "internal", "The server failed; nothing was changed."},
    WireErrorKind{ErrorCode::kUnavailable, 503, "unavailable",
                  "The server cannot do this now: try again."},
    WireErrorKind{ErrorCode::kStorageFull, 507, "storage_full", "The server has no room left."},
};

const WireErrorKind& internal_kind() noexcept {
    return *std::ranges::find(kKinds, ErrorCode::kInternal, &WireErrorKind::code);
}

constexpr std::array kReasons{EndReason::kExpired, EndReason::kRevoked, EndReason::kUsedUp,
                              EndReason::kLocked,  EndReason::kNotYet,  EndReason::kFrozen};

}  // namespace

std::span<const WireErrorKind> wire_error_kinds() noexcept {
    return kKinds;
}

const WireErrorKind& wire_error(ErrorCode code) noexcept {
    const auto* const found = std::ranges::find(kKinds, code, &WireErrorKind::code);
    return found == kKinds.end() ? internal_kind() : *found;
}

std::span<const EndReason> end_reasons() noexcept {
    return kReasons;
}

std::string_view to_string(EndReason reason) noexcept {
    switch (reason) {
        case EndReason::kExpired:
            return "expired";
        case EndReason::kRevoked:
            return "revoked";
        case EndReason::kUsedUp:
            return "used_up";
        case EndReason::kLocked:
            return "locked";
        case EndReason::kNotYet:
            return "not_yet";
        case EndReason::kFrozen:
            return "frozen";
    }
    return "expired";
}

Refusal::Refusal(ErrorCode code, const std::string& text, Details details)
    : Error(code, text), details_(details) {}

WireError to_wire(const Error& error) {
    const WireErrorKind& kind = wire_error(error.code());
    WireError wire{.name = std::string(kind.name),
                   .message = std::string(kind.sentence),
                   .path = {},
                   .reason = {},
                   .at = {},
                   .head = {},
                   .maximum = {}};
    if (!error.path().empty()) {
        wire.path = error.path();
    }
    if (const auto* const refusal = dynamic_cast<const Refusal*>(&error)) {
        const Refusal::Details& details = refusal->details();
        if (details.reason) {
            wire.reason = std::string(to_string(*details.reason));
        }
        wire.at = details.at;
        wire.head = details.head;
        wire.maximum = details.maximum;
    }
    return wire;
}

std::string encode(const WireError& error) {
    JsonWriter json;
    json.text(keys::kError, error.name).text(keys::kMessage, error.message);
    json.text_if(keys::kPath, error.path).text_if(keys::kReason, error.reason);
    json.instant_if(keys::kAt, error.at).integer_if(keys::kHead, error.head);
    json.integer_if(keys::kMaximum, error.maximum);
    return json.take();
}

WireError decode_wire_error(std::string_view text) {
    const JsonDocument document = JsonDocument::parse(text);
    JsonObject object = document.object();
    WireError error{.name = object.text(keys::kError),
                    .message = object.text(keys::kMessage),
                    .path = object.text_if(keys::kPath),
                    .reason = object.text_if(keys::kReason),
                    .at = object.instant_if(keys::kAt),
                    .head = object.integer_if(keys::kHead),
                    .maximum = {}};
    if (const auto maximum = object.integer_if(keys::kMaximum, UINT32_MAX)) {
        error.maximum = static_cast<std::uint32_t>(*maximum);
    }
    object.finish();
    return error;
}

}  // namespace valv::protocol
