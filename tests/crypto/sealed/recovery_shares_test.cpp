#include "crypto/sealed/recovery_shares.h"

#include <algorithm>
#include <cstdlib>
#include <set>

#include <gtest/gtest.h>

#include "common/base/encoding.h"
#include "tests/common/temp_folder.h"
#include "tests/crypto/expect_error.h"
#include "tests/crypto/seeded_random.h"

namespace valv::sealed {
namespace {

using crypto::SecretBytes;

RecoveryShare copy_of(const RecoveryShare& share) {
    return {.threshold = share.threshold,
            .count = share.count,
            .x = share.x,
            .set = share.set,
            .y = share.y.clone()};
}

class RecoverySharesTest : public testing::Test {
protected:
    test::SeededRandom random_{"shares"};
    SecretBytes secret_ = SecretBytes::random(kRecoverySecretBytes, random_);
    std::vector<RecoveryShare> shares_ = split_recovery_secret(secret_, 2, 3, random_);

    [[nodiscard]] std::vector<RecoveryShare> some(std::initializer_list<std::size_t> wanted) const {
        std::vector<RecoveryShare> chosen;
        for (const std::size_t at : wanted) {
            chosen.push_back(copy_of(shares_.at(at)));
        }
        return chosen;
    }
    [[nodiscard]] static std::string refusal(std::span<const RecoveryShare> shares) {
        return test::error_of([&] { static_cast<void>(combine_recovery_shares(shares)); });
    }
};

TEST_F(RecoverySharesTest, AnyTwoOfThreeGiveTheSecretInAnyOrder) {
    for (const auto& pair : {some({0, 1}), some({1, 2}), some({2, 0}), some({2, 1})}) {
        EXPECT_TRUE(equal(combine_recovery_shares(pair).reveal(), secret_.reveal()));
    }
    EXPECT_TRUE(equal(combine_recovery_shares(shares_).reveal(), secret_.reveal()));
}

TEST_F(RecoverySharesTest, OneIsTooFew) {
    EXPECT_EQ(refusal(some({1})), "invalid_argument recovery_shares_too_few");
    EXPECT_EQ(refusal({}), "invalid_argument recovery_shares_too_few");
}

TEST_F(RecoverySharesTest, TheSameTwiceIsRefused) {
    EXPECT_EQ(refusal(some({1, 1})), "invalid_argument recovery_share_twice");
}

TEST_F(RecoverySharesTest, SharesOfTwoSetsAreRefused) {
    std::vector<RecoveryShare> mixed = some({0});
    mixed.push_back(copy_of(split_recovery_secret(secret_, 2, 3, random_).at(1)));
    EXPECT_EQ(refusal(mixed), "invalid_argument recovery_shares_mixed");
}

TEST_F(RecoverySharesTest, AThirdShareThatDoesNotFitIsNoticed) {
    std::vector<RecoveryShare> all = some({0, 1, 2});
    all[2].y.reveal_for_writing()[31] ^= 1U;
    EXPECT_EQ(refusal(all), "tampered recovery_shares_differ");
}

// One share alone fits every secret: there is one polynomial for each.
TEST_F(RecoverySharesTest, OneShareSaysNothing) {
    for (unsigned guess = 0; guess < 256; ++guess) {
        RecoveryShare at_zero = copy_of(shares_[0]);
        at_zero.x = 0;
        std::ranges::fill(at_zero.y.reveal_for_writing(), static_cast<std::uint8_t>(guess));
        std::vector<RecoveryShare> line;
        line.push_back(std::move(at_zero));
        line.push_back(copy_of(shares_[0]));
        EXPECT_NO_THROW(static_cast<void>(combine_recovery_shares(line)));
    }
}

TEST_F(RecoverySharesTest, EverySplittingIsFresh) {
    const std::vector<RecoveryShare> again = split_recovery_secret(secret_, 2, 3, random_);
    EXPECT_NE(again[0].set, shares_[0].set);
    EXPECT_FALSE(equal(again[0].y.reveal(), shares_[0].y.reveal()));
}

TEST_F(RecoverySharesTest, AShareComesBackFromItsText) {
    for (const RecoveryShare& share : shares_) {
        const SecretBytes text = share.text();
        EXPECT_TRUE(as_text(text.reveal()).starts_with("valvshare1"));
        EXPECT_EQ(text.size(), 80U);
        EXPECT_TRUE(equal(RecoveryShare::parse(text.reveal()).text().reveal(), text.reveal()));
    }
}

TEST_F(RecoverySharesTest, EveryMistypedCharacterIsNoticed) {
    const std::string text(as_text(shares_[0].text().reveal()));
    for (std::size_t at = 0; at < text.size(); ++at) {
        std::string mistyped = text;
        mistyped[at] = mistyped[at] == 'q' ? 'p' : 'q';
        EXPECT_EQ(
            test::error_of([&] { static_cast<void>(RecoveryShare::parse(as_bytes(mistyped))); }),
            "malformed")
            << at;
    }
}

class ThresholdTest : public testing::TestWithParam<std::pair<int, int>> {};
TEST_P(ThresholdTest, ExactlyTheThresholdIsEnough) {
    test::SeededRandom random("threshold");
    const SecretBytes secret = SecretBytes::random(kRecoverySecretBytes, random);
    const auto threshold = static_cast<std::uint8_t>(GetParam().first);
    const auto count = static_cast<std::uint8_t>(GetParam().second);
    const std::vector<RecoveryShare> shares =
        split_recovery_secret(secret, threshold, count, random);
    ASSERT_EQ(shares.size(), count);
    const std::span<const RecoveryShare> last = std::span(shares).last(threshold);
    EXPECT_TRUE(equal(combine_recovery_shares(last).reveal(), secret.reveal()));
    EXPECT_EQ(test::error_of(
                  [&] { static_cast<void>(combine_recovery_shares(last.first(threshold - 1U))); }),
              "invalid_argument recovery_shares_too_few");
}
INSTANTIATE_TEST_SUITE_P(Sizes, ThresholdTest,
                         testing::Values(std::pair(2, 2), std::pair(3, 5), std::pair(5, 5),
                                         std::pair(2, 255), std::pair(40, 41)));

// libgfshare (Debian's libgfshare-bin) is the second opinion, both ways: its shares are files
// NAME.NNN of the y alone.
class GfshareTest : public RecoverySharesTest {
protected:
    void run(const std::string& command) const {
        const std::string line = "cd " + folder_.path().string() + " && " + command;
        ASSERT_EQ(std::system(line.c_str()), 0)  // NOLINT(concurrency-mt-unsafe, cert-env33-c)
            << command;
    }
    [[nodiscard]] static std::string name(unsigned x) {
        const std::string digits = std::to_string(x);
        return "share." + std::string(3 - digits.size(), '0') + digits;
    }
    test::TempFolder folder_;
};

TEST_F(GfshareTest, GfcombineRebuildsOurSecret) {
    const std::vector<RecoveryShare> shares = split_recovery_secret(secret_, 3, 5, random_);
    for (const std::size_t at : {1U, 2U, 4U}) {
        test::write_file(folder_ / name(shares[at].x), shares[at].y.reveal());
    }
    run("gfcombine -o secret share.002 share.003 share.005");
    EXPECT_TRUE(equal(test::read_file(folder_ / "secret"), secret_.reveal()));
}

TEST_F(GfshareTest, WeRebuildWhatGfsplitSplit) {
    test::write_file(folder_ / "secret", secret_.reveal());
    run("gfsplit -n 3 -m 5 secret share");
    std::vector<RecoveryShare> shares;
    for (unsigned x = 1; x < 256; ++x) {
        if (const Bytes y = test::read_file(folder_ / name(x)); !y.empty()) {
            shares.push_back({.threshold = 3,
                              .count = 255,
                              .x = static_cast<std::uint8_t>(x),
                              .set = {},
                              .y = SecretBytes::from(y)});
        }
    }
    ASSERT_EQ(shares.size(), 5U);
    EXPECT_TRUE(equal(combine_recovery_shares(shares).reveal(), secret_.reveal()));
}

}  // namespace
}  // namespace valv::sealed
