#include "server/http/poco_connection.h"

#include <algorithm>

#include <Poco/Exception.h>
#include <Poco/Net/SocketAddress.h>

#include "server/http/listen_address.h"
#include "server/http/reply_head.h"
#include "server/http/staff_tls.h"

namespace valv::http {
namespace {

constexpr std::size_t kPieceBytes =
    256 * 1024;  // of a body that comes in (measured: larger does not fit the cache)
constexpr std::size_t kChunkBytes = 128 * 1024;  // of a reply that goes out
constexpr int kBadRequest = 400;
constexpr std::string_view kForwardedFor = "x-forwarded-for";
constexpr std::string_view kUnixPeer = "unix";
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::string_view kLineEnd = "\r\n";

std::string address_of(const Poco::Net::StreamSocket& socket) {
    const Poco::Net::SocketAddress peer = socket.peerAddress();
    return peer.family() == Poco::Net::SocketAddress::UNIX_LOCAL ? std::string(kUnixPeer)
                                                                 : peer.host().toString();
}

// The last entry of the last field: the one that the proxy next to us wrote; everything before it
// is what its peer claimed.
std::string last_forwarded(const ParsedHead& parsed) {
    std::string_view last;
    for (const HeadField& field : parsed.fields) {
        if (field.name == kForwardedFor) {
            last = field.value;
        }
    }
    last = last.substr(last.rfind(',') + 1);
    last.remove_prefix(std::min(last.find_first_not_of(' '), last.size()));
    return canonical_ip(last);
}

std::uint64_t size_of(const Reply& reply) {
    if (const auto* const text = std::get_if<std::string>(&reply.body)) {
        return text->size();
    }
    return std::get<std::unique_ptr<BodySource>>(reply.body)->size();
}

}  // namespace

Connection::Connection(const Poco::Net::StreamSocket& stream_socket, ConnectionContext& context)
    : TCPServerConnection(stream_socket), context_(context), channel_(socket()) {}

void Connection::run() {
    // A second wall behind the watch, for the case that its thread is late.
    const auto longest = std::max(context_.watch.times().progress, context_.watch.times().idle) * 2;
    const Poco::Timespan limit(
        std::chrono::duration_cast<std::chrono::microseconds>(longest).count());
    Watch::Seat seat(context_.watch, socket().impl()->sockfd());
    seat_ = &seat;
    try {
        socket().setReceiveTimeout(limit);
        socket().setSendTimeout(limit);
        while (serve() == Next::kAnotherRequest) {
        }
    } catch (const Poco::Exception&) {
        // The peer went away, was too slow, or failed the handshake: daily life of an open port,
        // and anybody can cause it.
        context_.logger.write(LogLevel::kDebug, "connection_lost", {});
    } catch (const Error& error) {
        context_.logger.write(LogLevel::kError, "reply_cut", {{"error", error}});
    }
    seat_ = nullptr;
}

bool Connection::await_request() {
    is_first_ ? seat_->expect_head() : seat_->rest();
    while (channel_.waiting().size() < kLineEnd.size()) {
        if (!channel_.receive_more()) {
            return false;
        }
        if (!is_first_) {
            seat_->expect_head();
        }
    }
    if (channel_.waiting().starts_with(
            kLineEnd)) {  // RFC 9112 section 2.2: one empty line in front is forgiven
        channel_.take(kLineEnd.size());
    }
    return true;
}

std::optional<Connection::HeadResult> Connection::read_head() {
    HeadScanner scanner;
    while (true) {
        const HeadScanner::State state = scanner.scan(channel_.waiting());
        if (const auto* const refusal = std::get_if<HeadRefusal>(&state)) {
            return *refusal;
        }
        if (const auto* const complete = std::get_if<HeadScanner::Complete>(&state)) {
            HeadResult parsed = parse_head(channel_.waiting().substr(0, complete->size));
            channel_.take(complete->size);
            return parsed;
        }
        if (!channel_.receive_more()) {
            return std::nullopt;
        }
    }
}

Connection::Next Connection::serve() {
    if (!await_request()) {
        return Next::kClose;
    }
    is_first_ = false;
    const auto result = read_head();
    if (!result) {
        return Next::kClose;
    }
    seat_->work();
    if (const auto* const refusal = std::get_if<HeadRefusal>(&*result)) {
        return refuse(refusal->status);
    }
    return answer(std::get<ParsedHead>(*result));
}

Connection::Next Connection::answer(const ParsedHead& parsed) {
    auto head = request_head(parsed);
    if (!head) {
        return refuse(kBadRequest);
    }
    const std::unique_ptr<Exchange> exchange = context_.application.begin(std::move(*head));
    const Body body = read_body(parsed, *exchange);
    if (body == Body::kCutOff) {
        return Next::kClose;  // half a body is no request: nothing is finished, nothing answered
    }
    seat_->work();
    Reply reply = exchange->finish();
    reply.closes_connection = body == Body::kUnread || reply.closes_connection ||
                              !parsed.keeps_alive || context_.watch.is_stopping();
    send(reply, parsed.method == "HEAD" ? Carries::kHeadOnly : Carries::kBody);
    if (body == Body::kUnread) {
        seat_->drain();
        channel_.drain();
    }
    return reply.closes_connection ? Next::kClose : Next::kAnotherRequest;
}

std::optional<std::string> Connection::client_address(const ParsedHead& parsed) {
    const std::string peer = address_of(socket());
    if (std::ranges::find(context_.trusted_proxies, peer) == context_.trusted_proxies.end()) {
        return peer;
    }
    const std::string forwarded = last_forwarded(parsed);
    if (forwarded.empty()) {
        // Without it all people would share one address, and one of them could make everybody wait.
        context_.logger.write(LogLevel::kWarning, "proxy_sends_no_forwarded_for", {});
        return std::nullopt;
    }
    return forwarded;
}

std::optional<RequestHead> Connection::request_head(const ParsedHead& parsed) {
    const auto address = client_address(parsed);
    if (!address) {
        return std::nullopt;
    }
    RequestHead head;
    head.listener = context_.listener;
    head.method = parsed.method;
    head.target = parsed.target;
    head.content_length = parsed.content_length;
    head.is_chunked = parsed.is_chunked;
    head.client_address = *address;
    head.tls_key_sha256 = peer_key_sha256(socket());
    for (const HeadField& field : parsed.fields) {
        if (field.name == kForwardedFor) {
            continue;  // read above or forged
        }
        if (!head.headers.emplace(field.name, field.value).second) {
            head.repeated_headers.push_back(field.name);
        }
    }
    return head;
}

Connection::Body Connection::read_body(const ParsedHead& parsed, Exchange& exchange) {
    if (!parsed.has_body()) {
        return Body::kComplete;
    }
    if (exchange.is_answered() || parsed.is_chunked) {
        return Body::kUnread;
    }
    if (parsed.expects_continue) {
        channel_.send(as_bytes(kContinue));
    }
    std::uint64_t rest = *parsed.content_length;
    Bytes piece(static_cast<std::size_t>(std::min<std::uint64_t>(rest, kPieceBytes)));
    seat_->start_transfer();
    while (rest > 0) {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(rest, piece.size()));
        if (!fill(std::span(piece).first(wanted))) {
            return Body::kCutOff;
        }
        rest -= wanted;
        if (exchange.append(ByteView(piece).first(wanted)) == Appetite::kAnswerNow) {
            return rest > 0 ? Body::kUnread : Body::kComplete;
        }
        seat_->moved(0);  // the time that the application took is not the peer's
    }
    return Body::kComplete;
}

bool Connection::fill(std::span<std::uint8_t> piece) {
    while (!piece.empty()) {
        const std::size_t count = channel_.read(piece);
        if (count == 0) {
            return false;
        }
        seat_->moved(count);
        piece = piece.subspan(count);
    }
    return true;
}

void Connection::send(Reply& reply, Carries carries) {
    const ReplyFrame frame{.body_bytes = size_of(reply),
                           .closes = reply.closes_connection,
                           .now = context_.clock.now()};
    Bytes out = to_bytes(as_bytes(write_reply_head(reply, context_.reply_headers, frame)));
    seat_->start_transfer();
    if (carries == Carries::kHeadOnly || !may_have_body(reply.status)) {
        push(out);
    } else if (const auto* const text = std::get_if<std::string>(&reply.body)) {
        append(out, as_bytes(*text));
        push(out);
    } else {
        stream(std::move(out), *std::get<std::unique_ptr<BodySource>>(reply.body));
    }
}

void Connection::push(ByteView octets) {
    while (!octets.empty()) {
        const std::size_t count = std::min(octets.size(), kChunkBytes);
        channel_.send(octets.first(count));
        seat_->moved(count);
        octets = octets.subspan(count);
    }
}

// The header leaves with the first chunk. Straight to the socket: Poco's streams would make 4 KiB
// records of it.
void Connection::stream(Bytes out, BodySource& source) {
    const std::uint64_t size = source.size();
    std::size_t filled = out.size();
    out.resize(filled + kChunkBytes);
    for (std::uint64_t sent = 0; sent < size;) {
        const auto wanted =
            static_cast<std::size_t>(std::min<std::uint64_t>(size - sent, out.size() - filled));
        const std::size_t count = source.read(std::span(out).subspan(filled, wanted));
        if (count == 0) {
            throw Error(ErrorCode::kIo, "http: a reply's body is shorter than announced");
        }
        push(ByteView(out).first(filled + count));
        sent += count;
        filled = 0;
    }
    if (size == 0) {
        push(ByteView(out).first(filled));
    }
}

Connection::Next Connection::refuse(int status) {
    Reply reply = refusal_reply(status);
    send(reply, Carries::kBody);
    seat_->drain();
    channel_.drain();
    return Next::kClose;
}

Poco::Net::TCPServerConnection* ConnectionFactory::createConnection(
    const Poco::Net::StreamSocket& socket) {
    return std::make_unique<Connection>(socket, context_).release();
}

}  // namespace valv::http
