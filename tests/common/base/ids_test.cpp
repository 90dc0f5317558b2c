#include "common/base/ids.h"

#include <sstream>
#include <type_traits>
#include <unordered_set>

#include <gtest/gtest.h>

#include "tests/common/base/error_code.h"

namespace valv {
namespace {

static_assert(!std::is_convertible_v<CaseId, LinkId> && !std::is_constructible_v<CaseId, LinkId>);

class CountingRandom final : public RandomSource {
public:
    void fill(std::span<std::uint8_t> out) override {
        for (std::uint8_t& octet : out) {
            octet = next_++;
        }
    }

private:
    std::uint8_t next_ = 0;
};

TEST(IdTest, TextsComeBack) {
    CountingRandom random;
    for (int round = 0; round < 50; ++round) {
        const CaseId id = CaseId::random(random);
        EXPECT_EQ(id.text().size(), kIdCharacters);
        EXPECT_EQ(CaseId::parse(id.text()), id);
        EXPECT_EQ(CaseId::from_bytes(id.bytes()), id);
    }
}

TEST(IdTest, HasOneText) {
    for (const char* text :
         {"", "aaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaaaaa",
          "AAAAAAAAAAAAAAAAAAAAAAAAAA", "aaaaaaaaaaaaaaaaaaaaaaaaab", "aaaaaaaaaaaaaaaaaaaaaaaa1a",
          "aaaaaaaaaaaaaaaaaaaaaaaa a", "aaaaaaaaaaaaaaaaaaaaaaaaa="}) {
        EXPECT_EQ(test::code_of([&] { static_cast<void>(CaseId::parse(text)); }),
                  ErrorCode::kMalformed)
            << text;
    }
    EXPECT_EQ(CaseId::parse("aaaaaaaaaaaaaaaaaaaaaaaaaa"), CaseId());
}

TEST(IdTest, OtherLengthsAreMalformed) {
    EXPECT_EQ(test::code_of([] { static_cast<void>(CaseId::from_bytes(Bytes(15))); }),
              ErrorCode::kMalformed);
    EXPECT_EQ(test::code_of([] { static_cast<void>(CaseId::from_bytes(Bytes(17))); }),
              ErrorCode::kMalformed);
}

TEST(IdTest, OrdersAndHashesByItsOctets) {
    CountingRandom random;
    const CaseId first = CaseId::random(random);
    const CaseId second = CaseId::random(random);
    EXPECT_LT(first, second);
    const std::unordered_set<CaseId> set{first, second, first};
    EXPECT_EQ(set.size(), 2U);
    std::ostringstream out;
    out << first;
    EXPECT_EQ(out.str(), first.text());
}

}  // namespace
}  // namespace valv
