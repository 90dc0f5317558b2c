#include <algorithm>

#include "client/cli/link_issue.h"

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

std::optional<std::string> no_code_reason(const Arguments& arguments) {
    if (arguments.has("--no-code") != arguments.has("--reason")) {
        throw UsageError(Usage::kTogether,
                         "--no-code and --reason go together: a link that opens for whoever sees "
                         "it needs its reason in the record");
    }
    return arguments.text_if("--reason");
}

std::uint32_t most_opens(const LinkTerms& terms) {
    return terms.no_code_reason ? limits::kMaxNoCodeOpens : limits::kMaxOpens;
}

void check_times(const LinkTerms& terms, Instant now) {
    const bool is_open = terms.no_code_reason.has_value();
    const std::chrono::hours longest =
        is_open ? limits::kMaxNoCodeLifetime : limits::kMaxLinkLifetime;
    if (terms.not_after <= std::max(now, terms.not_before.value_or(now)) ||
        terms.not_after > now + longest) {
        throw UsageError(Usage::kBadValue, is_open ? "--until must lie ahead, after --from and "
                                                     "within 72 hours for a link without a code"
                                                   : "--until must lie ahead, after --from and "
                                                     "within 31 days");
    }
}

// What the command line alone decides: checked before anything is asked or sent.
LinkTerms terms_from(const Arguments& arguments, Instant now) {
    LinkTerms terms{
        .audience = arguments.word_if<Audience>("--audience").value_or(Audience::kOffice),
        .recipient = arguments.text("--to"),
        .title = arguments.text_if("--title"),
        .language = arguments.text_if("--lang").value_or("en"),
        .note = arguments.text_if("--note"),
        .no_code_reason = no_code_reason(arguments),
        .not_before = arguments.instant_if("--from", now),
        .not_after = arguments.instant_if("--until", now).value_or(now),
        .lease = std::chrono::minutes(
            arguments.count_if("--lease", 1, kMaxLeaseMinutes).value_or(kDefaultLeaseMinutes)),
        .reply_expected_by = arguments.instant_if("--reply-by", now)};
    if (arguments.has("--kinds")) {
        terms.kinds = arguments.list("--kinds");
    }
    const std::uint32_t most = most_opens(terms);
    terms.max_opens = arguments.count_if("--opens", 1, most)
                          .value_or(std::min(most, default_opens(terms.audience)));
    check_times(terms, now);
    return terms;
}

void create(Context& context, const Arguments& arguments) {
    LinkTerms terms = terms_from(arguments, context.now());
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    const IssuedLink issued = issue_link(session, opened, std::move(terms));
    show_issued(session, issued);
    report_issued(session, issued);
}

// ---- reissue ----

// A link that was made once and is to be made again.
casework::Link link_row(const client::RecordState& state, const LinkId& id) {
    const auto row = std::ranges::find(state.record.links, id, &casework::Link::id);
    if (row == state.record.links.end()) {
        throw Placed(Error(ErrorCode::kNotFound, "link: none"), Situation::kLink);
    }
    return *row;
}

LinkTerms terms_again(const casework::Link& row, const Arguments& arguments, Instant now) {
    LinkTerms terms = terms_of(row);
    terms.not_after = arguments.instant_if("--until", now).value_or(row.not_after);
    terms.max_opens = arguments.count_if("--opens", 1, most_opens(terms)).value_or(terms.max_opens);
    terms.title = arguments.text_if("--title");
    terms.language = arguments.text_if("--lang").value_or("en");
    terms.note = arguments.text_if("--note");
    check_times(terms, now);
    return terms;
}

void reissue(Context& context, const Arguments& arguments) {
    const LinkId id =
        during(Situation::kLink, [&] { return LinkId::parse(arguments.text("LINK")); });
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    const casework::Link row =
        link_row(during(Situation::kCase, [&] { return opened.read_record(); }), id);
    const IssuedLink issued =
        reissue_link(session, opened, row, terms_again(row, arguments, context.now()));
    show_issued(session, issued);
    report_issued(session, issued);
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
             .run = create},
            {.noun = "link",
             .verb = "reissue",
             .help = "Make a link anew, with another URL and code; the old one ends",
             .arguments = {{"CASE", Take::kWord, "Id or reference"},
                           {"LINK", Take::kWord, "Id of the old link"},
                           {"--until", Take::kValue, "Last moment; default that of the old one"},
                           {"--opens", Take::kValue, "How often; default as the old one"},
                           {"--note", Take::kValue, "A sentence for the recipient"},
                           {"--title", Take::kValue, "Says nothing of the reason of the journey"},
                           {"--lang", Take::kValue, "Language of the page; default en"}},
             .run = reissue}};
}

}  // namespace valv::cli
