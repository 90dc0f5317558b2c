#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "common/base/bytes.h"
#include "crypto/local/files.h"
#include "crypto/local/screen.h"
#include "crypto/sealed/age/positioned.h"
#include "crypto/tool/inputs.h"
#include "crypto/tool/text_check.h"

namespace valv::tool {

enum class Content {
    kText,     // may stand on a terminal
    kBinary,   // may not
    kUnknown,  // may as long as it is text
};

// Where the result of a command goes: a file that appears complete at commit() or not at all, an
// existing pipe or device, or standard output. For no name a terminal takes text only; `-` is
// standard output whatever it is. Used from one thread, but for write_at().
class Output {
public:
    // Throws Refusal, also when the output is one of the inputs.
    Output(const std::optional<std::string>& name, Content content, const Inputs& inputs,
           local::Screen& standard_output);
    void write(ByteView octets);
    void commit();
    // May write_at be used too? A regular file or a device that has places; no pipe, no terminal,
    // no standard output.
    [[nodiscard]] bool has_places() const noexcept;
    // At its place, by several threads at once.
    void write_at(std::uint64_t offset, ByteView octets);

private:
    void open_named(const std::string& name);
    std::optional<local::OutputFile> file_;
    local::FileHandle device_;
    bool is_seekable_device_ = false;
    std::optional<local::DescriptorScreen> device_screen_;
    local::Screen* screen_ = nullptr;  // device_screen_ or standard output; null for a file
    std::optional<TextCheck> text_check_;
};

// An output that has places, from `begin` on.
class OutputWriter final : public sealed::PositionedWriter {
public:
    OutputWriter(Output& output, std::uint64_t begin) : output_(output), begin_(begin) {}
    void write_at(std::uint64_t offset, ByteView octets) override {
        output_.write_at(begin_ + offset, octets);
    }

private:
    Output& output_;  // the caller's
    std::uint64_t begin_;
};

}  // namespace valv::tool
