#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "common/base/bytes.h"
#include "crypto/sealed/age/error.h"
#include "crypto/sealed/age/stream.h"

// ASCII armor (c2sp.org/age "ASCII armor"): PEM (RFC 7468, strict form) with the label AGE
// ENCRYPTED FILE, padded canonical base64 (RFC 4648 section 4) in lines of 64 characters. Constant
// memory; not thread-safe.
namespace valv::sealed {

// Octets of a file in any split to text in parts. Lines end in LF.
class ArmorWriter {
public:
    explicit ArmorWriter(ByteSink sink);
    void push(ByteView octets);
    void finish();  // the end line; nothing may follow

private:
    void append_line(ByteView octets);
    ByteSink sink_;
    Bytes held_;        // less than a line
    std::string text_;  // on its way to the sink
    bool is_started_ = false;
};

// Text in any split to octets. Accepts LF and CRLF, a missing last line end, and up to 1 024 octets
// of white space before and after; nothing else. Releases the octets of every right line. Throws
// AgeFailure::kArmor; nothing may be pushed after that.
class ArmorReader {
public:
    explicit ArmorReader(ByteSink sink) : sink_(std::move(sink)) {}
    void push(ByteView text);
    void finish();  // throws unless the end line was there

private:
    enum class State { kBefore, kBody, kEndLine, kAfter };
    void take_line(std::string_view line, std::size_t end_octets);
    void take_body_line(std::string_view line);
    void take_blank(std::size_t octets);
    void take_end_line();
    void release();
    [[noreturn]] void fail_armor(const char* text);
    ByteSink sink_;
    std::string line_;  // what came of a line without its end
    Bytes octets_;      // on their way to the sink
    std::size_t blank_octets_ = 0;
    State state_ = State::kBefore;
};

// Does a file that begins so mean to be armored: white space, then `-----BEGIN`? `front` is the
// whole file, or at least kArmorFrontBytes of it.
constexpr std::size_t kMaxArmorBlankBytes = 1024;
constexpr std::size_t kArmorFrontBytes = kMaxArmorBlankBytes + 16;
[[nodiscard]] bool is_armored(ByteView front) noexcept;

}  // namespace valv::sealed
