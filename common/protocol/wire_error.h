#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/base/error.h"

namespace valv::protocol {

// Status, stable name and fixed sentence of one failure (docs/protocol.md section 1). No free text
// crosses the wire.
struct WireErrorKind {
    ErrorCode code;
    int status;
    std::string_view name;
    std::string_view sentence;
};

// Every kind that the wire knows; a code that is not here is answered as `internal`.
[[nodiscard]] std::span<const WireErrorKind> wire_error_kinds() noexcept;
[[nodiscard]] const WireErrorKind& wire_error(ErrorCode code) noexcept;

// Why a link has ended; told only after a right probe.
enum class EndReason { kExpired, kRevoked, kUsedUp, kLocked, kNotYet, kFrozen };
[[nodiscard]] std::span<const EndReason> end_reasons() noexcept;
[[nodiscard]] std::string_view to_string(EndReason reason) noexcept;

struct WireError {
    std::string name;
    std::string message;
    std::optional<std::string> path;       // JSON Pointer
    std::optional<std::string> reason;     // `ended`
    std::optional<Instant> at;             // `ended`, `waiting`
    std::optional<std::uint64_t> head;     // `conflict`: the number or offset that stands
    std::optional<std::uint32_t> maximum;  // `ended`, used_up
};

[[nodiscard]] std::string encode(const WireError& error);
[[nodiscard]] WireError decode_wire_error(std::string_view json);

// An Error that carries what a WireError may say beside its name.
class Refusal : public Error {
public:
    struct Details {
        std::optional<EndReason> reason;
        std::optional<Instant> at;
        std::optional<std::uint64_t> head;
        std::optional<std::uint32_t> maximum;
    };
    Refusal(ErrorCode code, const std::string& text, Details details);
    [[nodiscard]] const Details& details() const noexcept { return details_; }

private:
    Details details_;
};

// What the peer gets for an exception of ours.
[[nodiscard]] WireError to_wire(const Error& error);

}  // namespace valv::protocol
