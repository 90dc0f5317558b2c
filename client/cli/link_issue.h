#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "client/cli/session.h"
#include "client/lib/links.h"

// A link made, from what the coordinator asked for to the URL and the code on the screen.
namespace valv::cli {

struct LinkTerms {
    casework::Audience audience = casework::Audience::kOffice;
    casework::Lid recipient;
    std::optional<std::vector<std::string>> kinds;  // absent: those of the audience
    std::optional<std::string> title;
    std::string language = "en";
    std::optional<std::string> note;
    std::optional<std::string> no_code_reason;
    std::optional<Instant> not_before;
    Instant not_after;
    std::uint32_t max_opens = 1;
    std::chrono::minutes lease{60};
    std::optional<Instant> reply_expected_by;
};

struct IssuedLink {
    client::LinkRequest request;
    client::CreatedLink created;
};

// Gates of docs/casework.md 4.1 and section 2 first: consent, stop, kinds that an audience never
// gets, as RecordRefused.
[[nodiscard]] IssuedLink issue_link(Session& session, client::Case& opened, LinkTerms terms);

// What the server confirmed, the URL to send and the code to say.
void show_issued(Session& session, const IssuedLink& issued);
// The same for scripts.
void report_issued(Session& session, const IssuedLink& issued);

// A link that has ended or is about to, made anew with a URL and a code of its own: the same
// recipient, kinds and limits, the papers as they are now. One that still opens is withdrawn.
[[nodiscard]] IssuedLink reissue_link(Session& session, client::Case& opened,
                                      const casework::Link& row, LinkTerms terms);
// As the old one's row has them. Until `not_after` of old, which may be past: the caller looks.
[[nodiscard]] LinkTerms terms_of(const casework::Link& row);

}  // namespace valv::cli
