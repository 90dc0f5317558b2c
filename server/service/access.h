#pragma once

#include <optional>

#include "common/base/ids.h"
#include "crypto/core/directory.h"
#include "server/store/store.h"

// Who may do what. Asked inside the transaction that acts, so a device that was revoked gets
// nothing from the next request on.
namespace valv::service {

// SHA-256 of the SubjectPublicKeyInfo of the certificate that TLS saw; absent without one.
using TlsKey = std::optional<crypto::Hash>;

enum class Right { kRead, kWrite };

// An active device of the vault, else kForbidden: unknown vault, unlisted key and revoked device
// never differ.
[[nodiscard]] store::DeviceRow require_device(store::Tx& tx, const VaultId& vault,
                                              const TlsKey& key);
[[nodiscard]] store::DeviceRow require_admin(store::Tx& tx, const VaultId& vault,
                                             const TlsKey& key);
// Admin or coordinator.
[[nodiscard]] store::DeviceRow require_writer(store::Tx& tx, const VaultId& vault,
                                              const TlsKey& key);
// A device that the newest keyring of the case lists; everybody else gets kNotFound. kWrite needs a
// writer's role too.
[[nodiscard]] store::DeviceRow require_member(store::Tx& tx, const VaultId& vault,
                                              const CaseId& case_id, const TlsKey& key,
                                              Right right);
// Who may erase a case: a member with a writer's role. Once it is erased, who was a member then may
// repeat the call.
[[nodiscard]] store::DeviceRow require_eraser(store::Tx& tx, const VaultId& vault,
                                              const CaseId& case_id, const TlsKey& key);

}  // namespace valv::service
