#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// The header of one HTTP/1.1 request (RFC 9112), read strictly: what two parsers could read in two
// ways is refused, so that no proxy in front of us can be made to see other requests than we do.
// Poco's own parser fails most of that: it splits long lines, ends the header at a bare LF, takes
// `Content-Length: -5`, decodes RFC 2047. So Poco brings the octets, and this reads them.
namespace valv::http {

inline constexpr std::size_t kMaxHeadBytes = 16 * 1024;
inline constexpr std::size_t kMaxLineBytes = 4091;  // without CR LF
inline constexpr std::size_t kMaxTargetBytes = 2048;
inline constexpr std::size_t kMaxFields = 100;

struct HeadField {
    std::string name;  // lower case
    std::string value;
};

struct ParsedHead {
    std::string method;
    std::string target;
    std::vector<HeadField> fields;  // in the order in which they came
    std::optional<std::uint64_t> content_length;
    bool is_chunked = false;
    bool keeps_alive = false;
    bool expects_continue = false;

    [[nodiscard]] bool has_body() const noexcept {
        return is_chunked || content_length.value_or(0) > 0;
    }
};

// The status to refuse with; the connection is closed, because nobody knows where the next request
// would begin.
struct HeadRefusal {
    int status = 400;
};

// Finds the end of a header that arrives in pieces. Looks at each octet once.
class HeadScanner {
public:
    struct NeedMore {};
    struct Complete {
        std::size_t size;  // octets of the header, its blank line included
    };
    using State = std::variant<NeedMore, Complete, HeadRefusal>;
    // `received` is everything since the request began: always the same octets and then more.
    [[nodiscard]] State scan(std::string_view received);

private:
    [[nodiscard]] std::optional<HeadRefusal> check_line_end(std::string_view received) const;
    std::size_t position_ = 0;
    std::size_t line_start_ = 0;
    std::size_t line_count_ = 0;
};

// `head` ends with its blank line, as the scanner found it.
[[nodiscard]] std::variant<ParsedHead, HeadRefusal> parse_head(std::string_view head);

}  // namespace valv::http
