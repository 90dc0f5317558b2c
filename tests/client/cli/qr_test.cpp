// The QR code of the terminal, read by zbarimg (Debian's zbar-tools) as a camera would.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "client/cli/qr_text.h"
#include "tests/common/temp_folder.h"

namespace valv::cli {
namespace {

constexpr int kPixels = 6;  // a module's side

// The picture that a terminal shows: light where a block is drawn.
std::vector<std::vector<bool>> light_modules(const std::string& drawn) {
    std::vector<std::vector<bool>> rows;
    std::size_t at = 0;
    while (at < drawn.size()) {
        const std::size_t end = drawn.find('\n', at);
        std::string line = drawn.substr(at, end - at);
        std::vector<bool> upper;
        std::vector<bool> lower;
        for (std::size_t position = 0; position < line.size();) {
            const bool is_block = line[position] != ' ';
            const std::string glyph = line.substr(position, is_block ? 3 : 1);
            upper.push_back(glyph == "█" || glyph == "▀");
            lower.push_back(glyph == "█" || glyph == "▄");
            position += glyph.size();
        }
        rows.push_back(upper);
        rows.push_back(lower);
        at = end + 1;
    }
    return rows;
}

std::string pgm_of(const std::vector<std::vector<bool>>& rows) {
    const std::size_t width = rows.front().size() * kPixels;
    std::string picture =
        "P5\n" + std::to_string(width) + " " + std::to_string(rows.size() * kPixels) + "\n255\n";
    for (const std::vector<bool>& row : rows) {
        std::string line;
        for (const bool is_light : row) {
            line.append(kPixels, is_light ? '\xff' : '\0');
        }
        for (int repeat = 0; repeat < kPixels; ++repeat) {
            picture.append(line);
        }
    }
    return picture;
}

TEST(QrTextTest, ACameraReadsTheText) {
    const std::string text = "aaaabbbbccccddddeeeeffff23";
    const test::TempFolder folder;
    test::write_file(folder / "code.pgm", as_bytes(pgm_of(light_modules(qr_text(text)))));
    const std::string command = "zbarimg --quiet --raw --set '*.enable=0' --set qrcode.enable=1 " +
                                (folder / "code.pgm").string() + " 2>/dev/null > " +
                                (folder / "read").string();
    ASSERT_EQ(std::system(command.c_str()), 0);  // NOLINT(concurrency-mt-unsafe, cert-env33-c)
    EXPECT_EQ(test::snapshot(folder / "read"), text + "\n");
}

TEST(QrSvgTest, HasTheSameDarkModules) {
    const std::string text = "valvshare1qqqqqqqq";
    std::vector<std::vector<bool>> light = light_modules(qr_text(text));
    const crypto::SecretBytes picture = qr_svg(as_bytes(text));
    std::string_view path = as_text(picture.reveal());
    constexpr std::size_t kQuiet = 4;
    for (std::size_t at = path.find('M'); at != std::string_view::npos; at = path.find('M')) {
        path.remove_prefix(at + 1);
        std::size_t column = 0;
        std::size_t row = 0;
        std::size_t length = 0;
        ASSERT_EQ(std::sscanf(std::string(path.substr(0, 20)).c_str(), "%zu %zuh%zu", &column, &row,
                              &length),
                  3);
        for (std::size_t side = 0; side < length; ++side) {
            ASSERT_FALSE(light.at(row + kQuiet).at(column + kQuiet + side));
            light.at(row + kQuiet).at(column + kQuiet + side) = true;
        }
    }
    for (const std::vector<bool>& line : light) {
        EXPECT_EQ(std::ranges::count(line, false), 0);
    }
}

TEST(QrTextTest, LinesAreAllAsWide) {
    const std::vector<std::vector<bool>> rows = light_modules(qr_text("x"));
    for (const std::vector<bool>& row : rows) {
        EXPECT_EQ(row.size(), rows.front().size());
    }
}

}  // namespace
}  // namespace valv::cli
