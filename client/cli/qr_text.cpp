#include "client/cli/qr_text.h"

#include <memory>
#include <qrencode.h>

#include "common/base/error.h"

namespace valv::cli {
namespace {

constexpr std::size_t kMaxCharacters = 500;
constexpr int kQuietZone = 4;  // modules, ISO/IEC 18004 section 6.3.8

struct FreeCode {
    void operator()(QRcode* code) const noexcept { ::QRcode_free(code); }
};
using Code = std::unique_ptr<QRcode, FreeCode>;

bool is_dark(const QRcode& code, int row, int column) {
    const bool is_inside = row >= 0 && row < code.width && column >= 0 && column < code.width;
    return is_inside && (code.data[row * code.width + column] & 1U) != 0;
}

// Light modules are drawn, so that the code is right on the usual dark terminal.
std::string_view block(bool is_upper_dark, bool is_lower_dark) {
    if (is_upper_dark) {
        return is_lower_dark ? " " : "▄";
    }
    return is_lower_dark ? "▀" : "█";
}

}  // namespace

std::string qr_text(std::string_view text) {
    VALV_CHECK(text.size() <= kMaxCharacters);
    const Code code(
        ::QRcode_encodeString(std::string(text).c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1));
    if (code == nullptr) {
        throw Error(ErrorCode::kInternal, "qr: no code");
    }
    std::string drawn;
    for (int row = -kQuietZone; row < code->width + kQuietZone; row += 2) {
        for (int column = -kQuietZone; column < code->width + kQuietZone; ++column) {
            drawn.append(block(is_dark(*code, row, column), is_dark(*code, row + 1, column)));
        }
        drawn.append("\n");
    }
    return drawn;
}

}  // namespace valv::cli
