// What tests/vectors/interop.mjs asks about digits: each one alone between spaces on standard
// input; their ASCII forms, in order, on standard output.
#include <algorithm>
#include <iostream>
#include <iterator>
#include <string>

#include "crypto/sealed/digit_code.h"

int main() {
    const std::string typed{std::istreambuf_iterator<char>(std::cin),
                            std::istreambuf_iterator<char>()};
    const auto count = static_cast<std::size_t>(std::ranges::count(typed, ' ')) + 1;
    const auto code = valv::sealed::DigitCode::from_text(valv::as_bytes(typed), count);
    if (!code) {
        return 1;
    }
    std::cout << valv::as_text(code->digits().reveal());
    return std::cout.flush() ? 0 : 1;
}
