#include "tests/server/http/test_application.h"

#include <algorithm>
#include <charconv>

namespace valv::http::testing {
namespace {

std::uint64_t number_in(std::string_view text) {
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

class CountingSource final : public BodySource {
public:
    CountingSource(std::uint64_t first, std::uint64_t announced, std::uint64_t given)
        : next_(first), announced_(announced), left_(given) {}
    std::uint64_t size() const override { return announced_; }
    std::size_t read(std::span<std::uint8_t> out) override {
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), left_));
        for (std::uint8_t& octet : out.first(count)) {
            octet = source_octet(next_++);
        }
        left_ -= count;
        return count;
    }

private:
    std::uint64_t next_;
    std::uint64_t announced_;
    std::uint64_t left_;
};

Reply text_reply(int status, std::string text) {
    Reply reply;
    reply.status = status;
    reply.media_type = "text/plain; charset=utf-8";
    reply.body = std::move(text);
    return reply;
}

Reply source_reply(const RequestHead& head) {
    constexpr std::string_view kPrefix = "/source/";
    constexpr std::string_view kRange = "bytes=";
    const std::uint64_t size = number_in(std::string_view(head.target).substr(kPrefix.size()));
    std::uint64_t first = 0;
    Reply reply;
    if (const auto range = head.headers.find("range"); range != head.headers.end()) {
        first = number_in(std::string_view(range->second).substr(kRange.size()));
        reply.status = 206;
    }
    reply.media_type = "application/octet-stream";
    reply.body = std::make_unique<CountingSource>(first, size - first, size - first);
    return reply;
}

}  // namespace

class TestExchange final : public Exchange {
public:
    TestExchange(TestApplication& application, RequestHead head)
        : application_(application), head_(std::move(head)) {}
    TestExchange(const TestExchange&) = delete;
    TestExchange& operator=(const TestExchange&) = delete;
    ~TestExchange() override { application_.count_end(has_finished_); }

    Appetite append(ByteView piece) noexcept override {
        received_ += piece.size();
        return head_.target == "/late" ? Appetite::kAnswerNow : Appetite::kMore;
    }
    bool is_answered() const noexcept override {
        return head_.is_chunked || head_.target == "/early";
    }
    Reply finish() noexcept override {
        has_finished_ = true;
        Reply reply = answer();
        reply.closes_connection = is_answered();
        return reply;
    }

private:
    Reply answer() const {
        if (head_.is_chunked) {
            return text_reply(411, "length");
        }
        if (head_.target == "/text") {
            return text_reply(200, "hello");
        }
        if (head_.target == "/count") {
            return text_reply(200, std::to_string(received_));
        }
        if (head_.target == "/who") {
            return text_reply(200, head_.client_address);
        }
        if (head_.target == "/early" || head_.target == "/late") {
            return text_reply(403, "no");
        }
        if (head_.target == "/broken") {
            Reply reply;
            reply.body = std::make_unique<CountingSource>(0, 1000, 10);
            return reply;
        }
        return head_.target.starts_with("/source/") ? source_reply(head_)
                                                    : text_reply(404, "absent");
    }

    TestApplication& application_;
    RequestHead head_;
    std::uint64_t received_ = 0;
    bool has_finished_ = false;
};

std::uint8_t source_octet(std::uint64_t index) noexcept {
    return static_cast<std::uint8_t>(index % 251);
}

std::unique_ptr<Exchange> TestApplication::begin(RequestHead head) noexcept {
    {
        const std::lock_guard lock(mutex_);
        heads_.push_back(head);
    }
    return std::make_unique<TestExchange>(*this, std::move(head));
}

void TestApplication::count_end(bool has_finished) {
    {
        const std::lock_guard lock(mutex_);
        ++(has_finished ? finished_ : dropped_);
    }
    changed_.notify_all();
}

bool TestApplication::wait_for_dropped(std::size_t count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(10), [&] { return dropped_ >= count; });
}

std::vector<RequestHead> TestApplication::heads() const {
    const std::lock_guard lock(mutex_);
    return heads_;
}

std::vector<std::string> TestApplication::targets() const {
    std::vector<std::string> targets;
    for (const RequestHead& head : heads()) {
        targets.push_back(head.target);
    }
    return targets;
}

}  // namespace valv::http::testing
