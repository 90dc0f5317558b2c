#include "client/cli/link_issue.h"

#include <set>

#include <nlohmann/json.hpp>

#include "client/casework/checklist.h"
#include "client/casework/kinds.h"
#include "client/casework/package_fields.h"
#include "client/cli/case_text.h"
#include "client/cli/link_text.h"

namespace valv::cli {
namespace {

using casework::Audience;

// The kinds of the case's papers that are in the default package (docs/casework.md section 2, `D`)
// and that consent covers for this recipient.
std::vector<std::string> default_kinds(const casework::Record& record, Audience audience,
                                       const casework::Lid& recipient, Instant now) {
    std::set<std::string> kinds;
    for (const casework::Document& row : record.documents) {
        const casework::Kind* const kind = casework::find_kind(row.kind);
        const bool is_default =
            kind != nullptr && casework::share_of(*kind, audience) == casework::Share::kDefault;
        if (is_default &&
            casework::check_package(
                record, {.audience = audience, .recipient = recipient, .kinds = {row.kind}}, now)
                .empty()) {
            kinds.insert(row.kind);
        }
    }
    return {kinds.begin(), kinds.end()};
}

casework::PackageRequest package_request(const LinkTerms& terms, const casework::Record& record,
                                         Instant now) {
    return {.audience = terms.audience,
            .recipient = terms.recipient,
            .kinds = terms.kinds ? *terms.kinds
                                 : default_kinds(record, terms.audience, terms.recipient, now)};
}

// Gates of docs/casework.md 4.1 and section 2: consent, stop, kinds that an audience never gets.
void check_gates(const casework::Record& record, const casework::PackageRequest& request,
                 Instant now) {
    std::vector<casework::Refusal> refusals = casework::check_package(record, request, now);
    for (const casework::Item& item : casework::link_gates(record, request.recipient, now)) {
        refusals.push_back({.code = item.id,
                            .path = item.path,
                            .sentence = casework::item_text(item, casework::DeskLanguage::kEn)});
    }
    if (!refusals.empty()) {
        throw RecordRefused(std::move(refusals));
    }
}

client::LinkPartRequest main_part(const casework::Record& record,
                                  const casework::PackageRequest& request, Instant now) {
    client::LinkPartRequest part;
    part.view = casework::package_view(record, request, now).dump();
    auto shared = casework::shared_documents(record, request, now);
    if (auto* const refusals = std::get_if<casework::Refusals>(&shared)) {
        throw RecordRefused(std::move(*refusals));
    }
    for (casework::DocumentRow& row : std::get<std::vector<casework::DocumentRow>>(shared)) {
        part.documents.push_back({.id = row.id, .name = std::move(row.file_name)});
    }
    return part;
}

client::LinkRequest link_request(Session& session, const casework::Record& record,
                                 const casework::PackageRequest& package, LinkTerms terms) {
    client::LinkRequest request{
        .audience = package.audience,
        .recipient = package.recipient,
        .recipient_name = find_recipient_name(record, package.recipient).value_or(""),
        .kinds = package.kinds,
        .title = terms.title.value_or("Travel plan " + record.facts.reference),
        .language = std::move(terms.language),
        .sender_name = session.own_name(),
        .sender_organisation = session.vault().names().vault,
        .note = std::move(terms.note),
        .no_code_reason = std::move(terms.no_code_reason),
        .not_before = terms.not_before,
        .not_after = terms.not_after,
        .max_opens = terms.max_opens,
        .lease = terms.lease,
        .reply_expected_by = terms.reply_expected_by};
    request.parts = {main_part(record, package, session.context().now())};
    return request;
}

std::string host_of(const std::string& origin) {
    return origin.substr(origin.find("//") + 2);
}

}  // namespace

IssuedLink issue_link(Session& session, client::Case& opened, LinkTerms terms) {
    const Instant now = session.context().now();
    const client::RecordState state =
        during(Situation::kCase, [&] { return opened.read_record(); });
    if (state.read_only_newer_format) {
        throw Stopped(Stop::kNewerFormat);
    }
    const casework::PackageRequest package = package_request(terms, state.record, now);
    check_gates(state.record, package, now);
    client::LinkRequest request = link_request(session, state.record, package, std::move(terms));
    client::CreatedLink created =
        during(Situation::kCase, [&] { return client::Links(opened).create(request); });
    return {.request = std::move(request), .created = std::move(created)};
}

void show_issued(Session& session, const IssuedLink& issued) {
    const auto& [request, created] = issued;
    Output& output = session.context().output;
    const std::string& origin = session.vault().directory().origin;
    output.line("The server confirmed this link to " + request.recipient_name + ":", Tone::kGood);
    show_state(output, created.state, session.context().now());
    output.line("Papers       " + std::to_string(request.parts.front().documents.size()) +
                ", reading time " + std::to_string(request.lease.count()) + " min an opening");
    output.line();
    output.line("Send this link, for example by mail (shown this once):");
    output.secret_line("  ", created.url);
    output.line();
    if (!created.code) {
        output.line("It opens for whoever sees it: show it face to face, and send it to nobody.",
                    Tone::kWarning);
        return;
    }
    output.line(
        "Say this code by telephone, on a number that you already know, and never in the "
        "same message:");
    output.secret_line("  ", created.code->grouped());
    output.line(
        "Whoever speaks the code also speaks the host: say that the page's address must "
        "begin with",
        Tone::kBold);
    output.line("  " + origin + "/  (host " + host_of(origin) + ")", Tone::kBold);
    output.line("and that the code is not to be typed on any other page.");
}

void report_issued(Session& session, const IssuedLink& issued) {
    const client::CreatedLink& created = issued.created;
    Output& output = session.context().output;
    protocol::JsonWriter json = state_json(created.state, session.context().now());
    json.text("origin", session.vault().directory().origin);
    if (created.code) {
        output.json_with_secrets(std::move(json),
                                 {{"url", created.url}, {"code", created.code->digits()}});
    } else {
        output.json_with_secrets(std::move(json), {{"url", created.url}});
    }
}

LinkTerms terms_of(const casework::Link& row) {
    return {.audience = row.audience,
            .recipient = row.recipient,
            .kinds = row.kinds,
            .no_code_reason = row.no_code_reason,
            .not_after = row.not_after,
            .max_opens = static_cast<std::uint32_t>(row.max_opens),
            .lease = std::chrono::minutes(row.lease_minutes),
            .reply_expected_by = row.reply_expected_by};
}

IssuedLink reissue_link(Session& session, client::Case& opened, const casework::Link& row,
                        LinkTerms terms) {
    IssuedLink issued = issue_link(session, opened, std::move(terms));
    during(Situation::kLink, [&] {
        client::Links links(opened);
        const client::LinkView old = links.show(row.id);
        if (!old.state.revoked && session.context().now() < old.state.not_after) {
            (void)links.revoke(row.id);
        }
    });
    return issued;
}

}  // namespace valv::cli
