#include "server/service/log_events.h"

#include "common/base/encoding.h"
#include "common/protocol/limits.h"
#include "crypto/core/log_event.h"

namespace valv::service {

Event::Event(std::string_view kind, Instant at) : text_("resvalv/v1/event\n") {
    field("kind", kind).field("at", to_text(at));
}

Event& Event::field(std::string_view key, std::string_view value) {
    text_.append(key).append(" ").append(value).append("\n");
    return *this;
}

Event& Event::field(std::string_view key, std::uint64_t value) {
    return field(key, std::string_view(std::to_string(value)));
}

Event& Event::octets(std::string_view key, ByteView value) {
    return field(key, std::string_view(to_base64(value)));
}

Event note_event(const NoteFacts& facts, Instant at) {
    Event event(facts.kind, at);
    event.field("case", std::string_view(facts.case_id));
    event.field("object", std::string_view(facts.object));
    event.field("epoch", facts.epoch).field("number", facts.number);
    event.octets("note_sha256", facts.note_sha256);
    return event;
}

Event link_revoked_event(const CaseId& case_id, const LinkId& link, Instant at) {
    Event event("link-revoked", at);
    event.field("case", case_id).field("link", link);
    return event;
}

Bytes draw_log_nonce(RandomSource& random) {
    Bytes nonce(limits::kSecretBytes);
    random.fill(nonce);
    return nonce;
}

store::LogEntry log_entry(const Event& event, const Bytes& nonce) {
    return {.event = event.text(),
            .nonce = nonce,
            .leaf_hash = crypto::log_leaf_hash(event.text(), nonce)};
}

}  // namespace valv::service
