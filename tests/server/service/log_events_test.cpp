#include "server/service/log_events.h"

#include <gtest/gtest.h>

#include "crypto/core/merkle.h"

namespace valv::service {
namespace {

TEST(LogEventsTest, AnEventIsLinesInTheOrderOfItsFields) {
    Event event("link-revoked", parse_instant("2026-03-01T09:00:00Z"));
    event.field("case", std::string_view("c"))
        .field("number", std::uint64_t{7})
        .octets("sha256", Bytes{0xff, 0xfe});
    EXPECT_EQ(event.text(),
              "resvalv/v1/event\nkind link-revoked\nat 2026-03-01T09:00:00Z\ncase c\nnumber "
              "7\nsha256 //4=\n");
}

// docs/formats.md section 9: leaf data = 01 ‖ HMAC-SHA-256(r, event).
TEST(LogEventsTest, TheLeafCommitsToTheEventAndSaysNothingWithoutItsNonce) {
    const Event event("enrolment", parse_instant("2026-03-01T09:00:00Z"));
    const Bytes nonce(32, 5);
    const store::LogEntry entry = log_entry(event, nonce);
    const crypto::Hash commitment = crypto::hmac_sha256(nonce, {as_bytes(event.text())});
    EXPECT_EQ(entry.leaf_hash, crypto::leaf_hash(concat({Bytes{0x01}, commitment})));
    EXPECT_NE(entry.leaf_hash, log_entry(event, Bytes(32, 6)).leaf_hash);
}

}  // namespace
}  // namespace valv::service
