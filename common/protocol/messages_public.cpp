#include <algorithm>
#include <array>

#include "common/base/encoding.h"
#include "common/protocol/json.h"
#include "common/protocol/keys.h"
#include "common/protocol/limits.h"
#include "common/protocol/messages.h"

namespace valv::protocol {
namespace {

constexpr std::array kHelloStates{HelloState::kLive, HelloState::kUsedUp, HelloState::kLocked};
constexpr std::string_view kBearerScheme = "Bearer ";

HelloState read_hello_state(JsonObject& object) {
    const std::string text = object.text(keys::kState);
    for (const HelloState state : kHelloStates) {
        if (to_string(state) == text) {
            return state;
        }
    }
    throw Error(ErrorCode::kMalformed, "welcome: unknown state", object.path_of(keys::kState));
}

}  // namespace

std::string encode(const Hello& message) {
    return JsonWriter().id(keys::kId, message.id).octets(keys::kProbe, message.probe).take();
}
Hello decode_hello(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    JsonObject object = document.object();
    Hello message{.id = object.id<LinkId>(keys::kId), .probe = object.fixed_octets(keys::kProbe)};
    object.finish();
    return message;
}

std::string_view to_string(HelloState state) noexcept {
    switch (state) {
        case HelloState::kLive:
            return "live";
        case HelloState::kUsedUp:
            return "used_up";
        case HelloState::kLocked:
            return "locked";
    }
    return "live";
}

std::string encode(const Welcome& message) {
    JsonWriter json;
    json.octets(keys::kChallenge, message.challenge).text(keys::kState, to_string(message.state));
    json.boolean(keys::kCode, message.needs_code).instant(keys::kNow, message.now);
    return json.integer_if(keys::kMaximum, message.maximum)
        .instant_if(keys::kAt, message.at)
        .take();
}
Welcome decode_welcome(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    JsonObject object = document.object();
    Welcome message{.challenge = object.fixed_octets(keys::kChallenge),
                    .state = read_hello_state(object),
                    .needs_code = object.boolean(keys::kCode),
                    .now = object.instant(keys::kNow),
                    .maximum = {},
                    .at = object.instant_if(keys::kAt)};
    if (const auto maximum = object.integer_if(keys::kMaximum, limits::kMaxOpens)) {
        message.maximum = static_cast<std::uint32_t>(*maximum);
    }
    object.finish();
    return message;
}

std::string encode(const Open& message) {
    JsonWriter json;
    json.id(keys::kId, message.id).octets(keys::kChallenge, message.challenge);
    return json.octets(keys::kHolder, message.holder)
        .octets(keys::kSignature, message.signature)
        .take();
}
Open decode_open(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    JsonObject object = document.object();
    Open message{.id = object.id<LinkId>(keys::kId),
                 .challenge = object.fixed_octets(keys::kChallenge),
                 .holder = object.fixed_octets(keys::kHolder),
                 .signature = object.fixed_octets(keys::kSignature, limits::kSignatureBytes)};
    object.finish();
    return message;
}

std::string encode(const Lease& message) {
    JsonWriter json;
    json.instant(keys::kUntil, message.until).octets(keys::kScreenKey, message.screen_key);
    json.integer(keys::kOpens, message.opens).integer(keys::kMaximum, message.maximum);
    return json.integer(keys::kVersion, message.version).instant(keys::kNow, message.now).take();
}
Lease decode_lease(std::string_view json) {
    const JsonDocument document = JsonDocument::parse(json);
    JsonObject object = document.object();
    Lease message{.until = object.instant(keys::kUntil),
                  .screen_key = object.fixed_octets(keys::kScreenKey),
                  .opens = object.count(keys::kOpens),
                  .maximum = object.count(keys::kMaximum),
                  .version = object.count(keys::kVersion),
                  .now = object.instant(keys::kNow)};
    object.finish();
    return message;
}

std::string encode_bearer(const Bearer& bearer) {
    return to_base64url(concat({bearer.link.bytes(), bearer.holder}));
}

std::optional<Bearer> find_bearer(std::string_view authorization) {
    if (!authorization.starts_with(kBearerScheme)) {
        return std::nullopt;
    }
    try {
        const Bytes octets = from_base64url(authorization.substr(kBearerScheme.size()));
        if (octets.size() != kIdBytes + limits::kSecretBytes) {
            return std::nullopt;
        }
        const ByteView view(octets);
        return Bearer{.link = LinkId::from_bytes(view.first(kIdBytes)),
                      .holder = to_bytes(view.subspan(kIdBytes))};
    } catch (const Error&) {
        return std::nullopt;  // expected: whatever a stranger sends is simply not a bearer
    }
}

}  // namespace valv::protocol
