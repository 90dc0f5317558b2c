#include "server/service/gate.h"

#include "common/base/error.h"

namespace valv::service {

void Gate::require(protocol::Caller caller, const VaultId& vault,
                   const std::optional<CaseId>& case_id, const TlsKey& key) {
    environment_.store.transact(store::TxKind::kRead, [&](store::Tx& tx) {
        switch (caller) {
            case protocol::Caller::kDevice:
                (void)require_device(tx, vault, key);
                break;
            case protocol::Caller::kAdmin:
                (void)require_admin(tx, vault, key);
                break;
            case protocol::Caller::kWriter:
                (void)require_writer(tx, vault, key);
                break;
            case protocol::Caller::kMember:
                (void)require_member(tx, vault, case_id.value(), key, Right::kRead);
                break;
            case protocol::Caller::kMemberWriter:
                (void)require_member(tx, vault, case_id.value(), key, Right::kWrite);
                break;
            case protocol::Caller::kEraser:
                (void)require_eraser(tx, vault, case_id.value(), key);
                break;
            case protocol::Caller::kAnyCertificate:
            case protocol::Caller::kProbe:
            case protocol::Caller::kBearer:
            case protocol::Caller::kNobodyChecked:
                break;
        }
    });
}

}  // namespace valv::service
