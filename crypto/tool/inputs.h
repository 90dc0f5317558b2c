#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crypto/local/files.h"
#include "crypto/local/source.h"

namespace valv::tool {

// Something opened to be read; Inputs owns it.
struct Input {
    local::Source* source = nullptr;      // never null
    local::ReadableFile* file = nullptr;  // the same when it can be read at any place, else null
    std::string role;                     // `identity file 2`, for complaints
};

// Everything that a command reads: the output must be none of it, and standard input is read for
// one thing only.
class Inputs {
public:
    explicit Inputs(local::Source& standard_input) : standard_input_(standard_input) {}
    // Standard input for no name and for `-`. Throws Refusal and UsageError.
    [[nodiscard]] Input open(const std::optional<std::string>& name, std::string role);
    // In order, `role 1`, `role 2`, …
    [[nodiscard]] std::vector<Input> open_all(const std::vector<std::string>& names,
                                              const std::string& role);
    // Throws Refusal when the output is a file that was opened here, by whatever name.
    void check_output(const std::filesystem::path& output) const;

private:
    void remember(const local::Source& source);
    local::Source& standard_input_;
    bool is_standard_input_taken_ = false;
    std::vector<std::unique_ptr<local::ReadableFile>> files_;
    std::vector<local::FileId> ids_;
};

}  // namespace valv::tool
