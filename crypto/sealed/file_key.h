#pragma once

#include "common/base/bytes.h"
#include "crypto/core/hash.h"
#include "crypto/core/secret_bytes.h"

namespace valv::sealed {

// age's file key: 16 octets, one per content, never reused for another (docs/formats.md section 2).
using FileKey = crypto::Key<struct FileKeyTag, 16>;

// SHA-256("resvalv/v1/fk" ‖ file key): stands in the record's document row.
[[nodiscard]] crypto::Hash file_key_hash(const FileKey& file_key);

}  // namespace valv::sealed
