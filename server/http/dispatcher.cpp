#include "server/http/dispatcher.h"

#include <algorithm>
#include <array>
#include <functional>

#include "common/protocol/version.h"
#include "server/http/handlers.h"
#include "server/http/metrics.h"

namespace valv::http {
namespace {

using protocol::BodyKind;
using protocol::Route;
using protocol::RouteName;

// What every exchange shares: the parts, the counts, and the way an exception becomes a reply.
class Desk {
public:
    explicit Desk(const ApplicationParts& parts) : parts_(parts) {}
    [[nodiscard]] const ApplicationParts& parts() const noexcept { return parts_; }
    [[nodiscard]] Metrics& metrics() noexcept { return metrics_; }

    // The thread entry's one catch (ARCHITECTURE.md, errors).
    [[nodiscard]] Reply guarded(const std::function<Reply()>& fn) noexcept {
        try {
            return fn();
        } catch (const Error& error) {
            return refused(error);
        } catch (const std::exception&) {
            parts_.logger.write(LogLevel::kError, "unexpected exception");
            return error_reply(Error(ErrorCode::kInternal, "http: unexpected exception"));
        }
    }

    void write_access_line(const Route* route, const Reply& reply,
                           std::chrono::milliseconds started) noexcept {
        metrics_.count_reply(reply.status);
        const std::string_view pattern = route == nullptr ? "-" : route->pattern;
        const std::string_view method = route == nullptr ? "-" : to_string(route->method);
        parts_.logger.write(LogLevel::kDebug, "request",
                            {{"method", LogField::Listed{method}},
                             {"route", LogField::Listed{pattern}},
                             {"status", static_cast<std::int64_t>(reply.status)},
                             {"duration_ms", parts_.clock.monotonic() - started}});
    }

private:
    [[nodiscard]] Reply refused(const Error& error) noexcept {
        const protocol::WireErrorKind& kind = protocol::wire_error(error.code());
        constexpr int kServerFault = 500;
        if (kind.status >= kServerFault) {
            parts_.logger.write(LogLevel::kError, "request failed",
                                {{"code", error.code()}, {"what", error}});
        }
        return error_reply(error);
    }

    ApplicationParts parts_;
    Metrics metrics_;
};

// The reply is known when the header has been read.
class AnsweredExchange final : public Exchange {
public:
    explicit AnsweredExchange(Reply reply) : reply_(std::move(reply)) {}
    [[nodiscard]] Appetite append(ByteView /*piece*/) noexcept override {
        return Appetite::kAnswerNow;
    }
    [[nodiscard]] Reply finish() noexcept override { return std::move(reply_); }
    [[nodiscard]] bool is_answered() const noexcept override { return true; }

private:
    Reply reply_;
};

// A body that is small enough to be held: JSON, or none.
class HeldExchange final : public Exchange {
public:
    HeldExchange(Desk& desk, Call call, Handler handler)
        : desk_(desk),
          call_(std::move(call)),
          handler_(handler),
          started_(desk.parts().clock.monotonic()) {}

    [[nodiscard]] Appetite append(ByteView piece) noexcept override {
        body_.append(as_text(piece));
        return body_.size() > limits::kMaxJsonBytes ? Appetite::kAnswerNow : Appetite::kMore;
    }
    [[nodiscard]] Reply finish() noexcept override {
        Reply reply = desk_.guarded([&] {
            if (body_.size() != call_.head().content_length.value_or(0)) {
                throw Error(ErrorCode::kMalformed, "http: the body is not as long as announced");
            }
            return handler_(call_, body_, desk_.parts().services);
        });
        desk_.write_access_line(&call_.route(), reply, started_);
        return reply;
    }
    [[nodiscard]] bool is_answered() const noexcept override { return false; }

private:
    Desk& desk_;
    Call call_;
    Handler handler_;
    std::chrono::milliseconds started_;
    std::string body_;
};

// A piece of an upload, pushed through to its blob.
class PieceExchange final : public Exchange {
public:
    PieceExchange(Desk& desk, Call call, std::unique_ptr<service::PieceSink> sink)
        : desk_(desk),
          call_(std::move(call)),
          sink_(std::move(sink)),
          started_(desk.parts().clock.monotonic()) {}

    [[nodiscard]] Appetite append(ByteView piece) noexcept override {
        const Reply failure = desk_.guarded([&] {
            sink_->append(piece);
            received_ += piece.size();
            return Reply{};
        });
        constexpr int kOk = 200;
        if (failure.status != kOk) {
            failed_status_ = failure.status;
            failed_body_ = std::get<std::string>(failure.body);
            sink_.reset();
            return Appetite::kAnswerNow;
        }
        return Appetite::kMore;
    }
    [[nodiscard]] Reply finish() noexcept override {
        Reply reply = failed_status_ != 0 ? failed() : desk_.guarded([&] {
            if (received_ != call_.head().content_length.value_or(0)) {
                throw Error(ErrorCode::kMalformed, "http: the body is not as long as announced");
            }
            return append_reply(sink_->commit());
        });
        desk_.write_access_line(&call_.route(), reply, started_);
        return reply;
    }
    [[nodiscard]] bool is_answered() const noexcept override { return false; }

private:
    [[nodiscard]] Reply failed() const {
        return {.status = failed_status_,
                .media_type = std::string(protocol::media::kJson),
                .headers = {},
                .body = failed_body_,
                .closes_connection = true};
    }
    Desk& desk_;
    Call call_;
    std::unique_ptr<service::PieceSink> sink_;
    std::chrono::milliseconds started_;
    std::uint64_t received_ = 0;
    int failed_status_ = 0;
    std::string failed_body_;
};

// Rules for every call (docs/protocol.md section 1), before any handler.
void check_head(const RequestHead& head, const Route& route, std::string_view min_client) {
    constexpr std::array<std::string_view, 6> kSingle{
        "authorization", "idempotency-key", "upload-offset", "range", "if-range", "content-length"};
    for (const std::string_view name : kSingle) {
        if (std::ranges::find(head.repeated_headers, name) != head.repeated_headers.end()) {
            throw Error(ErrorCode::kMalformed, "http: a header came twice");
        }
    }
    if (head.is_chunked || (route.body != BodyKind::kNone && !head.content_length)) {
        throw Error(ErrorCode::kLengthRequired, "http: no Content-Length");
    }
    if (route.body == BodyKind::kNone && head.content_length.value_or(0) > 0) {
        throw Error(ErrorCode::kMalformed, "http: this call has no body");
    }
    const std::uint64_t most =
        route.body == BodyKind::kOctets ? limits::kMaxPieceBytes : limits::kMaxJsonBytes;
    if (head.content_length.value_or(0) > most) {
        throw Error(ErrorCode::kTooLarge, "http: the body is over its limit");
    }
    if (const auto client = head.find_header("resvalv-client");
        client && protocol::is_older_version(*client, min_client)) {
        throw Error(ErrorCode::kClientTooOld, "http: the client is too old");
    }
}

// The staff listener's callers, before a body is read.
void check_caller(const Call& call, service::Services& services) {
    if (!call.caller()) {
        throw Error(ErrorCode::kForbidden, "http: no certificate");
    }
    using enum protocol::Caller;
    const protocol::Caller caller = call.route().caller;
    if (caller == kAnyCertificate || caller == kProbe) {
        return;
    }
    const bool is_of_a_case = caller == kMember || caller == kMemberWriter || caller == kEraser;
    const auto case_id = is_of_a_case ? std::optional(call.id<CaseId>(1)) : std::nullopt;
    services.gate.require(caller, call.id<VaultId>(0), case_id, call.caller());
}

class Dispatcher final : public Application {
public:
    explicit Dispatcher(const ApplicationParts& parts) : desk_(parts) {}

    [[nodiscard]] std::unique_ptr<Exchange> begin(RequestHead head) noexcept override {
        std::unique_ptr<Exchange> exchange;
        const std::chrono::milliseconds started = desk_.parts().clock.monotonic();
        const Route* matched = nullptr;
        Reply early = desk_.guarded([&] {
            const auto method = protocol::parse_method(head.method);
            auto match =
                method ? protocol::match_route(head.listener, *method, head.target) : std::nullopt;
            if (!match) {
                throw Error(ErrorCode::kNotFound, "http: no such route");
            }
            matched = match->route;
            check_head(head, *matched, desk_.parts().min_client);
            const Handler handler = handler_of(matched->name);
            if (handler == nullptr && matched->name != RouteName::kAppendUpload) {
                return plain_reply(*matched, head.target);
            }
            Call call(std::move(head), std::move(*match));
            if (call.head().listener == protocol::Listener::kStaff) {
                check_caller(call, desk_.parts().services);
            }
            exchange = exchange_for(std::move(call), handler);
            return Reply{};
        });
        if (exchange) {
            return exchange;
        }
        desk_.write_access_line(matched, early, started);
        return std::make_unique<AnsweredExchange>(std::move(early));
    }

private:
    // Nothing for the routes that need neither body nor service, and for the one whose body goes
    // past memory.
    static Handler handler_of(RouteName name) {
        const Handler staff = staff_handler(name);
        return staff != nullptr ? staff : public_handler(name);
    }

    std::unique_ptr<Exchange> exchange_for(Call call, Handler handler) {
        if (handler != nullptr) {
            return std::make_unique<HeldExchange>(desk_, std::move(call), handler);
        }
        std::unique_ptr<service::PieceSink> sink = begin_append(call, desk_.parts().services);
        return std::make_unique<PieceExchange>(desk_, std::move(call), std::move(sink));
    }

    Reply plain_reply(const Route& route, std::string_view path) {
        const bool is_writable = desk_.parts().store.is_writable();
        if (route.name == RouteName::kHealth) {
            return text_reply("ok\n");
        }
        if (route.name == RouteName::kReady) {
            if (!is_writable) {
                throw Error(ErrorCode::kUnavailable, "http: the store is read-only");
            }
            return text_reply("ready\n");
        }
        if (route.name == RouteName::kMetrics) {
            return text_reply(desk_.metrics().text(is_writable));
        }
        return page_reply(path);
    }

    static Reply text_reply(std::string text) {
        return {.status = 200,
                .media_type = std::string(protocol::media::kText),
                .headers = {},
                .body = std::move(text),
                .closes_connection = false};
    }

    Reply page_reply(std::string_view path) {
        const auto& page = desk_.parts().page;
        const auto file = std::ranges::find(page, path, &PageFile::path);
        if (file == page.end()) {
            throw Error(ErrorCode::kNotFound, "http: no such file of the page");
        }
        constexpr std::string_view kForAYear = "public, max-age=31536000, immutable";
        return {.status = 200,
                .media_type = std::string(file->media_type),
                .headers = {{"Cache-Control",
                             std::string(file->is_immutable ? kForAYear : "no-store")}},
                .body = std::string(file->body),
                .closes_connection = false};
    }

    Desk desk_;
};

}  // namespace

std::unique_ptr<Application> make_application(const ApplicationParts& parts) {
    return std::make_unique<Dispatcher>(parts);
}

}  // namespace valv::http
