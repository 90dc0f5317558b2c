#include "server/http/replies.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "common/base/encoding.h"

namespace valv::http {
namespace {

constexpr int kOk = 200;
constexpr int kNoContent = 204;
constexpr int kPartialContent = 206;
constexpr int kRangeNotSatisfiable = 416;

struct ByteRange {
    std::uint64_t first = 0;
    std::uint64_t count = 0;
};

// Part of a body as the engine pulls it.
class RangeSource final : public BodySource {
public:
    RangeSource(std::unique_ptr<service::BodyReader> body, ByteRange range)
        : body_(std::move(body)), range_(range) {}
    [[nodiscard]] std::uint64_t size() const override { return range_.count; }
    [[nodiscard]] std::size_t read(std::span<std::uint8_t> out) override {
        const std::uint64_t left = range_.count - done_;
        const std::size_t count = body_->read_at(
            range_.first + done_, out.first(std::min<std::uint64_t>(left, out.size())));
        done_ += count;
        return count;
    }

private:
    std::unique_ptr<service::BodyReader> body_;
    ByteRange range_;
    std::uint64_t done_ = 0;
};

std::optional<std::uint64_t> take_number(std::string_view& text) {
    std::uint64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc()) {
        return std::nullopt;
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

enum class RangeKind { kWhole, kPart, kUnsatisfiable };
struct RangeAsked {
    RangeKind kind = RangeKind::kWhole;
    ByteRange range;
};

// `bytes=a-` and `bytes=a-b`; any other form is ignored, as RFC 9110 allows.
RangeAsked asked_range(const Call& call, std::string_view etag, std::uint64_t size) {
    const auto header = call.head().find_header("range");
    const auto condition = call.head().find_header("if-range");
    constexpr std::string_view kUnit = "bytes=";
    if (!header || !header->starts_with(kUnit) || (condition && *condition != etag)) {
        return {.kind = RangeKind::kWhole, .range = {.first = 0, .count = size}};
    }
    std::string_view rest = header->substr(kUnit.size());
    const std::optional<std::uint64_t> first = take_number(rest);
    if (!first || !rest.starts_with('-')) {
        return {.kind = RangeKind::kWhole, .range = {.first = 0, .count = size}};
    }
    rest.remove_prefix(1);
    const std::uint64_t last = rest.empty() ? size : take_number(rest).value_or(size);
    if (!rest.empty() || *first >= size || last < *first) {
        return {.kind = RangeKind::kUnsatisfiable, .range = {}};
    }
    return {.kind = RangeKind::kPart,
            .range = {.first = *first, .count = std::min(last, size - 1) - *first + 1}};
}

}  // namespace

Reply json_reply(std::string json) {
    return {.status = kOk,
            .media_type = std::string(protocol::media::kJson),
            .headers = {},
            .body = std::move(json),
            .closes_connection = false};
}

Reply octets_reply(ByteView octets) {
    return {.status = kOk,
            .media_type = std::string(protocol::media::kOctets),
            .headers = {},
            .body = std::string(as_text(octets)),
            .closes_connection = false};
}

Reply no_content() {
    return {.status = kNoContent,
            .media_type = {},
            .headers = {},
            .body = std::string(),
            .closes_connection = false};
}

Reply error_reply(const Error& error) {
    const protocol::WireErrorKind& kind = protocol::wire_error(error.code());
    Reply reply{.status = kind.status,
                .media_type = std::string(protocol::media::kJson),
                .headers = {},
                .body = protocol::encode(protocol::to_wire(error)),
                .closes_connection = true};
    if (error.code() == ErrorCode::kUnavailable) {
        reply.headers.emplace_back("Retry-After", std::to_string(limits::kRetryAfter.count()));
    }
    return reply;
}

Reply body_reply(const Call& call, std::unique_ptr<service::BodyReader> body) {
    const std::uint64_t size = body->size();
    const std::string etag = "\"" + to_base64url(body->root()) + "\"";
    const RangeAsked asked = asked_range(call, etag, size);
    if (asked.kind == RangeKind::kUnsatisfiable) {
        Reply reply = error_reply(
            Error(ErrorCode::kInvalidArgument, "http: the range lies outside the body"));
        reply.status = kRangeNotSatisfiable;
        reply.headers.emplace_back("Content-Range", "bytes */" + std::to_string(size));
        return reply;
    }
    Reply reply{.status = kOk,
                .media_type = std::string(protocol::media::kOctets),
                .headers = {{"ETag", etag}, {"Accept-Ranges", "bytes"}},
                .body = std::string(),
                .closes_connection = false};
    if (asked.kind == RangeKind::kPart) {
        reply.status = kPartialContent;
        reply.headers.emplace_back(
            "Content-Range", "bytes " + std::to_string(asked.range.first) + "-" +
                                 std::to_string(asked.range.first + asked.range.count - 1) + "/" +
                                 std::to_string(size));
    }
    reply.body = std::make_unique<RangeSource>(std::move(body), asked.range);
    return reply;
}

}  // namespace valv::http
