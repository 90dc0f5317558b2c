#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/casework/record.h"
#include "client/lib/cases.h"
#include "client/lib/package.h"
#include "common/protocol/messages.h"
#include "crypto/sealed/digit_code.h"
#include "crypto/sealed/link_keys.h"

// Links, the sender's side.
namespace valv::client {

// A paper under its name in the package (casework::shared_documents).
struct SharedDocument {
    DocumentId id;
    std::string name;
};
struct LinkPartRequest {
    std::string name = "main";
    std::optional<Instant> opens_at;
    std::optional<Instant> ends_at;
    std::string view = "{}";  // casework::package_view as compact JSON
    std::vector<SharedDocument> documents;
};
struct LinkRequest {
    casework::Audience audience = casework::Audience::kOffice;
    casework::Lid recipient;
    std::string recipient_name;
    std::vector<std::string> kinds;
    std::string title;
    std::string language = "en";
    std::string sender_name;
    std::string sender_organisation;
    std::optional<std::string> note;
    std::optional<std::string>
        no_code_reason;  // set: a link without a code (at most 72 h and 3 opens)
    std::optional<Instant> not_before;
    Instant not_after;
    std::uint32_t max_opens = 5;
    std::chrono::minutes lease{60};
    std::optional<Instant> reply_expected_by;
    std::vector<LinkPartRequest> parts;
};

struct CreatedLink {
    LinkId id;
    crypto::SecretBytes url;                // the whole URL: a secret, shown once
    std::optional<sealed::DigitCode> code;  // grouped() for the telephone
    protocol::LinkState state;
};

// One open as the server tells it. Only verified ones are listed at all: a forged one is a
// kTampered log_inconsistent.
struct LinkOpening {
    Instant at;
    std::string network;
    std::uint32_t holder = 0;
    bool is_provable =
        true;  // false: the server no longer holds the signature (the link's erasure key is gone)
};
struct LinkView {
    LinkId id;
    std::optional<casework::Link>
        row;  // absent: a publication whose row was never written; revoke it
    protocol::LinkState state;
    std::vector<LinkOpening> openings;
};

class Links {
public:
    explicit Links(Case& opened) : case_(opened) {}
    // Publishes, compares what the server confirms with what was asked, writes the row. The
    // casework gates (check_package) are the caller's.
    [[nodiscard]] CreatedLink create(const LinkRequest& request);
    [[nodiscard]] std::vector<LinkView> list();
    [[nodiscard]] LinkView show(const LinkId& link);
    LinkView revoke(const LinkId& link);
    // Opens, locks and revocations of `list` copied into the rows, for the checklist. True when
    // anything changed.
    bool copy_events_to_record();

private:
    Case& case_;
};

}  // namespace valv::client
