#include "client/cli/media_type.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace valv::cli {
namespace {

using namespace std::string_view_literals;

struct Magic {
    std::size_t at;
    std::string_view octets;
    std::string_view type;
};
constexpr std::array kMagics{
    Magic{0, "%PDF-"sv, "application/pdf"},   Magic{0, "\x89PNG\r\n\x1a\n"sv, "image/png"},
    Magic{0, "\xFF\xD8\xFF"sv, "image/jpeg"}, Magic{8, "WEBP"sv, "image/webp"},
    Magic{0, "GIF8"sv, "image/gif"},          Magic{0, "II*\0"sv, "image/tiff"},
    Magic{0, "MM\0*"sv, "image/tiff"},        Magic{4, "ftypheic"sv, "image/heic"},
    Magic{4, "ftypmif1"sv, "image/heif"},     Magic{4, "ftypavif"sv, "image/avif"},
};

struct Ending {
    std::string_view ending;
    std::string_view type;
};
constexpr std::array kEndings{
    Ending{".txt", "text/plain"},
    Ending{".ics", "text/calendar"},
    Ending{".eml", "message/rfc822"},
    Ending{".pkpass", "application/vnd.apple.pkpass"},
    Ending{".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    Ending{".odt", "application/vnd.oasis.opendocument.text"},
    Ending{".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    Ending{".doc", "application/msword"},
    Ending{".rtf", "application/rtf"},
    Ending{".zip", "application/zip"},
};

bool has_ending(std::string_view name, std::string_view ending) {
    return name.size() >= ending.size() &&
           std::equal(ending.rbegin(), ending.rend(), name.rbegin(), [](char left, char right) {
               return left == std::tolower(static_cast<unsigned char>(right));
           });
}

}  // namespace

std::string media_type_of(ByteView front, std::string_view file_name) {
    const std::string_view text = as_text(front);
    for (const Magic& magic : kMagics) {
        if (text.size() >= magic.at && text.substr(magic.at).starts_with(magic.octets)) {
            return std::string(magic.type);
        }
    }
    for (const Ending& ending : kEndings) {
        if (has_ending(file_name, ending.ending)) {
            return std::string(ending.type);
        }
    }
    return "application/octet-stream";
}

}  // namespace valv::cli
