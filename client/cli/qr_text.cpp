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

Code encode(ByteView text) {
    VALV_CHECK(text.size() <= kMaxCharacters);
    Code code(::QRcode_encodeData(static_cast<int>(text.size()), text.data(), 0, QR_ECLEVEL_M));
    if (code == nullptr) {
        throw Error(ErrorCode::kInternal, "qr: no code");
    }
    return code;
}

// The dark modules from `column` on that lie side by side.
int run_length(const QRcode& code, int row, int column) {
    int length = 0;
    while (is_dark(code, row, column + length)) {
        ++length;
    }
    return length;
}

}  // namespace

std::string qr_text(std::string_view text) {
    const Code code = encode(as_bytes(text));
    std::string drawn;
    for (int row = -kQuietZone; row < code->width + kQuietZone; row += 2) {
        for (int column = -kQuietZone; column < code->width + kQuietZone; ++column) {
            drawn.append(block(is_dark(*code, row, column), is_dark(*code, row + 1, column)));
        }
        drawn.append("\n");
    }
    return drawn;
}

crypto::SecretBytes qr_svg(ByteView text) {
    const Code code = encode(text);
    const std::string start = std::to_string(-kQuietZone);
    const std::string side = std::to_string(code->width + 2 * kQuietZone);
    crypto::SecretBuilder drawn;
    drawn.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"" + start + " " + start +
                 " " + side + " " + side + "\" shape-rendering=\"crispEdges\"><path d=\"");
    for (int row = 0; row < code->width; ++row) {
        for (int column = 0; column < code->width; ++column) {
            const int length = run_length(*code, row, column);
            if (length > 0) {
                const std::string along = std::to_string(length);
                drawn.append("M" + std::to_string(column) + " " + std::to_string(row) + "h" +
                             along + "v1h-" + along + "z");
                column += length;
            }
        }
    }
    drawn.append("\"/></svg>");
    return drawn.take();
}

}  // namespace valv::cli
