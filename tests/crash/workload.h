#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "common/base/ids.h"
#include "crypto/core/ed25519.h"
#include "server/store/check.h"

namespace valv::crash {

// Faults of order, planted in the workload; faults of a missing fsync are planted in the recorder
// (VALV_RECORD_DROP_SYNC).
enum class OrderFault { kNone, kRowBeforeBlob, kAckBeforeCommit, kErasedBeforeItIs };

using Ack = std::function<void(const std::string&)>;

// Everything that a server's data folder goes through, with the real stores: uploads in pieces,
// records, links, opens, a revoke, the end of a link's erasure key, the erasure of a whole case.
// Says on `ack` what is promised from then on.
void run_workload(const std::filesystem::path& folder, OrderFault fault, int rounds,
                  const Ack& ack);

// What a start does after a crash: recovers the WAL, sweeps what no row names, goes on with
// erasures.
void run_recovery(const std::filesystem::path& folder);

// Opens what a crash left in `folder`, checks all of it and every promise. What is wrong, or
// nothing.
[[nodiscard]] std::vector<std::string> faults_after_crash(const std::filesystem::path& folder,
                                                          const std::vector<std::string>& acks);

}  // namespace valv::crash
