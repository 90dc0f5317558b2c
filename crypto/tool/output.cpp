#include "crypto/tool/output.h"

#include <filesystem>
#include <utility>

#include "crypto/tool/refusal.h"

namespace valv::tool {
namespace {

constexpr const char* kToTerminal =
    "the result is no text and would upset the terminal: name a file with -o (or force it with -o "
    "-)";

// A link stays, and what it points to is replaced.
std::filesystem::path behind_links(const std::filesystem::path& name) {
    std::error_code error;
    std::filesystem::path target = std::filesystem::canonical(name, error);
    return error ? name : target;
}

}  // namespace

Output::Output(const std::optional<std::string>& name, Content content, const Inputs& inputs,
               local::Screen& standard_output) {
    if (name && *name != "-") {
        inputs.check_output(*name);
        open_named(*name);
        return;
    }
    screen_ = &standard_output;
    if (name || content == Content::kText || !standard_output.is_terminal()) {
        return;
    }
    if (content == Content::kBinary) {
        throw Refusal(kToTerminal);
    }
    text_check_.emplace();
}

void Output::open_named(const std::string& name) {
    std::error_code error;  // what cannot be looked at cannot be opened either, which says why
    if (name.empty() || std::filesystem::is_directory(name, error)) {
        throw Refusal("the output is a folder or has no name: name a file with -o");
    }
    try {
        if (std::optional<local::FileHandle> device = local::find_device(name)) {
            device_ = std::move(*device);
            screen_ = &device_screen_.emplace(device_.get());
            is_seekable_device_ = local::has_places(device_);
        } else {
            file_.emplace(behind_links(name), local::Overwrite::kYes);
        }
    } catch (const Error& failure) {
        throw Refusal(std::string("the output cannot be made (") + failure.what() +
                      "): look at its folder");
    }
}

void Output::write(ByteView octets) {
    if (text_check_ && !text_check_->accepts(octets)) {
        throw Refusal(kToTerminal);
    }
    if (screen_ != nullptr) {
        screen_->write(octets);
    } else {
        file_->write(octets);
    }
}

bool Output::has_places() const noexcept {
    return file_ || is_seekable_device_;
}

void Output::write_at(std::uint64_t offset, ByteView octets) {
    if (file_) {
        file_->write_at(offset, octets);
    } else {
        local::write_all_at(device_, offset, octets);
    }
}

void Output::commit() {
    if (file_) {
        file_->commit();
    }
}

}  // namespace valv::tool
