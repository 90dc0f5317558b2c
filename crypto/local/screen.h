#pragma once

#include "common/base/bytes.h"

namespace valv::local {

// Where octets for the person or the script go: standard output or standard error.
class Screen {
public:
    virtual ~Screen() = default;
    // All of them, or kIo.
    virtual void write(ByteView octets) = 0;
    [[nodiscard]] virtual bool is_terminal() const = 0;
};

// A file descriptor that somebody else owns.
class DescriptorScreen final : public Screen {
public:
    explicit DescriptorScreen(int descriptor) noexcept : descriptor_(descriptor) {}
    void write(ByteView octets) override;
    [[nodiscard]] bool is_terminal() const override;

private:
    int descriptor_;
};

}  // namespace valv::local
