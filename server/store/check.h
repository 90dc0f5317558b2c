#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/store/blobs.h"
#include "server/store/store.h"

namespace valv::store {

// kYes: every octet of every blob is read and its root computed, not only its size looked at.
enum class ReadData { kNo, kYes };

struct CheckReport {
    std::vector<std::string> faults;  // one sentence each: ids, numbers and codes only
    std::uint64_t vaults = 0;
    std::uint64_t notes = 0;
    std::uint64_t documents = 0;
    std::uint64_t uploads = 0;
    std::uint64_t links = 0;
    std::uint64_t log_entries = 0;
    std::uint64_t erasures = 0;      // cases that were erased, or are being
    std::uint64_t blobs = 0;         // that rows name
    std::uint64_t octets_read = 0;   // with ReadData::kYes
    std::uint64_t orphan_blobs = 0;  // that no row names: left by a crash, for the sweep
    std::uint64_t orphan_keys = 0;   // erasure keys that no case and no link names: ditto
    [[nodiscard]] bool is_good() const { return faults.empty(); }
};

// Whether what the store promises is so: the database is sound; every note of every chain is there
// with its hash; every document and upload has its pieces with their sizes (and its root); no link
// has more opens than its maximum, or opens without a row; each log's root is the root over its
// entries, and its checkpoints are right and signed; live links and cases have an erasure key,
// emptied and erased ones none. Writes nothing. The store may be in use, but an object that is
// removed while it runs may be reported.
[[nodiscard]] CheckReport check_store(Store& store, BlobStore& blobs, ErasureKeys& erasure_keys,
                                      ReadData read_data);

}  // namespace valv::store
