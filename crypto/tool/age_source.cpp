#include "crypto/tool/age_source.h"

#include <algorithm>
#include <array>
#include <optional>

#include "crypto/core/secret_bytes.h"
#include "crypto/sealed/age/armor.h"
#include "crypto/sealed/age/error.h"
#include "crypto/sealed/age/header.h"

namespace valv::tool {
namespace {

constexpr std::size_t kPieceBytes = 256U * 1024;
static_assert(kPieceBytes >= sealed::kArmorFrontBytes);

[[noreturn]] void fail_endless_header() {
    sealed::fail(sealed::AgeFailure::kHeader, "the header has no end");
}

}  // namespace

void pump(local::Source& source, const sealed::ByteSink& sink) {
    crypto::SecretBytes piece(kPieceBytes);  // it may be plaintext
    for (std::size_t got = piece.size(); got == piece.size();) {
        got = source.read(piece.reveal_for_writing());
        sink(piece.reveal().first(got));
    }
}

AgeOctets pump_age(local::Source& source, const sealed::ByteSink& sink) {
    AgeOctets result;
    std::optional<sealed::ArmorReader> armor;
    pump(source, [&](ByteView piece) {
        if (result.source_bytes == 0 && sealed::is_armored(piece)) {
            result.form = Form::kArmored;
            armor.emplace(sink);
        }
        result.source_bytes += piece.size();
        armor ? armor->push(piece) : sink(piece);
    });
    if (armor) {
        armor->finish();
    }
    return result;
}

Form form_of(local::ReadableFile& file) {
    std::array<std::uint8_t, sealed::kArmorFrontBytes> front{};
    const std::size_t got = file.read(front);
    file.seek(0);
    return sealed::is_armored(ByteView(front).first(got)) ? Form::kArmored : Form::kBinary;
}

Bytes read_header(local::ReadableFile& file) {
    Bytes front;
    while (true) {
        const std::size_t before = front.size();
        front.resize(before + kPieceBytes);
        const std::size_t got = file.read(std::span(front).subspan(before));
        front.resize(before + got);
        if (const std::optional<std::size_t> size = sealed::find_age_header_end(front)) {
            front.resize(*size);
            return front;
        }
        if (got < kPieceBytes) {
            fail_endless_header();
        }
    }
}

void FileSplitter::push(ByteView octets) {
    if (has_header_) {
        return on_body_(octets);
    }
    append(front_, octets);
    const std::optional<std::size_t> header_bytes = sealed::find_age_header_end(front_);
    if (!header_bytes) {
        return;
    }
    has_header_ = true;
    on_header_(ByteView(front_).first(*header_bytes));
    on_body_(ByteView(front_).subspan(*header_bytes));
    front_ = Bytes();
}

void FileSplitter::finish() const {
    if (!has_header_) {
        fail_endless_header();
    }
}

FileReader::FileReader(const local::ReadableFile& file, std::uint64_t begin)
    : file_(file), begin_(begin), size_(std::max(file.size(), begin) - begin) {}

}  // namespace valv::tool
