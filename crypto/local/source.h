#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <sys/types.h>

#include "crypto/core/secret_bytes.h"

namespace valv::local {

// Which regular file something is, by whatever name.
struct FileId {
    dev_t device = 0;
    ino_t inode = 0;
    friend bool operator==(const FileId&, const FileId&) = default;
};
// Of the regular file behind a name; links are followed. Nothing when there is none.
[[nodiscard]] std::optional<FileId> find_file_id(const std::filesystem::path& path);

// Where octets come from, front to back: a file, a pipe, standard input.
class Source {
public:
    virtual ~Source() = default;
    // Fills `out`; less only at the end, and then it is not to be called again. Throws kIo.
    [[nodiscard]] virtual std::size_t read(std::span<std::uint8_t> out) = 0;
    // Nothing for what is no regular file.
    [[nodiscard]] virtual std::optional<FileId> file_id() const = 0;
};

// A file descriptor that somebody else owns.
class DescriptorSource final : public Source {
public:
    explicit DescriptorSource(int descriptor) noexcept : descriptor_(descriptor) {}
    [[nodiscard]] std::size_t read(std::span<std::uint8_t> out) override;
    [[nodiscard]] std::optional<FileId> file_id() const override;

private:
    int descriptor_;
};

// All that comes. Throws kTooLarge for more than `max_bytes`.
[[nodiscard]] crypto::SecretBytes read_secret(Source& source, std::size_t max_bytes);

}  // namespace valv::local
