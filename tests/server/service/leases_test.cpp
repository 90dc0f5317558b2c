#include "server/service/leases.h"

#include <gtest/gtest.h>

#include "common/base/encoding.h"
#include "common/protocol/wire_error.h"
#include "crypto/core/checkpoint.h"
#include "crypto/core/log_receipt.h"
#include "server/service/link_open.h"
#include "tests/server/service/bench.h"

namespace valv::service {
namespace {

using protocol::EndReason;

class LeasesTest : public testing::Test {
protected:
    protocol::Lease open(const test::TestLink& link, std::uint8_t holder,
                         std::string_view address = "203.0.113.7", bool is_right = true) {
        const LinkId& id = link.rows.link.link;
        const Bytes challenge = leases_.hello({.id = id, .probe = link.probe}).challenge;
        const Bytes secret(limits::kSecretBytes, holder);
        crypto::Signature signature =
            link.auth.sign(link_open_message(id, challenge, crypto::sha256(secret)));
        signature[0] ^= is_right ? 0 : 1;
        return leases_.open(
            {.id = id, .challenge = challenge, .holder = secret, .signature = to_bytes(signature)},
            address);
    }
    // Why it was refused; the code's own name where no reason stands.
    template <typename Fn>
    std::string refusal(Fn fn) {
        try {
            (void)fn();
        } catch (const protocol::Refusal& refused) {
            const auto& reason = refused.details().reason;
            return std::string(reason ? to_string(*reason) : to_string(refused.code()));
        } catch (const Error& error) {
            return std::string(to_string(error.code()));
        }
        return "accepted";
    }
    protocol::Bearer bearer(const test::TestLink& link, std::uint8_t holder) {
        return {.link = link.rows.link.link, .holder = Bytes(limits::kSecretBytes, holder)};
    }

    test::Bench bench_;
    Leases leases_{bench_.environment};
};

TEST_F(LeasesTest, TheSameHolderComesBackToTheSameLease) {
    const test::TestLink link = test::publish_link(bench_);
    const protocol::Lease first = open(link, 1);
    const protocol::Lease again = open(link, 1);
    EXPECT_EQ(again.screen_key, first.screen_key);
    EXPECT_EQ(again.opens, 1U);
    EXPECT_EQ(refusal([&] { return open(link, 2); }), "used_up");
}

TEST_F(LeasesTest, WhoLacksTheProbeReadsNothing) {
    const test::TestLink link = test::publish_link(bench_);
    const Bytes wrong(limits::kSecretBytes, 8);
    EXPECT_EQ(refusal([&] { return leases_.hello({.id = link.rows.link.link, .probe = wrong}); }),
              "not_found");
    EXPECT_EQ(refusal([&] {
                  return leases_.hello({.id = LinkId::random(bench_.random), .probe = link.probe});
              }),
              "not_found");
}

TEST_F(LeasesTest, FiveWrongCodesMakeANetworkWaitAndNobodyElse) {
    const test::TestLink link = test::publish_link(bench_, 5);
    for (std::uint32_t wrong = 0; wrong < limits::kFailuresToWait; ++wrong) {
        EXPECT_EQ(refusal([&] { return open(link, 9, "203.0.113.7", false); }), "wrong_code");
    }
    EXPECT_EQ(refusal([&] { return open(link, 1, "203.0.113.200"); }), "waiting");
    EXPECT_EQ(refusal([&] { return open(link, 1, "198.51.100.7"); }), "accepted");
    bench_.clock.advance(limits::kFirstWait);
    EXPECT_EQ(refusal([&] { return open(link, 2, "203.0.113.200"); }), "accepted");
}

TEST_F(LeasesTest, AHundredWrongCodesLockTheLinkButNotALiveLease) {
    const test::TestLink link = test::publish_link(bench_, 5);
    (void)open(link, 1, "192.0.2.1");
    for (std::uint32_t wrong = 0; wrong < limits::kFailuresToLock; ++wrong) {
        (void)refusal([&] { return open(link, 9, "10." + std::to_string(wrong) + ".0.1", false); });
    }
    EXPECT_EQ(refusal([&] { return open(link, 2, "198.51.100.7"); }), "locked");
    EXPECT_EQ(refusal([&] { return open(link, 1, "192.0.2.1"); }), "accepted");
    EXPECT_EQ(refusal([&] { return leases_.package(bearer(link, 1)); }), "accepted");
}

// docs/formats.md section 9: what a recipient checks before anything is shown.
TEST_F(LeasesTest, TheReceiptProvesTheOpenThatGaveTheLease) {
    const test::TestLink link = test::publish_link(bench_, 5);
    (void)open(link, 1);
    (void)open(link, 2);
    (void)open(link, 1);  // comes back: no entry of its own
    const VaultId& vault = link.rows.link.vault;
    const crypto::VerifyKey key = bench_.log_keys.find(vault)->public_key();
    for (const std::uint8_t holder : {std::uint8_t{1}, std::uint8_t{2}}) {
        const crypto::LogReceipt receipt =
            crypto::decode_log_receipt(as_text(leases_.receipt(bearer(link, holder))));
        const crypto::LogEvent event =
            crypto::verify_log_receipt(receipt, crypto::log_origin(vault), key);
        EXPECT_EQ(event.kind, "link-open");
        EXPECT_EQ(event.find("link"), link.rows.link.link.text());
        EXPECT_EQ(event.find("holder_sha256"),
                  to_base64(crypto::sha256(Bytes(limits::kSecretBytes, holder))));
    }
    EXPECT_EQ(refusal([&] { return leases_.receipt(bearer(link, 3)); }), "unauthenticated");
}

// Whoever has the URL could try codes against a signature (docs/protocol.md section 6).
TEST_F(LeasesTest, NoEventHoldsTheSignatureOfAnOpen) {
    const test::TestLink link = test::publish_link(bench_, 5);
    (void)open(link, 1);
    const auto entries = bench_.store.transact(store::TxKind::kRead, [&](store::Tx& tx) {
        return tx.log().entries(link.rows.link.vault, 0, 10);
    });
    ASSERT_EQ(entries.size(), 1U);
    const crypto::LogEvent event = crypto::parse_log_event(entries[0].event);
    std::vector<std::string> keys;
    for (const auto& [key, value] : event.fields) {
        keys.push_back(key);
    }
    EXPECT_EQ(keys, (std::vector<std::string>{"link", "holder_sha256", "challenge", "network"}));
}

TEST_F(LeasesTest, APartIsWithheldUntilItsTimeAndAfterIt) {
    const test::TestLink link = test::publish_link(bench_, 5);
    (void)open(link, 1);
    EXPECT_EQ(refusal([&] { return leases_.part(bearer(link, 1), 1); }), "not_yet");
    bench_.clock.advance(std::chrono::hours(1));
    (void)open(link, 1);
    EXPECT_EQ(as_text(leases_.part(bearer(link, 1), 1).file), "part");
    bench_.clock.advance(std::chrono::hours(1));
    (void)open(link, 1);
    EXPECT_EQ(refusal([&] { return leases_.part(bearer(link, 1), 1); }), "expired");
}

TEST_F(LeasesTest, AnExpiredLinkStaysExpiredWhenTheClockGoesBack) {
    const test::TestLink link = test::publish_link(bench_);
    bench_.clock.advance(std::chrono::hours(24));
    EXPECT_EQ(refusal([&] { return open(link, 1); }), "expired");
    bench_.clock.advance(-std::chrono::hours(24));
    EXPECT_EQ(refusal([&] { return open(link, 1); }), "expired");
}

TEST_F(LeasesTest, ALinkWhoseErasureKeyIsGoneOpensForNobody) {
    const test::TestLink link = test::publish_link(bench_);
    bench_.erasure_keys.destroy(erasure_key_id(link.rows.link.link));
    EXPECT_EQ(refusal([&] { return open(link, 1); }), "wrong_code");
}

}  // namespace
}  // namespace valv::service
