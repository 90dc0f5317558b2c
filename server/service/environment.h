#pragma once

#include <cstdint>

#include "common/base/random.h"
#include "common/protocol/limits.h"
#include "server/service/log_keys.h"
#include "server/service/server_time.h"
#include "server/service/token_inbox.h"
#include "server/store/blobs.h"
#include "server/store/store.h"

namespace valv::service {

struct Quotas {
    std::uint64_t max_document_bytes = limits::kDefaultMaxDocumentBytes;
    std::uint64_t vault_bytes = limits::kDefaultVaultQuotaBytes;
};

// What every service works with. All members outlive the services; see server/app.
struct Environment {
    store::Store& store;
    store::BlobStore& blobs;
    store::ErasureKeys& erasure_keys;
    LogKeys& log_keys;
    TokenInbox& tokens;
    ServerTime& time;
    RandomSource& random;
    Quotas quotas;
};

}  // namespace valv::service
