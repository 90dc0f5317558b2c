#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "common/protocol/routes.h"
#include "common/protocol/wire_error.h"

// docs/protocol.md against the tables of the program: neither may know a route or an error that the
// other does not.
namespace valv::protocol {
namespace {

std::string protocol_page() {
    std::ifstream file("docs/protocol.md");
    return {std::istreambuf_iterator<char>(file), {}};
}

// The page writes `V` for /v1/vaults/{vault} and `C` for V/cases/{case}.
std::string shortened(std::string_view pattern) {
    constexpr std::string_view kCase = "/v1/vaults/{vault}/cases/{case}";
    constexpr std::string_view kVault = "/v1/vaults/{vault}";
    if (pattern.starts_with(kCase)) {
        return "C" + std::string(pattern.substr(kCase.size()));
    }
    return pattern.starts_with(kVault) ? "V" + std::string(pattern.substr(kVault.size()))
                                       : std::string(pattern);
}

TEST(ProtocolPageTest, NamesEveryRoute) {
    const std::string page = protocol_page();
    for (const Route& row : routes()) {
        const std::string call =
            "`" + std::string(to_string(row.method)) + " " + shortened(row.pattern) + "`";
        EXPECT_NE(page.find(call), std::string::npos) << call;
    }
}

TEST(ProtocolPageTest, NamesNoRouteThatIsNotThere) {
    const std::string page = protocol_page();
    std::size_t rows = 0;
    for (const std::string_view method : {"GET", "HEAD", "POST", "PATCH", "DELETE"}) {
        const std::string start = "\n| `" + std::string(method) + " ";
        for (std::size_t at = page.find(start); at != std::string::npos;
             at = page.find(start, at + 1)) {
            ++rows;
        }
    }
    std::size_t listed = 0;
    for (const Route& row : routes()) {
        listed += row.listener == Listener::kOperator ? 0 : 1;
    }
    EXPECT_EQ(rows, listed);
}

TEST(ProtocolPageTest, NamesEveryErrorAndEveryReason) {
    const std::string page = protocol_page();
    for (const WireErrorKind& kind : wire_error_kinds()) {
        EXPECT_NE(page.find("`" + std::string(kind.name) + "`"), std::string::npos) << kind.name;
        EXPECT_NE(page.find(std::to_string(kind.status)), std::string::npos) << kind.name;
    }
    for (const EndReason reason : end_reasons()) {
        EXPECT_NE(page.find("`" + std::string(to_string(reason)) + "`"), std::string::npos)
            << to_string(reason);
    }
}

TEST(ProtocolPageTest, MarksTheCallsThatTakeAKey) {
    const std::string page = protocol_page();
    for (const Route& row : routes()) {
        const std::string call =
            "`" + std::string(to_string(row.method)) + " " + shortened(row.pattern) + "` K |";
        EXPECT_EQ(page.find(call) != std::string::npos, row.idempotency == Idempotency::kKey)
            << call;
    }
}

}  // namespace
}  // namespace valv::protocol
