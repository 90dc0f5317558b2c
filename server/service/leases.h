#pragma once

#include <memory>
#include <string_view>

#include "common/protocol/messages.h"
#include "server/service/body_reader.h"
#include "server/service/environment.h"

namespace valv::service {

// Links as their recipients open them (docs/protocol.md section 4). Callable from any thread.
class Leases {
public:
    explicit Leases(Environment& environment) : environment_(environment) {}

    // Unknown id and wrong probe: the same kNotFound, and nothing is counted.
    [[nodiscard]] protocol::Welcome hello(const protocol::Hello& request);
    // The exact lease: one open for each new holder, the same lease for a holder that comes again.
    [[nodiscard]] protocol::Lease open(const protocol::Open& request,
                                       std::string_view client_address);
    [[nodiscard]] protocol::Lease lease(const protocol::Bearer& bearer);
    // That the open which gave the lease stands in the log (docs/formats.md section 9), as text.
    [[nodiscard]] Bytes receipt(const protocol::Bearer& bearer);
    [[nodiscard]] protocol::MacFile package(const protocol::Bearer& bearer);
    [[nodiscard]] protocol::MacFile part(const protocol::Bearer& bearer, std::uint32_t part);
    [[nodiscard]] Bytes header(const protocol::Bearer& bearer, std::uint32_t row);
    [[nodiscard]] std::unique_ptr<BodyReader> body(const protocol::Bearer& bearer,
                                                   std::uint32_t row);

private:
    struct Live;
    [[nodiscard]] Live require_live(store::Tx& tx, const protocol::Bearer& bearer, Instant now);
    [[nodiscard]] protocol::MacFile file(const protocol::Bearer& bearer, std::uint32_t part);
    [[nodiscard]] crypto::SecretBytes erasure_key(const LinkId& link);
    Environment& environment_;
};

}  // namespace valv::service
