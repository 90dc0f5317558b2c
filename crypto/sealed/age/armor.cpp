#include "crypto/sealed/age/armor.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "common/base/encoding.h"
#include "common/base/error.h"

namespace valv::sealed {
namespace {

constexpr std::string_view kBeginLine = "-----BEGIN AGE ENCRYPTED FILE-----";
constexpr std::string_view kEndLine = "-----END AGE ENCRYPTED FILE-----";
constexpr std::string_view kBlanks = " \t\r\n\v\f";
constexpr std::size_t kColumns = 64;
constexpr std::size_t kLineBytes = 48;  // that stand in 64 columns
// Of a line that could be right in a place where no blank line may stand: 64 columns and a CR.
constexpr std::size_t kMaxLineBytes = kColumns + 1;

bool is_blank(std::string_view text) {
    return text.find_first_not_of(kBlanks) == std::string_view::npos;
}

}  // namespace

ArmorWriter::ArmorWriter(ByteSink sink) : sink_(std::move(sink)) {
    held_.reserve(kLineBytes);
}

void ArmorWriter::append_line(ByteView octets) {
    text_.append(to_base64(octets)).push_back('\n');
}

void ArmorWriter::push(ByteView octets) {
    text_ = std::exchange(is_started_, true) ? "" : std::string(kBeginLine).append("\n");
    while (!octets.empty()) {
        const std::size_t taken = std::min(octets.size(), kLineBytes - held_.size());
        append(held_, octets.first(taken));
        octets = octets.subspan(taken);
        if (held_.size() == kLineBytes) {
            append_line(held_);
            held_.clear();
        }
    }
    sink_(as_bytes(text_));
}

void ArmorWriter::finish() {
    push({});
    text_.clear();
    if (!held_.empty()) {
        append_line(held_);
    }
    text_.append(kEndLine).push_back('\n');
    sink_(as_bytes(text_));
}

void ArmorReader::release() {
    sink_(octets_);
    octets_.clear();
}

void ArmorReader::fail_armor(const char* text) {
    release();
    fail(AgeFailure::kArmor, text);
}

void ArmorReader::push(ByteView text) {
    std::string_view rest = as_text(text);
    while (true) {
        const std::size_t end = rest.find('\n');
        line_.append(rest.substr(0, end));
        const bool is_around = state_ == State::kBefore || state_ == State::kAfter;
        if (line_.size() > (is_around ? kMaxArmorBlankBytes : kMaxLineBytes)) {
            fail_armor("a line is too long");
        }
        if (end == std::string_view::npos) {
            return release();
        }
        rest.remove_prefix(end + 1);
        take_line(line_, 1);
        line_.clear();
    }
}

void ArmorReader::take_blank(std::size_t octets) {
    blank_octets_ += octets;
    if (blank_octets_ > kMaxArmorBlankBytes) {
        fail_armor("too much white space around it");
    }
}

void ArmorReader::take_line(std::string_view line, std::size_t end_octets) {
    const bool is_around = state_ == State::kBefore || state_ == State::kAfter;
    if (is_around && is_blank(line)) {
        return take_blank(line.size() + end_octets);
    }
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    switch (state_) {
        case State::kBefore:
            if (line != kBeginLine) {
                fail_armor("it does not begin with the armor's first line");
            }
            state_ = State::kBody;
            return;
        case State::kBody:
            return line == kEndLine ? take_end_line() : take_body_line(line);
        case State::kEndLine:
            if (line != kEndLine) {
                fail_armor("a short line is not the last one");
            }
            return take_end_line();
        case State::kAfter:
            fail_armor("something follows its last line");
    }
}

void ArmorReader::take_end_line() {
    state_ = State::kAfter;
    blank_octets_ = 0;
}

void ArmorReader::take_body_line(std::string_view line) {
    if (line.empty() || line.size() > kColumns) {
        fail_armor("a line is empty or longer than 64 columns");
    }
    Bytes octets;
    try {
        octets = from_base64(line);
    } catch (const Error&) {
        fail_armor("base64");
    }
    if (octets.size() < kLineBytes) {
        state_ = State::kEndLine;
    }
    append(octets_, octets);
}

void ArmorReader::finish() {
    if (!line_.empty()) {  // the last line has no end
        take_line(line_, 0);
        line_.clear();
    }
    if (state_ != State::kAfter) {
        fail_armor("it has no end line");
    }
    release();
}

bool is_armored(ByteView front) noexcept {
    const std::string_view text = as_text(front);
    const std::size_t begin = text.find_first_not_of(kBlanks);
    return begin != std::string_view::npos && text.substr(begin).starts_with("-----BEGIN");
}

}  // namespace valv::sealed
