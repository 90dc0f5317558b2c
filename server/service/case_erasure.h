#pragma once

#include "server/service/environment.h"
#include "server/service/live_links.h"
#include "server/service/notes.h"

// How a case is erased. Each step is durable before the next, and whatever is cut is gone on with:
// (1) one transaction logs it, ends the links and leaves the case without members; (2) the erasure
// keys of the case and its links are destroyed; (3) the blobs go; (4) one transaction drops the
// rows, and the events that the log has of the case; (5) the store's files are purged; (6) it is
// marked as finished.
namespace valv::service {

// Step 1, in the caller's transaction. What is random is drawn here, before it.
class CaseErasure {
public:
    CaseErasure(Environment& environment, const VaultId& vault, const CaseId& case_id);
    // Under this retention note, signed by `decided_by`. Throws kNotFound when there is no such
    // case, or it is being erased already.
    void begin(store::Tx& tx, const store::NoteRow& decision, const DeviceId& decided_by) const;

private:
    VaultId vault_;
    CaseId case_id_;
    Instant now_;
    Bytes nonce_;
    LiveLinks links_;
};

// Steps 2 to 6 of an erasure that has begun; nothing when it is finished. Throws kUnavailable when
// a reader still needs what would be purged: then again later.
void finish_erasure(Environment& environment, const VaultId& vault, const CaseId& case_id);

}  // namespace valv::service
