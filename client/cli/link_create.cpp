#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "client/casework/checklist.h"
#include "client/casework/kinds.h"
#include "client/casework/package_fields.h"
#include "client/cli/case_text.h"
#include "client/cli/link_text.h"
#include "client/cli/session.h"

namespace valv::cli {
namespace {

using casework::Audience;

constexpr std::uint32_t kMaxLeaseMinutes = std::chrono::minutes(limits::kMaxLease).count();
constexpr std::uint32_t kDefaultLeaseMinutes = 60;

// docs/casework.md 5.2
std::uint32_t default_opens(Audience audience) {
    switch (audience) {
        case Audience::kOffice:
            return 5;
        case Audience::kEscort:
            return 10;
        case Audience::kTraveller:
            return 10;
        case Audience::kTransit:
            return 2;
        case Audience::kAuthority:
            return 1;
    }
    return 1;
}

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

casework::PackageRequest package_request(const Arguments& arguments, Audience audience,
                                         const casework::Record& record, Instant now) {
    casework::PackageRequest request{.audience = audience,
                                     .recipient = arguments.text("--to"),
                                     .kinds = arguments.list("--kinds")};
    if (!arguments.has("--kinds")) {
        request.kinds = default_kinds(record, request.audience, request.recipient, now);
    }
    return request;
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

std::optional<std::string> no_code_reason(const Arguments& arguments) {
    if (arguments.has("--no-code") != arguments.has("--reason")) {
        throw UsageError(Usage::kTogether,
                         "--no-code and --reason go together: a link that opens for whoever sees "
                         "it needs its reason in the record");
    }
    return arguments.text_if("--reason");
}

// What the command line alone decides: checked before anything is asked or sent.
struct Limits {
    std::optional<Instant> not_before;
    Instant not_after;
    std::uint32_t max_opens = 1;
    std::optional<std::string> no_code_reason;
    std::chrono::minutes lease{kDefaultLeaseMinutes};
    std::optional<Instant> reply_expected_by;
};

Limits limits_from(const Arguments& arguments, Audience audience, Instant now) {
    Limits wanted{.not_before = arguments.instant_if("--from", now),
                  .not_after = arguments.instant_if("--until", now).value_or(now),
                  .no_code_reason = no_code_reason(arguments)};
    wanted.lease = std::chrono::minutes(
        arguments.count_if("--lease", 1, kMaxLeaseMinutes).value_or(kDefaultLeaseMinutes));
    wanted.reply_expected_by = arguments.instant_if("--reply-by", now);
    const bool is_open = wanted.no_code_reason.has_value();
    const std::uint32_t most = is_open ? limits::kMaxNoCodeOpens : limits::kMaxOpens;
    wanted.max_opens =
        arguments.count_if("--opens", 1, most).value_or(std::min(most, default_opens(audience)));
    const std::chrono::hours longest =
        is_open ? limits::kMaxNoCodeLifetime : limits::kMaxLinkLifetime;
    if (wanted.not_after <= std::max(now, wanted.not_before.value_or(now)) ||
        wanted.not_after > now + longest) {
        throw UsageError(Usage::kBadValue, is_open ? "--until must lie ahead, after --from and "
                                                     "within 72 hours for a link without a code"
                                                   : "--until must lie ahead, after --from and "
                                                     "within 31 days");
    }
    return wanted;
}

client::LinkRequest link_request(Session& session, const casework::Record& record,
                                 const casework::PackageRequest& package, Limits wanted,
                                 const Arguments& arguments) {
    const Instant now = session.context().now();
    client::LinkRequest request{
        .audience = package.audience,
        .recipient = package.recipient,
        .recipient_name = find_recipient_name(record, package.recipient).value_or(""),
        .kinds = package.kinds,
        .title = arguments.text_if("--title").value_or("Travel plan " + record.facts.reference),
        .language = arguments.text_if("--lang").value_or("en"),
        .sender_name = session.own_name(),
        .sender_organisation = session.vault().names().vault,
        .note = arguments.text_if("--note"),
        .no_code_reason = std::move(wanted.no_code_reason),
        .not_before = wanted.not_before,
        .not_after = wanted.not_after,
        .max_opens = wanted.max_opens,
        .lease = wanted.lease,
        .reply_expected_by = wanted.reply_expected_by};
    request.parts = {main_part(record, package, now)};
    return request;
}

std::string host_of(const std::string& origin) {
    return origin.substr(origin.find("//") + 2);
}

void show_created(Session& session, const client::LinkRequest& request,
                  const client::CreatedLink& created) {
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

void report_created(Session& session, const client::CreatedLink& created) {
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

void create(Context& context, const Arguments& arguments) {
    const Instant now = context.now();
    const Audience audience = arguments.word_if<Audience>("--audience").value_or(Audience::kOffice);
    Limits wanted = limits_from(arguments, audience, now);
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    const client::RecordState state = opened.read_record();
    if (state.read_only_newer_format) {
        throw Stopped(Stop::kNewerFormat);
    }
    const casework::PackageRequest package =
        package_request(arguments, audience, state.record, now);
    check_gates(state.record, package, now);
    const client::LinkRequest request =
        link_request(session, state.record, package, std::move(wanted), arguments);
    const client::CreatedLink created =
        during(Situation::kCase, [&] { return client::Links(opened).create(request); });
    show_created(session, request, created);
    report_created(session, created);
}

std::vector<ArgumentSpec> create_arguments() {
    return {{"CASE", Take::kWord, "Id or reference"},
            {"--audience", Take::kNeeded, "office, escort, traveller, transit or authority"},
            {"--to", Take::kNeeded, "Local id of the recipient, such as rec1 or e1"},
            {"--kinds", Take::kValues, "Kinds of papers; default those of the audience"},
            {"--until", Take::kNeeded, "Last moment, 2026-04-14T10:00:00Z or 48h or 7d"},
            {"--from", Take::kValue, "First moment; default at once"},
            {"--opens", Take::kValue, "How often it may be opened, 1 to 20"},
            {"--lease", Take::kValue, "Minutes of reading an opening; default 60"},
            {"--reply-by", Take::kValue, "When a reply is expected"},
            {"--note", Take::kValue, "A sentence for the recipient"},
            {"--title", Take::kValue, "Says nothing of the reason of the journey"},
            {"--lang", Take::kValue, "Language of the page; default en"},
            {"--no-code", Take::kFlag, "Opens for whoever sees it; 72 hours and 3 opens at most"},
            {"--reason", Take::kValue, "Why there is no code; kept in the record"}};
}

}  // namespace

std::vector<Command> link_create_commands() {
    return {{.noun = "link",
             .verb = "create",
             .help = "Share papers with one named recipient for a limited time",
             .arguments = create_arguments(),
             .run = create}};
}

}  // namespace valv::cli
