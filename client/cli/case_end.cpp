// The end of a case: closing, retention, hold.
#include <charconv>

#include "client/casework/zones.h"
#include "client/cli/erased_text.h"
#include "client/cli/session.h"
#include "client/lib/retention.h"

namespace valv::cli {
namespace {

constexpr std::uint32_t kMaxYears = 10;  // docs/casework.md 3.2

// ---- close, reopen ----

// --keep, else asked for: nothing is assumed.
std::uint32_t years_to_keep(Context& context, const Arguments& arguments) {
    if (const auto years = arguments.count_if("--keep", 0, kMaxYears)) {
        return *years;
    }
    const std::string answer = text_from(
        context, arguments, "--keep",
        "For how many years is the case kept before it is erased (0 to 10; 2 is usual)? ");
    std::uint32_t years = 0;
    const char* const end = answer.data() + answer.size();
    const auto [stop, error] = std::from_chars(answer.data(), end, years);
    if (error != std::errc() || stop != end || years > kMaxYears) {
        throw UsageError(Usage::kBadValue, "--keep takes whole years, 0 to 10");
    }
    return years;
}

client::RetentionState set_date(client::Case& opened, std::optional<Instant> erase_after) {
    return during(Situation::kCase, [&] {
        return client::update_retention(opened, [&](protocol::Retention decision) {
            decision.erase_after = erase_after;
            return decision;
        });
    });
}

void close(Context& context, const Arguments& arguments) {
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    const std::uint32_t years = years_to_keep(context, arguments);
    const client::RecordState state = change_record(opened, [&](casework::Record record) {
        casework::CaseFacts& facts = record.facts;
        if (facts.status != casework::CaseStatus::kClosed || !facts.closed_on) {
            facts.closed_on = casework::today_at(context.now());
        }
        facts.status = casework::CaseStatus::kClosed;
        facts.retention_years = years;
        return record;
    });
    const Instant erase_after = client::erase_after(*state.record.facts.closed_on, years);
    const client::RetentionState retention = set_date(opened, erase_after);
    const std::string day = casework::to_text(last_day(erase_after));
    context.output.line(state.record.facts.reference + " is closed and kept until " + day + ".",
                        Tone::kGood);
    context.output.line(retention.decision.held_by
                            ? "A legal hold stands: it is not erased before that is lifted."
                            : "After that day the server erases it, unless a legal hold is set "
                              "with `resvalv case hold`.");
    protocol::JsonWriter json;
    json.id("case", opened.id()).text("kept_until", day).instant("erase_after", erase_after);
    json.boolean("on_hold", retention.decision.held_by.has_value());
    context.output.json(std::move(json));
}

// The server's date goes first: a case that is being worked on is never due.
void reopen(Context& context, const Arguments& arguments) {
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    set_date(opened, std::nullopt);
    const client::RecordState state = change_record(opened, [](casework::Record record) {
        record.facts.status = casework::CaseStatus::kOpen;
        record.facts.closed_on.reset();
        record.facts.retention_years.reset();
        return record;
    });
    context.output.line(
        state.record.facts.reference + " is open again, and has no date of erasure.", Tone::kGood);
    protocol::JsonWriter json;
    json.id("case", opened.id()).text("status", word(state.record.facts.status));
    context.output.json(std::move(json));
}

// ---- hold ----

void set_holder(client::Case& opened, std::optional<DeviceId> device) {
    during(Situation::kCase, [&] {
        (void)client::update_retention(opened, [&](protocol::Retention decision) {
            // Who set a hold stays named for as long as it stands.
            decision.held_by = device && decision.held_by ? decision.held_by : device;
            return decision;
        });
    });
}

void lift(Session& session, client::Case& opened) {
    const client::RecordState state = change_record(opened, [](casework::Record record) {
        record.facts.legal_hold.reset();
        record.facts.legal_hold_reason.reset();
        record.facts.legal_hold_review_on.reset();
        return record;
    });
    set_holder(opened, std::nullopt);
    Output& output = session.context().output;
    output.line("The legal hold on " + state.record.facts.reference + " is lifted.", Tone::kGood);
    protocol::JsonWriter json;
    json.id("case", opened.id()).boolean("on_hold", false);
    output.json(std::move(json));
}

// The server is told first: from then on nothing is erased.
void set_hold(Session& session, client::Case& opened, const std::string& reason,
              casework::Date review) {
    set_holder(opened, session.profile().device());
    const client::RecordState state = change_record(opened, [&](casework::Record record) {
        record.facts.legal_hold = true;
        record.facts.legal_hold_reason = reason;
        record.facts.legal_hold_review_on = review;
        return record;
    });
    Output& output = session.context().output;
    output.line(state.record.facts.reference +
                    " is on legal hold: nothing erases it until the hold is lifted.",
                Tone::kGood);
    output.line("Look at it again on " + casework::to_text(review) + ".");
    protocol::JsonWriter json;
    json.id("case", opened.id()).boolean("on_hold", true);
    json.text("review_on", casework::to_text(review));
    output.json(std::move(json));
}

void hold(Context& context, const Arguments& arguments) {
    const std::optional<casework::Date> review = arguments.date_if("--review");
    const std::optional<std::string> reason = arguments.text_if("--reason");
    const bool is_lifted = arguments.has("--lift");
    if (is_lifted ? review || reason : !review || !reason) {
        throw UsageError(Usage::kTogether,
                         "Give --reason TEXT and --review DATE to set a hold, or --lift alone");
    }
    Session session(context);
    client::Case opened = session.open_case(arguments.text("CASE"));
    if (is_lifted) {
        lift(session, opened);
    } else {
        set_hold(session, opened, *reason, *review);
    }
}

}  // namespace

std::vector<Command> case_end_commands() {
    const ArgumentSpec in_case{"CASE", Take::kWord, "Id or reference"};
    return {{.noun = "case",
             .verb = "close",
             .help = "Close a case, and say how long it is kept",
             .arguments = {in_case, {"--keep", Take::kValue, "Years, 0 to 10 (else asked for)"}},
             .run = close},
            {.noun = "case",
             .verb = "reopen",
             .help = "Take a closed case up again, without a date of erasure",
             .arguments = {in_case},
             .run = reopen},
            {.noun = "case",
             .verb = "hold",
             .help = "Set or lift a legal hold, which stops the erasure",
             .arguments = {in_case,
                           {"--reason", Take::kValue, "Why, in one line"},
                           {"--review", Take::kValue, "Date to look at it again"},
                           {"--lift", Take::kFlag, "Lift the hold that stands"}},
             .run = hold}};
}

}  // namespace valv::cli
