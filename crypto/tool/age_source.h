#pragma once

#include <cstdint>
#include <functional>

#include "common/base/bytes.h"
#include "crypto/local/files.h"
#include "crypto/local/source.h"
#include "crypto/sealed/age/positioned.h"
#include "crypto/sealed/age/stream.h"

// Octets on their way in and out of files, with constant memory.
namespace valv::tool {

// Hands all of a source to `sink`, piece by piece.
void pump(local::Source& source, const sealed::ByteSink& sink);

enum class Form { kBinary, kArmored };
struct AgeOctets {
    Form form = Form::kBinary;
    std::uint64_t source_bytes = 0;  // as they stand in the source, armor included
};
// Hands the octets of an age file to `sink`, armored or not. Throws AgeFailure::kArmor after
// releasing what was right.
AgeOctets pump_age(local::Source& source, const sealed::ByteSink& sink);
// Looks at the front of a regular file and goes back to it.
[[nodiscard]] Form form_of(local::ReadableFile& file);
// Of a binary age file, from the front. Throws AgeFailure::kHeader.
[[nodiscard]] Bytes read_header(local::ReadableFile& file);

// An age file in any split, as its two parts.
class FileSplitter {
public:
    // `on_header` is called once, with all of it, before anything of the body.
    FileSplitter(std::function<void(ByteView)> on_header, sealed::ByteSink on_body)
        : on_header_(std::move(on_header)), on_body_(std::move(on_body)) {}
    // Throws AgeFailure::kHeader.
    void push(ByteView octets);
    void finish() const;  // throws AgeFailure::kHeader unless the header has an end

private:
    std::function<void(ByteView)> on_header_;
    sealed::ByteSink on_body_;
    Bytes front_;
    bool has_header_ = false;
};

// A regular file from `begin` on. Its size is that of the moment when this was made.
class FileReader final : public sealed::PositionedReader {
public:
    FileReader(const local::ReadableFile& file, std::uint64_t begin);
    [[nodiscard]] std::uint64_t size() const override { return size_; }
    void read_at(std::uint64_t offset, std::span<std::uint8_t> out) const override {
        file_.read_at(begin_ + offset, out);
    }

private:
    const local::ReadableFile& file_;  // the caller's
    std::uint64_t begin_;
    std::uint64_t size_;
};

}  // namespace valv::tool
