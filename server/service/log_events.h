#pragma once

#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/base/random.h"
#include "crypto/core/hash.h"
#include "server/store/rows.h"

// The events of a vault's log (docs/protocol.md section 6), as the text that a commitment covers.
// Fields take ids and public octets only.
namespace valv::service {

class Event {
public:
    Event(std::string_view kind, Instant at);
    Event& field(std::string_view key, std::string_view value);
    Event& field(std::string_view key, std::uint64_t value);
    Event& octets(std::string_view key, ByteView value);
    template <typename Tag>
    Event& field(std::string_view key, const StrongId<Tag>& value) {
        return field(key, value.text());
    }
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

private:
    std::string text_;
};

// What the log says of every kind of note; `case_id` is `-` for the directory's.
struct NoteFacts {
    std::string_view kind;
    std::string case_id;
    std::string object;
    std::uint32_t epoch = 0;
    std::uint32_t number = 0;
    crypto::Hash note_sha256{};
};
[[nodiscard]] Event note_event(const NoteFacts& facts, Instant at);

[[nodiscard]] Event link_revoked_event(const CaseId& case_id, const LinkId& link, Instant at);

// r, drawn before the transaction.
[[nodiscard]] Bytes draw_log_nonce(RandomSource& random);
// Leaf data = 01 ‖ HMAC-SHA-256(r, event) (docs/formats.md section 9).
[[nodiscard]] store::LogEntry log_entry(const Event& event, const Bytes& nonce);

}  // namespace valv::service
