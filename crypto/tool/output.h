#pragma once

#include <optional>
#include <string>

#include "common/base/bytes.h"
#include "crypto/local/files.h"
#include "crypto/local/screen.h"
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
// standard output whatever it is. Used from one thread, but for file().
class Output {
public:
    // Throws Refusal, also when the output is one of the inputs.
    Output(const std::optional<std::string>& name, Content content, const Inputs& inputs,
           local::Screen& standard_output);
    void write(ByteView octets);
    void commit();
    // A file that may be written at any place instead; null for a pipe, a device, standard output.
    [[nodiscard]] local::OutputFile* find_file() noexcept { return file_ ? &*file_ : nullptr; }

private:
    void open_named(const std::string& name);
    std::optional<local::OutputFile> file_;
    local::FileHandle device_;
    std::optional<local::DescriptorScreen> device_screen_;
    local::Screen* screen_ = nullptr;  // device_screen_ or standard output; null for a file
    std::optional<TextCheck> text_check_;
};

}  // namespace valv::tool
