#include "common/base/error.h"
#include "server/store/sqlite/tables.h"

namespace valv::store {

bool SqliteCaseTable::insert(const VaultId& vault, const CaseId& case_id, Instant created_at) {
    return db_.run(
               "INSERT INTO vault_case SELECT ?1, ?2, ?3 WHERE NOT EXISTS"
               " (SELECT 1 FROM case_erasure WHERE case_id = ?2) ON CONFLICT DO NOTHING",
               vault, case_id, created_at) == 1;
}

void SqliteCaseTable::replace_members(const VaultId& vault, const CaseId& case_id,
                                      const std::vector<DeviceId>& devices) {
    Statement found =
        db_.query("SELECT 1 FROM vault_case WHERE vault = ? AND case_id = ?", vault, case_id);
    if (!found.step()) {
        throw Error(ErrorCode::kStore, "cases: members of a case that is not there");
    }
    db_.run("DELETE FROM case_member WHERE vault = ? AND case_id = ?", vault, case_id);
    for (const DeviceId& device : devices) {
        db_.run("INSERT INTO case_member VALUES (?, ?, ?) ON CONFLICT DO NOTHING", vault, device,
                case_id);
    }
}

bool SqliteCaseTable::is_member(const VaultId& vault, const CaseId& case_id,
                                const DeviceId& device) {
    Statement found =
        db_.query("SELECT 1 FROM case_member WHERE vault = ? AND device = ? AND case_id = ?", vault,
                  device, case_id);
    return found.step();
}

std::vector<CaseId> SqliteCaseTable::list_of_member(const VaultId& vault, const DeviceId& device) {
    std::vector<CaseId> cases;
    Statement row =
        db_.query("SELECT case_id FROM case_member WHERE vault = ? AND device = ? ORDER BY case_id",
                  vault, device);
    while (row.step()) {
        cases.push_back(row.id<CaseId>(0));
    }
    return cases;
}

std::vector<CaseId> SqliteCaseTable::list(const VaultId& vault) {
    std::vector<CaseId> cases;
    Statement row =
        db_.query("SELECT case_id FROM vault_case WHERE vault = ? ORDER BY case_id", vault);
    while (row.step()) {
        cases.push_back(row.id<CaseId>(0));
    }
    return cases;
}

}  // namespace valv::store
