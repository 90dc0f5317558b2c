#include "client/lib/curl_transport.h"

#include <exception>
#include <utility>

#include <curl/curl.h>

#include "client/lib/call_headers.h"
#include "client/lib/errors.h"
#include "client/lib/server_address.h"
#include "client/lib/tls_pin.h"

namespace valv::client {
namespace {

constexpr long kBufferBytes = 128L * 1024;  // measured: more brings nothing
constexpr long kUploadBufferBytes = 512L * 1024;
constexpr long kSlowBytesPerSecond = 100;
constexpr int kOk = 200;
constexpr int kPartialContent = 206;

struct EasyDeleter {
    void operator()(CURL* handle) const noexcept { ::curl_easy_cleanup(handle); }
};
using Easy = std::unique_ptr<CURL, EasyDeleter>;

void require(CURLcode code, const char* what) {
    if (code != CURLE_OK) {
        throw Error(ErrorCode::kInternal, std::string("curl: ") + what);
    }
}

template <typename Value>
void set(CURL* handle, CURLoption option, Value value) {
    require(::curl_easy_setopt(handle, option, value), "option refused");
}

class HeaderList {
public:
    HeaderList() = default;
    HeaderList(const HeaderList&) = delete;
    HeaderList& operator=(const HeaderList&) = delete;
    ~HeaderList() { ::curl_slist_free_all(list_); }
    void add(std::string_view name, std::string_view value) {
        append(std::string(name) + ": " + std::string(value));
    }
    // A header that curl would send by itself.
    void drop(std::string_view name) { append(std::string(name) + ":"); }
    [[nodiscard]] curl_slist* get() const noexcept { return list_; }

private:
    void append(const std::string& line) {
        curl_slist* const longer = ::curl_slist_append(list_, line.c_str());
        if (longer == nullptr) {
            throw std::bad_alloc();
        }
        list_ = longer;
    }
    curl_slist* list_ = nullptr;
};

// What one transfer collects. The callbacks park their exception here; it is rethrown after curl
// returns.
struct Transfer {
    CURL* handle = nullptr;
    const Call* call = nullptr;
    Response response;
    std::uint64_t received = 0;
    std::exception_ptr failure;

    void take_body(ByteView octets) {
        received += octets.size();
        if (received > call->max_reply_bytes) {
            throw Tampered(tamper::kProtocol, "reply is longer than any right one",
                           {.object = call->path});
        }
        long status = 0;
        ::curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
        if (call->sink && (status == kOk || status == kPartialContent)) {
            call->sink(octets);
        } else {
            append(response.body, octets);
        }
    }
    void take_header(std::string_view line) {
        if (line.starts_with("HTTP/")) {
            response.headers.clear();  // a 1xx went before
            return;
        }
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) {
            return;
        }
        std::string name(line.substr(0, colon));
        for (char& letter : name) {
            letter =
                (letter >= 'A' && letter <= 'Z') ? static_cast<char>(letter - 'A' + 'a') : letter;
        }
        std::string_view value = line.substr(colon + 1);
        value.remove_prefix(std::min(value.find_first_not_of(" \t"), value.size()));
        value.remove_suffix(value.size() - (value.find_last_not_of(" \t\r\n") + 1));
        response.headers.emplace(std::move(name), value);
    }
};

std::size_t on_body(char* data, std::size_t /*size*/, std::size_t count, void* user) noexcept {
    auto& transfer = *static_cast<Transfer*>(user);
    try {
        transfer.take_body(as_bytes({data, count}));
        return count;
    } catch (...) {  // rethrown after curl_easy_perform
        transfer.failure = std::current_exception();
        return count == 0 ? 1 : 0;
    }
}

std::size_t on_header(char* data, std::size_t /*size*/, std::size_t count, void* user) noexcept {
    auto& transfer = *static_cast<Transfer*>(user);
    try {
        transfer.take_header({data, count});
        return count;
    } catch (...) {  // rethrown after curl_easy_perform
        transfer.failure = std::current_exception();
        return 0;
    }
}

CURLcode on_tls_context(CURL* /*handle*/, void* ssl_context, void* user) noexcept {
    require_pinned_ca(ssl_context, *static_cast<const TlsPin*>(user));
    return CURLE_OK;
}

curl_blob blob_of(ByteView octets) {
    // curl's field is not const; it only reads.
    return {.data = const_cast<std::uint8_t*>(octets.data()),  // NOLINT(*-const-cast)
            .len = octets.size(),
            .flags = CURL_BLOB_NOCOPY};
}

struct StaffTls {
    TlsPin pin;
    DeviceCredentials credentials;
};

class CurlTransport final : public Transport {
public:
    CurlTransport(std::string server, std::unique_ptr<StaffTls> staff, const CurlSettings& settings)
        : server_(std::move(server)),
          staff_(std::move(staff)),
          settings_(settings),
          easy_(::curl_easy_init()) {
        if (!easy_) {
            throw Error(ErrorCode::kInternal, "curl: no handle");
        }
    }
    [[nodiscard]] Response call(const Call& call) override;

private:
    void set_common(const Call& call);
    void set_tls();
    void set_method(const Call& call);
    [[noreturn]] void fail(CURLcode code) const;
    std::string server_;
    std::unique_ptr<StaffTls> staff_;  // absent: public links
    CurlSettings settings_;
    Easy easy_;  // last: its connection may still use what stands above
};

void CurlTransport::set_common(const Call& call) {
    CURL* const handle = easy_.get();
    set(handle, CURLOPT_URL, (server_ + call.path).c_str());
    set(handle, CURLOPT_PROTOCOLS_STR, is_loopback_http(server_) ? "http" : "https");
    set(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(handle, CURLOPT_FOLLOWLOCATION, 0L);
    set(handle, CURLOPT_NOSIGNAL, 1L);
    set(handle, CURLOPT_NOPROXY, "localhost,127.0.0.1,::1");
    set(handle, CURLOPT_CONNECTTIMEOUT, static_cast<long>(settings_.connect_timeout.count()));
    const bool is_long = call.sink || !call.octets.empty();
    const auto limit = is_long ? settings_.transfer_timeout : settings_.call_timeout;
    set(handle, CURLOPT_TIMEOUT, static_cast<long>(limit.count()));
    set(handle, CURLOPT_LOW_SPEED_LIMIT, kSlowBytesPerSecond);
    set(handle, CURLOPT_LOW_SPEED_TIME, static_cast<long>(settings_.stall_timeout.count()));
    set(handle, CURLOPT_BUFFERSIZE, kBufferBytes);
    set(handle, CURLOPT_UPLOAD_BUFFERSIZE, kUploadBufferBytes);
}

void CurlTransport::set_tls() {
    CURL* const handle = easy_.get();
    set(handle, CURLOPT_SSL_VERIFYPEER, 1L);
    set(handle, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!staff_) {
        set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        return;
    }
    set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_3));
    // No CA of the system: on_tls_context decides, by the pin.
    set(handle, CURLOPT_CAINFO, static_cast<const char*>(nullptr));
    set(handle, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    set(handle, CURLOPT_SSL_CTX_FUNCTION, on_tls_context);
    set(handle, CURLOPT_SSL_CTX_DATA, &staff_->pin);
    const curl_blob key = blob_of(staff_->credentials.tls_key_pem.reveal());
    const curl_blob certificate = blob_of(as_bytes(staff_->credentials.certificate_pem));
    set(handle, CURLOPT_SSLCERTTYPE, "PEM");
    set(handle, CURLOPT_SSLKEYTYPE, "PEM");
    set(handle, CURLOPT_SSLKEY_BLOB, &key);
    set(handle, CURLOPT_SSLCERT_BLOB, &certificate);
}

void CurlTransport::set_method(const Call& call) {
    CURL* const handle = easy_.get();
    const protocol::Route& route = protocol::route(call.route);
    const std::string_view method = to_string(route.method);
    if (route.method == protocol::Method::kGet) {
        set(handle, CURLOPT_HTTPGET, 1L);
        return;
    }
    if (route.method == protocol::Method::kHead) {
        set(handle, CURLOPT_NOBODY, 1L);
        return;
    }
    if (route.body != protocol::BodyKind::kNone) {
        const ByteView body =
            route.body == protocol::BodyKind::kJson ? as_bytes(call.json) : call.octets;
        set(handle, CURLOPT_POST, 1L);
        set(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
        set(handle, CURLOPT_POSTFIELDS, as_text(body).data());
    }
    set(handle, CURLOPT_CUSTOMREQUEST, std::string(method).c_str());
}

Response CurlTransport::call(const Call& call) {
    CURL* const handle = easy_.get();
    ::curl_easy_reset(handle);  // options only; the connection stays
    HeaderList headers;
    headers.drop("Expect");  // curl would wait for a 100
    for (const auto& [name, value] : header_fields(call, settings_.client_version)) {
        headers.add(name, value);
    }
    set_common(call);
    set_tls();
    set_method(call);
    Transfer transfer{
        .handle = handle, .call = &call, .response = {}, .received = 0, .failure = {}};
    set(handle, CURLOPT_HTTPHEADER, headers.get());
    set(handle, CURLOPT_WRITEFUNCTION, on_body);
    set(handle, CURLOPT_WRITEDATA, &transfer);
    set(handle, CURLOPT_HEADERFUNCTION, on_header);
    set(handle, CURLOPT_HEADERDATA, &transfer);
    const CURLcode code = ::curl_easy_perform(handle);
    if (transfer.failure) {
        std::rethrow_exception(transfer.failure);
    }
    if (code != CURLE_OK) {
        fail(code);
    }
    long status = 0;
    ::curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    transfer.response.status = static_cast<int>(status);
    return std::move(transfer.response);
}

void CurlTransport::fail(CURLcode code) const {
    const std::string text = std::string("connection: ") + ::curl_easy_strerror(code);
    if (code == CURLE_PEER_FAILED_VERIFICATION && staff_) {
        throw Tampered(tamper::kServer, text, {.object = "server " + staff_->pin.host});
    }
    throw Error(ErrorCode::kNetwork, text);
}

}  // namespace

CurlNetwork::CurlNetwork(CurlSettings settings) : settings_(std::move(settings)) {
    require(::curl_global_init(CURL_GLOBAL_DEFAULT), "global_init");
}

CurlNetwork::~CurlNetwork() {
    ::curl_global_cleanup();
}

std::unique_ptr<Transport> CurlNetwork::to_staff(const StaffAddress& address,
                                                 DeviceCredentials credentials) {
    auto staff = std::make_unique<StaffTls>(
        StaffTls{.pin = {.host = staff_host(address.server), .server_ca = {address.server_ca}},
                 .credentials = std::move(credentials)});
    if (address.server_ca_next) {
        staff->pin.server_ca.push_back(*address.server_ca_next);
    }
    return std::make_unique<CurlTransport>(address.server, std::move(staff), settings_);
}

std::unique_ptr<Transport> CurlNetwork::to_links(const std::string& origin) {
    check_link_origin(origin);
    return std::make_unique<CurlTransport>(origin, nullptr, settings_);
}

}  // namespace valv::client
