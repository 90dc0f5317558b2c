#include "tests/server/store/contract/contract.h"

namespace valv::store::testing {

class TransactionContract : public StoreContract {};
VALV_FOR_EVERY_STORE(TransactionContract);

TEST_P(TransactionContract, GivesBackWhatTheFunctionReturns) {
    EXPECT_EQ(write([](Tx&) { return 7; }), 7);
    EXPECT_EQ(read([](Tx&) { return std::string("seven"); }), "seven");
}

TEST_P(TransactionContract, AFunctionSeesItsOwnWrites) {
    const bool is_seen = write([&](Tx& tx) {
        tx.raise_time(kNow);
        return tx.time_high_water() == kNow;
    });
    EXPECT_TRUE(is_seen);
}

TEST_P(TransactionContract, AnExceptionPassesOnAndLeavesNothing) {
    write_and_throw([](Tx& tx) { tx.raise_time(kNow); });
    EXPECT_EQ(read([](Tx& tx) { return tx.time_high_water(); }), Instant{});
}

TEST_P(TransactionContract, AnExceptionUndoesOnlyItsOwnTransaction) {
    write([](Tx& tx) { tx.raise_time(kNow); });
    write_and_throw([](Tx& tx) { tx.raise_time(kNow + std::chrono::hours(1)); });
    EXPECT_EQ(read([](Tx& tx) { return tx.time_high_water(); }), kNow);
}

TEST_P(TransactionContract, AnErrorKeepsItsCode) {
    const auto refuse = [this] {
        write([](Tx&) { throw Error(ErrorCode::kStorageFull, "quota"); });
    };
    EXPECT_EQ(code_thrown_by(refuse), ErrorCode::kStorageFull);
    EXPECT_TRUE(store().is_writable());
}

TEST_P(TransactionContract, AStoreGoesOnAfterAFailedFunction) {
    write_and_throw([](Tx&) {});
    write([](Tx& tx) { tx.raise_time(kNow); });
    EXPECT_EQ(read([](Tx& tx) { return tx.time_high_water(); }), kNow);
}

TEST_P(TransactionContract, AReadTransactionCannotWrite) {
    const auto cheat = [this] { read([](Tx& tx) { tx.raise_time(kNow); }); };
    EXPECT_EQ(code_thrown_by(cheat), ErrorCode::kStore);
    EXPECT_EQ(read([](Tx& tx) { return tx.time_high_water(); }), Instant{});
}

TEST_P(TransactionContract, AReadThatThrowsLeavesTheNextOneAlone) {
    const auto absent = [this] { read([](Tx&) { throw Error(ErrorCode::kNotFound, "absent"); }); };
    EXPECT_EQ(code_thrown_by(absent), ErrorCode::kNotFound);
    write([](Tx& tx) { tx.raise_time(kNow); });
    EXPECT_EQ(read([](Tx& tx) { return tx.time_high_water(); }), kNow);
}

TEST_P(TransactionContract, TimeNeverGoesBack) {
    write([](Tx& tx) { tx.raise_time(kNow); });
    write([](Tx& tx) { tx.raise_time(kNow - std::chrono::hours(1)); });
    EXPECT_EQ(read([](Tx& tx) { return tx.time_high_water(); }), kNow);
}

TEST_P(TransactionContract, AFaultBeforeTheCommitLeavesNothing) {
    FaultStore faulty(store());
    faulty.fail_write(FaultPoint::kBeforeCommit);
    const auto raise = [&] {
        faulty.transact(TxKind::kWrite, [](Tx& tx) { tx.raise_time(kNow); });
    };
    EXPECT_EQ(code_thrown_by(raise), ErrorCode::kUnavailable);
    EXPECT_EQ(read([](Tx& tx) { return tx.time_high_water(); }), Instant{});
}

TEST_P(TransactionContract, AFaultAfterTheCommitLeavesTheWrite) {
    FaultStore faulty(store());
    faulty.fail_write(FaultPoint::kAfterCommit);
    const auto raise = [&] {
        faulty.transact(TxKind::kWrite, [](Tx& tx) { tx.raise_time(kNow); });
    };
    EXPECT_EQ(code_thrown_by(raise), ErrorCode::kUnavailable);
    EXPECT_EQ(read([](Tx& tx) { return tx.time_high_water(); }), kNow);
}

}  // namespace valv::store::testing
