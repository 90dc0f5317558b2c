#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "common/base/bytes.h"
#include "common/base/clock.h"
#include "common/base/ids.h"
#include "crypto/core/secret_bytes.h"

namespace valv::store {

// Writes one blob. Not yet durable and not yet visible until commit() returned; a writer that is
// dropped removes what it wrote.
class BlobWriter {
public:
    virtual ~BlobWriter() = default;
    virtual void append(ByteView octets) = 0;
    // fsync of the file, of its folder, and of the folder's parent when that is new. Throws
    // kStorageFull, kIo; after an error the file is unlinked and never synced again.
    virtual void commit() = 0;
};

class BlobReader {
public:
    virtual ~BlobReader() = default;
    [[nodiscard]] virtual std::uint64_t size() const = 0;
    // Up to out.size() octets from `offset`; 0 at the end.
    [[nodiscard]] virtual std::size_t read_at(std::uint64_t offset,
                                              std::span<std::uint8_t> out) = 0;
};

struct ListedBlob {
    BlobId blob{};
    Instant modified_at{};
};

// Immutable ciphertext under random names. Callable from any thread.
class BlobStore {
public:
    virtual ~BlobStore() = default;
    [[nodiscard]] virtual std::unique_ptr<BlobWriter> create(const BlobId& blob) = 0;
    // Throws kNotFound.
    [[nodiscard]] virtual std::unique_ptr<BlobReader> open(const BlobId& blob) = 0;
    virtual void remove(const BlobId& blob) = 0;  // absent is fine
    [[nodiscard]] virtual std::vector<ListedBlob> list() = 0;
};

constexpr std::size_t kErasureKeyBytes = 32;

// Erasure keys, one for each case and link, kept apart from the database (docs/formats.md section
// 6). The id is the 16 octets of the case or link. Callable from any thread.
class ErasureKeys {
public:
    virtual ~ErasureKeys() = default;
    // Keeps the key (kErasureKeyBytes) durably; the same key again is fine, another one under the
    // same id throws kConflict.
    virtual void put(const ErasureKeyId& id, const crypto::SecretBytes& key) = 0;
    [[nodiscard]] virtual std::optional<crypto::SecretBytes> find(const ErasureKeyId& id) = 0;
    // Overwrites, fsyncs, unlinks, fsyncs the folder; absent is fine.
    virtual void destroy(const ErasureKeyId& id) = 0;
    // Of the keys that stand, for check. Ascending.
    [[nodiscard]] virtual std::vector<ErasureKeyId> list() = 0;
};

}  // namespace valv::store
