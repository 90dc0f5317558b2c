#include "server/http/reply_head.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>

#include "common/base/error.h"
#include "common/protocol/wire_error.h"

namespace valv::http {
namespace {

constexpr int kNoContent = 204;
constexpr int kNotModified = 304;

std::string_view reason_of(int status) {
    using Row = std::pair<int, std::string_view>;
    static constexpr std::array kReasons{Row{200, "OK"},
                                         Row{201, "Created"},
                                         Row{204, "No Content"},
                                         Row{206, "Partial Content"},
                                         Row{304, "Not Modified"},
                                         Row{400, "Bad Request"},
                                         Row{401, "Unauthorized"},
                                         Row{403, "Forbidden"},
                                         Row{404, "Not Found"},
                                         Row{405, "Method Not Allowed"},
                                         Row{409, "Conflict"},
                                         Row{410, "Gone"},
                                         Row{411, "Length Required"},
                                         Row{413, "Content Too Large"},
                                         Row{414, "URI Too Long"},
                                         Row{416, "Range Not Satisfiable"},
                                         Row{417, "Expectation Failed"},
                                         Row{422, "Unprocessable Content"},
                                         Row{426, "Upgrade Required"},
                                         Row{429, "Too Many Requests"},
                                         Row{431, "Request Header Fields Too Large"},
                                         Row{500, "Internal Server Error"},
                                         Row{503, "Service Unavailable"},
                                         Row{505, "HTTP Version Not Supported"},
                                         Row{507, "Insufficient Storage"}};
    const auto* const found = std::ranges::find(kReasons, status, &Row::first);
    return found == kReasons.end() ? "Status" : found->second;
}

// RFC 9110 section 5.6.7, always in GMT.
std::string http_date(Instant instant) {
    static constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(instant - day);
    std::array<char, 40> text{};
    std::snprintf(
        text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
        kDays.at(std::chrono::weekday(day).c_encoding()), static_cast<unsigned>(date.day()),
        kMonths.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
        static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count()));
    return text.data();
}

void add(std::string& text, std::string_view name, std::string_view value) {
    constexpr std::string_view kLineEnds("\r\n\0", 3);
    VALV_CHECK(name.find_first_of(kLineEnds) == std::string_view::npos &&
               value.find_first_of(kLineEnds) == std::string_view::npos);
    text.append(name).append(": ").append(value).append("\r\n");
}

bool sets_caching(const Reply& reply) {
    return std::ranges::any_of(reply.headers,
                               [](const auto& header) { return header.first == "Cache-Control"; });
}

// What a browser must never show as a page of ours: data of the API.
bool is_data(const Reply& reply) {
    return reply.media_type == protocol::media::kJson ||
           reply.media_type == protocol::media::kOctets;
}

}  // namespace

bool may_have_body(int status) noexcept {
    return status != kNoContent && status != kNotModified;
}

std::string write_reply_head(const Reply& reply, const HeaderList& always,
                             const ReplyFrame& frame) {
    std::string text = "HTTP/1.1 " + std::to_string(reply.status) + ' ';
    text.append(reason_of(reply.status)).append("\r\n");
    add(text, "Date", http_date(frame.now));
    if (!reply.media_type.empty()) {
        add(text, "Content-Type", reply.media_type);
    }
    if (is_data(reply)) {
        add(text, "Content-Disposition", "attachment");
    }
    if (may_have_body(reply.status)) {
        add(text, "Content-Length", std::to_string(frame.body_bytes));
    }
    if (!sets_caching(reply)) {
        add(text, "Cache-Control", "no-store");
    }
    for (const HeaderList* list : {&always, &reply.headers}) {
        for (const auto& [name, value] : *list) {
            add(text, name, value);
        }
    }
    add(text, "Connection", frame.closes ? "close" : "keep-alive");
    return text.append("\r\n");
}

Reply refusal_reply(int status) {
    Reply reply;
    reply.status = status;
    reply.media_type = protocol::media::kJson;
    reply.body =
        protocol::encode(protocol::to_wire(Error(ErrorCode::kMalformed, "http: refused header")));
    reply.closes_connection = true;
    return reply;
}

}  // namespace valv::http
