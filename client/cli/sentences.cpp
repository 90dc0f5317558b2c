#include "client/cli/sentences.h"

#include <array>
#include <chrono>
#include <cstdio>

#include "client/cli/sentence_table.h"
#include "common/protocol/wire_error.h"

namespace valv::cli {
namespace {

struct Fill {
    std::string_view brace;
    std::string value;
};

std::string filled(std::string_view sentence, std::initializer_list<Fill> fills) {
    std::string text(sentence);
    for (const Fill& fill : fills) {
        const std::size_t at = text.find(fill.brace);
        if (at != std::string::npos) {
            text.replace(at, fill.brace.size(), fill.value);
        }
    }
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
        text.front() = static_cast<char>(text.front() - 'a' + 'A');  // an {object} at the front
    }
    return text;
}

int exit_code_of(ErrorCode code) {
    if (code == ErrorCode::kTampered) {
        return kExitTampered;
    }
    return code == ErrorCode::kNetwork ? kExitNetwork : kExitRefused;
}

std::string at_text(std::optional<Instant> at) {
    return at ? " on " + time_text(*at) : std::string();
}

std::string path_text(const Error& error) {
    return error.path().empty() ? std::string() : " (at " + error.path() + ")";
}

Failure describe_refusal(const protocol::Refusal& refusal, Situation situation) {
    const protocol::Refusal::Details& details = refusal.details();
    const SentenceRow row = sentence_of(refusal.code(), situation);
    Failure failure{.error = std::string(row.name),
                    .exit_code = exit_code_of(refusal.code()),
                    .at = details.at,
                    .maximum = details.maximum};
    if (details.reason) {
        failure.reason = std::string(to_string(*details.reason));
        const std::string maximum =
            details.maximum ? " (" + std::to_string(*details.maximum) + ")" : std::string();
        failure.message = filled(end_sentence(*details.reason),
                                 {{"{at}", at_text(details.at)}, {"{maximum}", maximum}});
        return failure;
    }
    const std::string when = details.at ? time_text(*details.at) : "a later time";
    failure.message = filled(row.sentence, {{"{at}", when}});
    return failure;
}

Failure describe_tampered(const Error& error, const client::Subject& subject) {
    const bool has_object = !subject.object.empty();
    return {.error = error.name().empty() ? "protocol_violation" : error.name(),
            .message = filled(tamper_sentence(error.name()),
                              {{"{object}", has_object ? subject.object : "what was asked for"}}),
            .exit_code = kExitTampered,
            .object = subject.object,
            .case_id = subject.case_id ? subject.case_id->text() : std::string()};
}

Failure describe_plain(const Error& error, Situation situation) {
    const SentenceRow row = sentence_of(error.code(), situation);
    if (error.code() == ErrorCode::kTampered && row.sentence.empty()) {
        return describe_tampered(error, {});
    }
    const bool has_name = error.code() == ErrorCode::kTampered && !error.name().empty();
    return {
        .error = has_name ? error.name() : std::string(row.name),
        .message = filled(row.sentence, {{"{at}", "a later time"}, {"{path}", path_text(error)}}),
        .exit_code = exit_code_of(error.code()),
        .path = error.path()};
}

Failure describe_record(const RecordRefused& refused) {
    return {.error = "record_refused",
            .message =
                "Nothing was changed, because the lines above do not hold: correct them and "
                "repeat the command.",
            .refusals = refused.refusals()};
}

Failure describe_error(const Error& error) {
    if (const auto* const usage = dynamic_cast<const UsageError*>(&error)) {
        return {
            .error = "usage",
            .message = filled(usage_sentence(usage->usage()), {{"{subject}", usage->subject()}}),
            .exit_code = kExitUsage};
    }
    if (const auto* const stopped = dynamic_cast<const Stopped*>(&error)) {
        const SentenceRow row = stop_sentence(stopped->stop());
        return {.error = std::string(row.name), .message = std::string(row.sentence)};
    }
    if (const auto* const refused = dynamic_cast<const RecordRefused*>(&error)) {
        return describe_record(*refused);
    }
    if (const auto* const link = dynamic_cast<const LinkTampered*>(&error)) {
        Failure failure = describe_tampered(error, link->subject());
        failure.message = sentence_of(error.code(), Situation::kOpenLink).sentence;
        return failure;
    }
    if (const auto* const tampered = dynamic_cast<const client::Tampered*>(&error)) {
        Failure failure = describe_tampered(error, tampered->subject());
        failure.expected = tampered->expected();
        failure.found = tampered->found();
        return failure;
    }
    if (const auto* const refusal = dynamic_cast<const protocol::Refusal*>(&error)) {
        return describe_refusal(*refusal, Situation::kNone);
    }
    const auto* const placed = dynamic_cast<const Placed*>(&error);
    return describe_plain(error, placed != nullptr ? placed->situation() : Situation::kNone);
}

}  // namespace

void rethrow_placed(const Error& error, Situation situation) {
    if (error.code() == ErrorCode::kTampered && situation == Situation::kOpenLink) {
        const auto* const tampered = dynamic_cast<const client::Tampered*>(&error);
        throw LinkTampered(error, tampered != nullptr ? tampered->subject() : client::Subject{});
    }
    const bool is_invitation =
        situation == Situation::kInvitationFile || situation == Situation::kEnrolment;
    const bool is_expired_invitation = is_invitation && error.code() == ErrorCode::kEnded;
    if (typeid(error) == typeid(Error) || is_expired_invitation) {
        throw Placed(error, situation);
    }
    // cppcheck-suppress rethrowNoCurrentException
    throw;  // NOLINT(misc-throw-by-value-catch-by-reference): called inside a catch; keeps the
            // dynamic type.
}

RecordRefused::RecordRefused(std::vector<casework::Refusal> refusals)
    : Error(ErrorCode::kInvalidArgument, "casework refused a record", {}, "record_refused"),
      refusals_(std::move(refusals)) {}

Stopped::Stopped(Stop stop)
    : Error(ErrorCode::kInvalidArgument, "stopped", {}, std::string(stop_sentence(stop).name)),
      stop_(stop) {}

Failure describe(const std::exception& error) {
    if (const auto* const ours = dynamic_cast<const Error*>(&error)) {
        return describe_error(*ours);
    }
    return describe_plain(Error(ErrorCode::kInternal, "not an error of ours"), Situation::kNone);
}

protocol::JsonWriter to_json(const Failure& failure) {
    protocol::JsonWriter json;
    json.text("error", failure.error).text("message", failure.message);
    const auto text_unless_empty = [&json](std::string_view key, const std::string& value) {
        if (!value.empty()) {
            json.text(key, value);
        }
    };
    text_unless_empty("path", failure.path);
    text_unless_empty("object", failure.object);
    text_unless_empty("case", failure.case_id);
    text_unless_empty("expected", failure.expected);
    text_unless_empty("found", failure.found);
    text_unless_empty("reason", failure.reason);
    json.instant_if("at", failure.at).integer_if("maximum", failure.maximum);
    if (!failure.refusals.empty()) {
        std::vector<protocol::JsonWriter> rows;
        for (const casework::Refusal& refusal : failure.refusals) {
            rows.emplace_back()
                .text("code", refusal.code)
                .text("path", refusal.path)
                .text("message", refusal.sentence);
        }
        json.objects("refusals", std::move(rows));
    }
    return json;
}

std::string time_text(Instant instant) {
    constexpr std::array kMonths{"January",   "February", "March",    "April",
                                 "May",       "June",     "July",     "August",
                                 "September", "October",  "November", "December"};
    const std::string text = to_text(instant);  // YYYY-MM-DDTHH:MM:SSZ
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date{day};
    return std::to_string(static_cast<unsigned>(date.day())) + " " +
           kMonths.at(static_cast<unsigned>(date.month()) - 1) + " " + text.substr(0, 4) + ", " +
           text.substr(11, 5) + " UTC";
}

}  // namespace valv::cli
