#pragma once

#include <algorithm>
#include <map>
#include <mutex>
#include <span>

#include "common/base/bytes.h"
#include "crypto/sealed/age/positioned.h"

namespace valv::test {

class MemoryReader final : public sealed::PositionedReader {
public:
    explicit MemoryReader(ByteView octets) : octets_(octets) {}  // the caller's
    [[nodiscard]] std::uint64_t size() const override { return octets_.size(); }
    void read_at(std::uint64_t offset, std::span<std::uint8_t> out) const override {
        std::ranges::copy(octets_.subspan(static_cast<std::size_t>(offset), out.size()),
                          out.begin());
    }

private:
    ByteView octets_;
};

class MemoryWriter final : public sealed::PositionedWriter {
public:
    void write_at(std::uint64_t offset, ByteView octets) override {
        const std::scoped_lock lock(mutex_);
        parts_[offset] = to_bytes(octets);
    }
    // What stands without a gap from the front.
    [[nodiscard]] Bytes front() const {
        Bytes octets;
        for (const auto& [offset, part] : parts_) {
            if (offset != octets.size()) {
                break;
            }
            append(octets, part);
        }
        return octets;
    }

private:
    std::mutex mutex_;  // guards parts_
    std::map<std::uint64_t, Bytes> parts_;
};

}  // namespace valv::test
