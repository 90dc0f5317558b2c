#include "crypto/core/log_receipt.h"

#include <gtest/gtest.h>

#include "crypto/core/checkpoint.h"
#include "tests/crypto/expect_error.h"
#include "tests/crypto/seeded_random.h"

namespace valv::crypto {
namespace {

const std::string kEvent =
    "resvalv/v1/event\nkind link-open\nat 2026-03-01T09:00:00Z\nlink l\nnetwork 192.0.2.0/24\n";

TEST(LogEventTest, ReadsKindTimeAndFields) {
    const LogEvent event = parse_log_event(kEvent);
    EXPECT_EQ(event.kind, "link-open");
    EXPECT_EQ(to_text(event.at), "2026-03-01T09:00:00Z");
    EXPECT_EQ(event.find("network"), "192.0.2.0/24");
    EXPECT_FALSE(event.find("case"));
}

TEST(LogEventTest, RefusesWhatIsNoEvent) {
    for (const std::string text :
         {"", "resvalv/v2/event\nkind a\nat 2026-03-01T09:00:00Z\n", "resvalv/v1/event\nkind a\n",
          "resvalv/v1/event\nkind a\nat yesterday\n",
          "resvalv/v1/event\nkind a\nat 2026-03-01T09:00:00Z\nlink\n",
          "resvalv/v1/event\nkind a\nat 2026-03-01T09:00:00Z\nlink l"}) {
        EXPECT_EQ(test::error_of([&] { (void)parse_log_event(text); }), "malformed") << text;
    }
}

class LogReceiptTest : public testing::Test {
protected:
    LogReceiptTest() {
        std::vector<Hash> leaves;
        for (std::uint64_t index = 0; index < 11; ++index) {
            leaves.push_back(leaf_hash(be64(index)));
        }
        leaves[6] = log_leaf_hash(kEvent, receipt_.r);
        receipt_.proof = inclusion_proof(
            [&](unsigned height, std::uint64_t index) {
                const std::uint64_t width = std::uint64_t{1} << height;
                return root_of(std::span(leaves).subspan(index * width, width));
            },
            6, leaves.size());
        sign({.size = leaves.size(), .root = root_of(leaves)});
    }
    void sign(const TreeHead& head) {
        receipt_.checkpoint = as_text(sign_checkpoint({.origin = kOrigin, .head = head}, key_));
    }
    [[nodiscard]] std::string verify(const LogReceipt& receipt,
                                     std::string_view origin = kOrigin) const {
        return test::error_of(
            [&] { (void)verify_log_receipt(receipt, origin, key_.public_key()); });
    }
    static constexpr const char* kOrigin = "resvalv/v1/log/example";
    test::SeededRandom random_{"receipt"};
    SigningKey key_ = SigningKey::random(random_);
    LogReceipt receipt_{
        .event = kEvent, .r = Bytes(32, 5), .index = 6, .proof = {}, .checkpoint = {}};
};

TEST_F(LogReceiptTest, ComesBackAsItWasAndHolds) {
    const std::string text = encode_log_receipt(receipt_);
    EXPECT_TRUE(text.starts_with("c2sp.org/tlog-proof@v1\nextra BQUF")) << text;
    const LogReceipt read = decode_log_receipt(text);
    EXPECT_EQ(encode_log_receipt(read), text);
    EXPECT_EQ(verify(read), "nothing");
}

TEST_F(LogReceiptTest, AnotherEventNonceIndexOrHashIsInconsistent) {
    LogReceipt other = receipt_;
    other.event += "x y\n";
    EXPECT_EQ(verify(other), "tampered log_inconsistent");
    other = receipt_;
    other.r[0] ^= 1U;
    EXPECT_EQ(verify(other), "tampered log_inconsistent");
    other = receipt_;
    other.index = 7;
    EXPECT_EQ(verify(other), "tampered log_inconsistent");
    for (std::size_t at = 0; at < receipt_.proof.size(); ++at) {
        other = receipt_;
        other.proof[at][9] ^= 1U;
        EXPECT_EQ(verify(other), "tampered log_inconsistent") << at;
    }
    other = receipt_;
    other.proof.pop_back();
    EXPECT_EQ(verify(other), "tampered log_inconsistent");
}

TEST_F(LogReceiptTest, AnotherLogOrKeyIsNoSignature) {
    EXPECT_EQ(verify(receipt_, "resvalv/v1/log/other"), "tampered log_signature_invalid");
    key_ = SigningKey::random(random_);
    EXPECT_EQ(verify(receipt_), "tampered log_signature_invalid");
}

TEST_F(LogReceiptTest, EveryTruncationIsRefused) {
    const std::string text = encode_log_receipt(receipt_);
    for (std::size_t length = 0; length < text.size(); ++length) {
        const std::string_view part = std::string_view(text).substr(0, length);
        EXPECT_NE(test::error_of([&] {
                      (void)verify_log_receipt(decode_log_receipt(part), kOrigin,
                                               key_.public_key());
                  }),
                  "nothing")
            << length;
    }
}

TEST_F(LogReceiptTest, AnotherFormIsMalformed) {
    const std::string text = encode_log_receipt(receipt_);
    const auto with = [&](std::string_view from, std::string_view to) {
        std::string changed = text;
        changed.replace(changed.find(from), from.size(), to);
        return test::error_of([&] { (void)decode_log_receipt(changed); });
    };
    EXPECT_EQ(with("@v1", "@v2"), "malformed");
    EXPECT_EQ(with("extra ", "extra  "), "malformed");
    EXPECT_EQ(with("extra B", "extra "), "malformed");
    EXPECT_EQ(with("index 6", "index 06"), "malformed");
    EXPECT_EQ(with("index 6\n", ""), "malformed");
    EXPECT_EQ(with("index 6\n", "index 6\nAAAA\n"), "malformed");
}

}  // namespace
}  // namespace valv::crypto
