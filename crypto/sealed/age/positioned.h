#pragma once

#include <cstdint>
#include <span>

#include "common/base/bytes.h"

// Files as the parallel and the random readers need them. Implementations are thread-safe: several
// threads read and write different places at once.
namespace valv::sealed {

class PositionedReader {
public:
    virtual ~PositionedReader() = default;
    [[nodiscard]] virtual std::uint64_t size() const = 0;
    // Fills `out`, which lies inside size(). Throws kIo, also when the file has become shorter.
    virtual void read_at(std::uint64_t offset, std::span<std::uint8_t> out) const = 0;
};

class PositionedWriter {
public:
    virtual ~PositionedWriter() = default;
    // Throws kIo or kStorageFull.
    virtual void write_at(std::uint64_t offset, ByteView octets) = 0;
};

}  // namespace valv::sealed
