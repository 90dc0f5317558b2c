#pragma once

#include <algorithm>
#include <stdexcept>

#include <gtest/gtest.h>

#include "common/base/error.h"
#include "tests/server/store/fixtures.h"

// The contract of server/store/store.h, for every store.
namespace valv::store::testing {

class StoreContract : public ::testing::TestWithParam<StoreKind> {
protected:
    Store& store() { return subject_.store(); }
    template <typename Fn>
    auto write(Fn fn) {
        return store().transact(TxKind::kWrite, fn);
    }
    template <typename Fn>
    auto read(Fn fn) {
        return store().transact(TxKind::kRead, fn);
    }
    // Runs fn and throws out of it: nothing of it may stand.
    template <typename Fn>
    void write_and_throw(Fn fn) {
        EXPECT_THROW(store().transact(TxKind::kWrite,
                                      [&](Tx& tx) {
                                          fn(tx);
                                          throw std::runtime_error("planned");
                                      }),
                     std::runtime_error);
    }

    VaultId vault_ = id_of<VaultId>("vault");
    VaultId other_vault_ = id_of<VaultId>("other vault");
    CaseId case_ = id_of<CaseId>("case");
    CaseId other_case_ = id_of<CaseId>("other case");

private:
    StoreUnderTest subject_{GetParam()};
};

// The code of the Error that fn throws, or nothing.
template <typename Fn>
[[nodiscard]] std::optional<ErrorCode> code_thrown_by(Fn fn) {
    try {
        fn();
    } catch (const Error& error) {
        return error.code();
    }
    return std::nullopt;
}

}  // namespace valv::store::testing

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage): GoogleTest's own macro needs a name for each
// suite.
#define VALV_FOR_EVERY_STORE(Suite)                                                               \
    INSTANTIATE_TEST_SUITE_P(Every, Suite,                                                        \
                             ::testing::Values(StoreKind::kMemory, StoreKind::kSqlite,            \
                                               StoreKind::kRerunMemory, StoreKind::kRerunSqlite), \
                             [](const auto& tested) { return name_of(tested.param); })
