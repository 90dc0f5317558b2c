// Reads docs/threats.md, prints it with the table of tests/tamper made new:
//     valv_tamper_page < docs/threats.md > new && mv new docs/threats.md
#include <exception>
#include <iostream>
#include <iterator>

#include "tests/tamper/page.h"

int main() {
    try {
        const std::string page{std::istreambuf_iterator<char>(std::cin), {}};
        std::cout << valv::client::test::with_table(page);
        return std::cout.flush() ? 0 : 1;
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
}
