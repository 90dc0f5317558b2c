#include "tests/server/store/contract/contract.h"

namespace valv::store::testing {

class RequestContract : public StoreContract {
protected:
    RequestRow row(std::string_view reply = "reply") {
        return {.key = id_of<RequestKey>("key"),
                .principal = "device POST /v1/vaults",
                .body_sha256 = hash_of("body"),
                .reply = std::string(reply),
                .expires_at = kNow + std::chrono::hours(24)};
    }
    void insert(const RequestRow& request) {
        write([&](Tx& tx) { tx.requests().insert(request); });
    }
    std::optional<RequestRow> find(std::string_view principal, Instant now = kNow) {
        return read([&](Tx& tx) { return tx.requests().find(row().key, principal, now); });
    }
};
VALV_FOR_EVERY_STORE(RequestContract);

TEST_P(RequestContract, FindsTheFirstReply) {
    EXPECT_FALSE(find(row().principal));
    insert(row());
    const auto found = find(row().principal);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->key, row().key);
    EXPECT_EQ(found->principal, row().principal);
    EXPECT_EQ(found->body_sha256, hash_of("body"));
    EXPECT_EQ(found->reply, "reply");
    EXPECT_EQ(found->expires_at, row().expires_at);
}

TEST_P(RequestContract, AnotherPrincipalHasItsOwnKey) {
    insert(row());
    EXPECT_FALSE(find("somebody else"));
    RequestRow other = row("other reply");
    other.principal = "somebody else";
    insert(other);
    EXPECT_EQ(find("somebody else")->reply, "other reply");
    EXPECT_EQ(find(row().principal)->reply, "reply");
}

TEST_P(RequestContract, AKeyThatStandsIsRefused) {
    insert(row());
    EXPECT_EQ(code_thrown_by([&] { insert(row("second")); }), ErrorCode::kConflict);
    EXPECT_EQ(find(row().principal)->reply, "reply");
}

TEST_P(RequestContract, AnExpiredKeyIsAbsentAndMayBeReplaced) {
    insert(row());
    EXPECT_FALSE(find(row().principal, row().expires_at));
    RequestRow next = row("second");
    next.expires_at += std::chrono::hours(24);
    insert(next);
    EXPECT_EQ(find(row().principal, row().expires_at)->reply, "second");
}

TEST_P(RequestContract, ARolledBackRequestIsAbsent) {
    write_and_throw([&](Tx& tx) { tx.requests().insert(row()); });
    EXPECT_FALSE(find(row().principal));
}

TEST_P(RequestContract, RemovesWhatExpiredBefore) {
    insert(row());
    write([&](Tx& tx) { tx.requests().remove_expired(row().expires_at); });
    EXPECT_TRUE(find(row().principal));
    write(
        [&](Tx& tx) { tx.requests().remove_expired(row().expires_at + std::chrono::seconds(1)); });
    EXPECT_FALSE(find(row().principal));
}

}  // namespace valv::store::testing
