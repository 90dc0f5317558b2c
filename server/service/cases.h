#pragma once

#include <string>
#include <vector>

#include "common/protocol/messages.h"
#include "server/service/access.h"
#include "server/service/environment.h"
#include "server/service/once.h"

namespace valv::service {

// As what somebody comes to a case's keyrings: as a member, or as an admin who puts the custodians'
// shares together. The latter begins a new epoch, and each step of theirs stands in the log.
enum class Standing { kMember, kRecovering };

// Cases with their keyrings and records. Callable from any thread.
class Cases {
public:
    explicit Cases(Environment& environment) : environment_(environment) {}

    [[nodiscard]] std::vector<protocol::CaseHeads> list(const VaultId& vault, const TlsKey& caller);
    [[nodiscard]] protocol::CaseHeads heads(const VaultId& vault, const CaseId& case_id,
                                            const TlsKey& caller);
    // Keyring 1 and record 1 together: a case is there whole or not at all.
    [[nodiscard]] std::string create(const VaultId& vault, const protocol::CreateCase& request,
                                     const TlsKey& caller, const Once& once);
    [[nodiscard]] protocol::Head put_keyring(const VaultId& vault, const CaseId& case_id,
                                             const protocol::Put& put, const TlsKey& caller,
                                             Standing standing = Standing::kMember);
    [[nodiscard]] protocol::Put keyring(const VaultId& vault, const CaseId& case_id,
                                        std::uint32_t epoch, std::uint32_t number,
                                        const TlsKey& caller,
                                        Standing standing = Standing::kMember);
    // Every case of the vault, for an admin who recovers. Logged, as whatever such an admin reads.
    [[nodiscard]] std::vector<protocol::CaseHeads> list_recoverable(const VaultId& vault,
                                                                    const TlsKey& caller);
    [[nodiscard]] protocol::Head put_record(const VaultId& vault, const CaseId& case_id,
                                            const protocol::Put& put, const TlsKey& caller);
    [[nodiscard]] protocol::Put record(const VaultId& vault, const CaseId& case_id,
                                       std::uint32_t number, const TlsKey& caller);

private:
    Environment& environment_;
};

}  // namespace valv::service
