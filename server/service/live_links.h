#pragma once

#include "common/base/clock.h"
#include "common/base/ids.h"
#include "server/store/store.h"

namespace valv::service {

// The links of a case that still open, when all of them have to end at once.
class LiveLinks {
public:
    // `seed`: drawn before the transaction, which may run twice; each link's r comes from it,
    // because how many there are is known only inside.
    LiveLinks(const VaultId& vault, const CaseId& case_id, Instant now, Bytes seed)
        : vault_(vault), case_id_(case_id), now_(now), seed_(std::move(seed)) {}

    // In the caller's transaction; each one is logged.
    void revoke_all(store::Tx& tx) const;

private:
    [[nodiscard]] Bytes nonce_of(const LinkId& link) const;
    VaultId vault_;
    CaseId case_id_;
    Instant now_;
    Bytes seed_;
};

}  // namespace valv::service
