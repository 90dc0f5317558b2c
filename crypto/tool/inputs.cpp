#include "crypto/tool/inputs.h"

#include <algorithm>
#include <utility>

#include "crypto/tool/refusal.h"

namespace valv::tool {
namespace {

std::unique_ptr<local::ReadableFile> open_named(const std::string& name, const std::string& role) {
    try {
        return std::make_unique<local::ReadableFile>(name, local::FileKind::kAny);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::kNotFound) {
            throw Refusal("the " + role + " is not there: look at its name");
        }
        if (error.code() == ErrorCode::kInvalidArgument) {
            throw Refusal("the " + role + " is a folder: name a file");
        }
        throw Refusal("the " + role + " cannot be read (" + error.what() +
                      "): look at its permissions");
    }
}

}  // namespace

void Inputs::remember(const local::Source& source) {
    if (const std::optional<local::FileId> id = source.file_id()) {
        ids_.push_back(*id);
    }
}

Input Inputs::open(const std::optional<std::string>& name, std::string role) {
    if (!name || *name == "-") {
        if (std::exchange(is_standard_input_taken_, true)) {
            throw UsageError("standard input can be read for one thing only: name a file");
        }
        remember(standard_input_);
        return {.source = &standard_input_, .file = nullptr, .role = std::move(role)};
    }
    local::ReadableFile& file = *files_.emplace_back(open_named(*name, role));
    remember(file);
    return {.source = &file, .file = file.file_id() ? &file : nullptr, .role = std::move(role)};
}

std::vector<Input> Inputs::open_all(const std::vector<std::string>& names,
                                    const std::string& role) {
    std::vector<Input> inputs;
    for (const std::string& name : names) {
        inputs.push_back(open(name, role + " " + std::to_string(inputs.size() + 1)));
    }
    return inputs;
}

void Inputs::check_output(const std::filesystem::path& output) const {
    const std::optional<local::FileId> id = local::find_file_id(output);
    if (id && std::ranges::find(ids_, *id) != ids_.end()) {
        throw Refusal("the output is a file that is read: choose another name with -o");
    }
}

}  // namespace valv::tool
