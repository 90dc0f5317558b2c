#pragma once

#include "common/base/log.h"
#include "server/service/environment.h"

namespace valv::service {

// What is due from time to time. Each step may be cut at any point and repeated.
class Housekeeping {
public:
    Housekeeping(Environment& environment, Logger& logger)
        : environment_(environment), logger_(logger) {}
    // Erases the cases that are due and goes on with what was cut; empties ended links (erasure key
    // first), drops stale uploads, old request keys and invitations, sweeps blobs that no row
    // names, keeps the time.
    void run_once();

private:
    void finish_erasures();
    void erase_due_cases(Instant now);
    void erase_due_case(const VaultId& vault, const CaseId& case_id, Instant now);
    void empty_ended_links(Instant now);
    void drop_stale_uploads(Instant now);
    void sweep_blobs(Instant now);
    Environment& environment_;
    Logger& logger_;
};

}  // namespace valv::service
