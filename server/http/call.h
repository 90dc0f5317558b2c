#pragma once

#include <string>
#include <string_view>

#include "common/protocol/routes.h"
#include "server/http/exchange.h"
#include "server/service/once.h"
#include "server/service/services.h"

namespace valv::http {

// One request as a handler sees it: the route that matched, its path values, and what came with it.
class Call {
public:
    Call(RequestHead head, protocol::RouteMatch match)
        : head_(std::move(head)), match_(std::move(match)) {}

    [[nodiscard]] const protocol::Route& route() const noexcept { return *match_.route; }
    [[nodiscard]] const RequestHead& head() const noexcept { return head_; }
    [[nodiscard]] const service::TlsKey& caller() const noexcept { return head_.tls_key_sha256; }

    // Path value `index` as an id. What is no id names nothing: kNotFound.
    template <typename Id>
    [[nodiscard]] Id id(std::size_t index) const {
        try {
            return Id::parse(match_.values.at(index));
        } catch (const Error&) {
            throw Error(ErrorCode::kNotFound, "http: a path value is no id");
        }
    }
    // A positive decimal without leading zeros; else kNotFound.
    [[nodiscard]] std::uint32_t number(std::size_t index) const;
    [[nodiscard]] const std::string& value(std::size_t index) const {
        return match_.values.at(index);
    }

    [[nodiscard]] service::DocumentPath document_path() const;
    [[nodiscard]] service::LinkPath link_path() const;
    // The idempotency key, bound to caller, route and body. Throws kMalformed for a key that is
    // none.
    [[nodiscard]] service::Once once(std::string_view body) const;
    // Throws kMalformed when absent or no number.
    [[nodiscard]] std::uint64_t upload_offset() const;
    // Throws kUnauthenticated when absent or no bearer.
    [[nodiscard]] protocol::Bearer bearer() const;

private:
    RequestHead head_;
    protocol::RouteMatch match_;
};

}  // namespace valv::http
