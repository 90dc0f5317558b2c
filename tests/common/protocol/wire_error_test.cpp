#include "common/protocol/wire_error.h"

#include <set>

#include <gtest/gtest.h>

namespace valv::protocol {
namespace {

TEST(WireErrorTest, NamesAreUniqueAndNoTextOfOursCrossesTheWire) {
    std::set<std::string_view> names;
    for (const WireErrorKind& kind : wire_error_kinds()) {
        EXPECT_TRUE(names.insert(kind.name).second) << kind.name;
        const std::string json = encode(to_wire(Error(kind.code, "our own words")));
        EXPECT_EQ(json.find("our own words"), std::string::npos);
        EXPECT_EQ(decode_wire_error(json).name, kind.name);
    }
}

TEST(WireErrorTest, ACodeThatTheWireDoesNotKnowIsAnInternalFault) {
    EXPECT_EQ(to_wire(Error(ErrorCode::kStore, "x")).name, "internal");
    EXPECT_EQ(to_wire(Error(ErrorCode::kTampered, "x")).name, "internal");
}

TEST(WireErrorTest, ARefusalCarriesWhatThePageNeeds) {
    const Instant at = parse_instant("2026-03-31T10:25:00Z");
    const Refusal refusal(ErrorCode::kEnded, "x",
                          {.reason = EndReason::kUsedUp, .at = at, .head = 7, .maximum = 3});
    const WireError error = decode_wire_error(encode(to_wire(refusal)));
    EXPECT_EQ(error.reason, "used_up");
    EXPECT_EQ(error.at, at);
    EXPECT_EQ(error.head, 7U);
    EXPECT_EQ(error.maximum, 3U);
}

TEST(WireErrorTest, ThePathOfTheFieldIsKept) {
    EXPECT_EQ(to_wire(Error(ErrorCode::kMalformed, "x", "/policy/parts/0")).path,
              "/policy/parts/0");
}

}  // namespace
}  // namespace valv::protocol
