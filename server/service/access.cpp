#include "server/service/access.h"

#include "common/base/error.h"

namespace valv::service {
namespace {

bool is_role(const store::DeviceRow& device, crypto::Role role) {
    return device.role == to_string(role);
}

[[noreturn]] void forbid(const char* text) {
    throw Error(ErrorCode::kForbidden, text);
}

}  // namespace

store::DeviceRow require_device(store::Tx& tx, const VaultId& vault, const TlsKey& key) {
    if (!key) {
        forbid("access: no certificate");
    }
    std::optional<store::DeviceRow> device = tx.vaults().find_device(vault, *key);
    if (!device || !device->is_active) {
        forbid("access: not an active device");
    }
    return std::move(*device);
}

store::DeviceRow require_admin(store::Tx& tx, const VaultId& vault, const TlsKey& key) {
    store::DeviceRow device = require_device(tx, vault, key);
    if (!is_role(device, crypto::Role::kAdmin)) {
        forbid("access: not an admin");
    }
    return device;
}

store::DeviceRow require_writer(store::Tx& tx, const VaultId& vault, const TlsKey& key) {
    store::DeviceRow device = require_device(tx, vault, key);
    if (!is_role(device, crypto::Role::kAdmin) && !is_role(device, crypto::Role::kCoordinator)) {
        forbid("access: the role only reads");
    }
    return device;
}

store::DeviceRow require_member(store::Tx& tx, const VaultId& vault, const CaseId& case_id,
                                const TlsKey& key, Right right) {
    store::DeviceRow device = require_device(tx, vault, key);
    if (!tx.cases().is_member(vault, case_id, device.device)) {
        throw Error(ErrorCode::kNotFound, "access: not a member of the case");
    }
    return right == Right::kWrite ? require_writer(tx, vault, key) : device;
}

store::DeviceRow require_eraser(store::Tx& tx, const VaultId& vault, const CaseId& case_id,
                                const TlsKey& key) {
    store::DeviceRow device = require_device(tx, vault, key);
    return tx.erasures().was_member(vault, case_id, device.device)
               ? device
               : require_member(tx, vault, case_id, key, Right::kWrite);
}

}  // namespace valv::service
