#include "server/service/once.h"

#include <gtest/gtest.h>

#include "common/base/error.h"
#include "tests/server/service/bench.h"

namespace valv::service {
namespace {

Once a_call(test::Bench& bench, std::string_view body = "body",
            std::string principal = "caller POST /route") {
    return {.key = RequestKey::random(bench.random),
            .principal = std::move(principal),
            .body_sha256 = crypto::sha256(as_bytes(body))};
}

// Runs the call and counts how often it really ran.
std::string run(test::Bench& bench, const Once& once, int& runs) {
    return bench.store.transact(store::TxKind::kWrite, [&](store::Tx& tx) {
        return run_once(tx, once, bench.clock.now(),
                        [&](store::Tx& /*tx*/) { return "reply " + std::to_string(++runs); });
    });
}

TEST(OnceTest, TheSameCallGetsItsFirstReply) {
    test::Bench bench;
    const Once once = a_call(bench);
    int runs = 0;
    EXPECT_EQ(run(bench, once, runs), "reply 1");
    EXPECT_EQ(run(bench, once, runs), "reply 1");
}

TEST(OnceTest, AnotherBodyUnderTheSameKeyIsRefused) {
    test::Bench bench;
    Once once = a_call(bench);
    int runs = 0;
    (void)run(bench, once, runs);
    once.body_sha256 = crypto::sha256(as_bytes("another body"));
    try {
        (void)run(bench, once, runs);
        FAIL() << "it ran";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::kKeyReused);
    }
}

TEST(OnceTest, AnotherCallerWithTheSameKeyIsAnotherCall) {
    test::Bench bench;
    Once once = a_call(bench);
    int runs = 0;
    (void)run(bench, once, runs);
    once.principal = "another POST /route";
    EXPECT_EQ(run(bench, once, runs), "reply 2");
}

TEST(OnceTest, AKeyIsForgottenAfterADay) {
    test::Bench bench;
    const Once once = a_call(bench);
    int runs = 0;
    (void)run(bench, once, runs);
    bench.clock.advance(limits::kRequestKeyLifetime);
    EXPECT_EQ(run(bench, once, runs), "reply 2");
}

TEST(OnceTest, ACallWithoutAKeyRunsEachTime) {
    test::Bench bench;
    Once once = a_call(bench);
    once.key.reset();
    int runs = 0;
    (void)run(bench, once, runs);
    EXPECT_EQ(run(bench, once, runs), "reply 2");
}

}  // namespace
}  // namespace valv::service
