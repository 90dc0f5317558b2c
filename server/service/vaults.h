#pragma once

#include <string>

#include "common/protocol/messages.h"
#include "server/service/access.h"
#include "server/service/environment.h"
#include "server/service/once.h"

namespace valv::service {

// Vaults and their directories. Callable from any thread.
class Vaults {
public:
    explicit Vaults(Environment& environment) : environment_(environment) {}

    // Claims the one-time token and makes the vault's log key. Until directory note 1 stands, the
    // token stays usable for this vault id.
    [[nodiscard]] std::string create(const protocol::CreateVault& request, const TlsKey& caller,
                                     const Once& once);
    // Note 1 by the founder, later ones by an admin.
    [[nodiscard]] protocol::Head put_directory(const VaultId& vault, const protocol::Put& put,
                                               const TlsKey& caller);
    [[nodiscard]] protocol::Head directory_head(const VaultId& vault, const TlsKey& caller);
    [[nodiscard]] protocol::Put directory(const VaultId& vault, std::uint32_t number,
                                          const TlsKey& caller);

private:
    void collect_tokens();
    void require_token(const crypto::Hash& token, const VaultId& vault, Instant now);
    Environment& environment_;
};

}  // namespace valv::service
