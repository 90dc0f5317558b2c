#include "server/http/head_parser.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "common/protocol/limits.h"

namespace valv::http {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr int kBadRequest = 400;
constexpr int kTargetTooLong = 414;
constexpr int kExpectationFailed = 417;
constexpr int kHeadTooLarge = 431;
constexpr int kVersionNotSupported = 505;
constexpr std::size_t kMaxMethodLetters = 16;
constexpr std::size_t kMaxLengthDigits = 16;  // kMaxInteger has 16

// Thrown and caught in this file only.
struct Refused {
    int status;
};

void demand(bool condition, int status = kBadRequest) {
    if (!condition) {
        throw Refused{status};
    }
}

bool is_token_character(char c) {
    constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kMarks.find(c) != std::string_view::npos;
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) { return lower(c); });
    return result;
}

std::string_view trim(std::string_view text) {
    while (text.starts_with(' ')) {
        text.remove_prefix(1);
    }
    while (text.ends_with(' ')) {
        text.remove_suffix(1);
    }
    return text;
}

std::string_view take_line(std::string_view& rest) {
    const std::size_t end = rest.find(kLineEnd);
    demand(end != std::string_view::npos);
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + kLineEnd.size());
    return line;
}

// Visible ASCII without what only a URL's other parts hold; the route table decides the rest by
// exact match.
bool is_target_character(char c) {
    return c > ' ' && c < 0x7f && c != '#' && c != '\\';
}

bool read_request_line(std::string_view line, ParsedHead& head) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    demand(first != std::string_view::npos && first < last);
    const std::string_view method = line.substr(0, first);
    const std::string_view target = line.substr(first + 1, last - first - 1);
    const std::string_view version = line.substr(last + 1);
    demand(!method.empty() && method.size() <= kMaxMethodLetters &&
           std::ranges::all_of(method, [](char c) { return c >= 'A' && c <= 'Z'; }));
    demand(target.size() <= kMaxTargetBytes, kTargetTooLong);
    demand(target.starts_with('/') && std::ranges::all_of(target, is_target_character));
    demand(version.starts_with("HTTP/"));
    demand(version == "HTTP/1.1" || version == "HTTP/1.0", kVersionNotSupported);
    head.method = method;
    head.target = target;
    return version == "HTTP/1.1";
}

HeadField read_field(std::string_view line) {
    const std::size_t colon = line.find(':');
    demand(colon != std::string_view::npos && colon > 0);
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = trim(line.substr(colon + 1));
    // A blank before the colon, and a folded line (which begins with one), fall through the
    // alphabet of names.
    demand(std::ranges::all_of(name, is_token_character));
    // No control characters, and no tab: it is legal as a blank, and read differently by others.
    demand(std::ranges::all_of(
        value, [](char c) { return static_cast<unsigned char>(c) >= ' ' && c != 0x7f; }));
    return {.name = lower(name), .value = std::string(value)};
}

std::vector<std::string_view> values_of(const ParsedHead& head, std::string_view name) {
    std::vector<std::string_view> values;
    for (const HeadField& field : head.fields) {
        if (field.name == name) {
            values.emplace_back(field.value);
        }
    }
    return values;
}

void read_host(const ParsedHead& head) {
    const auto hosts = values_of(head, "host");
    demand(hosts.size() == 1 && !hosts[0].empty());
    demand(std::ranges::all_of(hosts[0], [](char c) {
        return is_token_character(c) || c == ':' || c == '[' || c == ']';
    }));
}

void read_length(ParsedHead& head) {
    const auto lengths = values_of(head, "content-length");
    if (lengths.empty()) {
        return;
    }
    demand(lengths.size() == 1 && !lengths[0].empty() && lengths[0].size() <= kMaxLengthDigits);
    demand(std::ranges::all_of(lengths[0], [](char c) { return c >= '0' && c <= '9'; }));
    std::uint64_t value = 0;
    std::from_chars(lengths[0].data(), lengths[0].data() + lengths[0].size(), value);
    demand(value <= limits::kMaxInteger);
    head.content_length = value;
}

void read_transfer_encoding(ParsedHead& head, bool is_1_1) {
    const auto encodings = values_of(head, "transfer-encoding");
    if (encodings.empty()) {
        return;
    }
    demand(is_1_1 && !head.content_length && encodings.size() == 1 &&
           lower(encodings[0]) == "chunked");
    head.is_chunked = true;
}

void read_expectation(ParsedHead& head, bool is_1_1) {
    for (const std::string_view value : values_of(head, "expect")) {
        demand(lower(value) == "100-continue", kExpectationFailed);
        head.expects_continue = is_1_1;
    }
}

bool asks_to_close(const ParsedHead& head) {
    for (const std::string_view value : values_of(head, "connection")) {
        std::string_view rest = value;
        while (!rest.empty()) {
            const std::size_t comma = rest.find(',');
            if (lower(trim(rest.substr(0, comma))) == "close") {
                return true;
            }
            rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
        }
    }
    return false;
}

ParsedHead parse(std::string_view rest) {
    ParsedHead head;
    const bool is_1_1 = read_request_line(take_line(rest), head);
    for (std::string_view line = take_line(rest); !line.empty(); line = take_line(rest)) {
        demand(head.fields.size() < kMaxFields, kHeadTooLarge);
        head.fields.push_back(read_field(line));
    }
    read_host(head);
    read_length(head);
    read_transfer_encoding(head, is_1_1);
    read_expectation(head, is_1_1);
    const bool takes_no_body =
        head.method == "GET" || head.method == "HEAD" || head.method == "DELETE";
    demand(!takes_no_body || !head.has_body());
    head.keeps_alive = is_1_1 && !asks_to_close(head);
    return head;
}

}  // namespace

std::optional<HeadRefusal> HeadScanner::check_line_end(std::string_view received) const {
    const bool has_return = position_ > line_start_ && received[position_ - 1] == '\r';
    return has_return ? std::nullopt : std::optional(HeadRefusal{kBadRequest});
}

HeadScanner::State HeadScanner::scan(std::string_view received) {
    for (; position_ < received.size(); ++position_) {
        if (position_ >= kMaxHeadBytes) {
            return HeadRefusal{kHeadTooLarge};
        }
        if (received[position_] != '\n') {
            if (position_ - line_start_ > kMaxLineBytes) {
                return HeadRefusal{line_count_ == 0 ? kTargetTooLong : kHeadTooLarge};
            }
            continue;
        }
        if (const auto refusal = check_line_end(received)) {
            return *refusal;
        }
        if (position_ - line_start_ == 1) {
            return line_count_ > 0 ? State(Complete{position_ + 1})
                                   : State(HeadRefusal{kBadRequest});
        }
        ++line_count_;
        line_start_ = position_ + 1;
    }
    return NeedMore{};
}

std::variant<ParsedHead, HeadRefusal> parse_head(std::string_view head) {
    try {
        return parse(head);
    } catch (const Refused& refused) {
        return HeadRefusal{refused.status};
    }
}

}  // namespace valv::http
