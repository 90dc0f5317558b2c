// Erasure when it is due, by the server's own clock, and what is left of it on the disk.
#include "server/service/case_erasure.h"

#include <gtest/gtest.h>

#include "crypto/core/merkle.h"
#include "server/service/housekeeping.h"
#include "server/store/check.h"
#include "server/store/rerun_store.h"
#include "tests/common/temp_folder.h"
#include "tests/server/service/erased_case.h"
#include "tests/server/service/file_bench.h"

namespace valv::service {
namespace {

using store::Tx;
using store::TxKind;
using test::ErasedCase;
using test::FileBench;
using test::is_in_any_file;

constexpr std::chrono::hours kYear{24 * 365};

// ---- when: over memory ----

class DueTest : public testing::Test {
protected:
    void SetUp() override {
        case_.make(bench_.environment, bench_.clock.now());
        other_.make(bench_.environment, bench_.clock.now());
    }
    bool is_erased(const ErasedCase& erased) {
        return bench_.store.transact(TxKind::kRead, [&](Tx& tx) {
            const auto row = tx.erasures().find(vault_, erased.id());
            return row && row->is_finished;
        });
    }
    bool has_key(const ErasedCase& of) {
        return bench_.erasure_keys.find(erasure_key_id(of.id())).has_value();
    }
    Instant due() const { return due_; }

    test::Bench bench_;
    VaultId vault_ = VaultId::random(bench_.random);
    ErasedCase case_{vault_, "due"};
    ErasedCase other_{vault_, "other"};
    Instant due_ = bench_.clock.now() + kYear;
    Housekeeping housekeeping_{bench_.environment, bench_.logger};
};

TEST_F(DueTest, NobodyDecidedSoNothingIsErased) {
    bench_.clock.advance(10 * kYear);
    housekeeping_.run_once();
    EXPECT_FALSE(is_erased(case_));
    EXPECT_TRUE(has_key(case_));
}

TEST_F(DueTest, ACaseGoesAtItsInstantAndNotBefore) {
    case_.decide(bench_.environment, due());
    bench_.clock.advance(kYear - std::chrono::seconds(1));
    housekeeping_.run_once();
    EXPECT_FALSE(is_erased(case_));
    bench_.clock.advance(std::chrono::seconds(1));
    housekeeping_.run_once();
    EXPECT_TRUE(is_erased(case_));
    EXPECT_FALSE(has_key(case_));
    EXPECT_FALSE(bench_.erasure_keys.find(erasure_key_id(case_.link())).has_value());
    EXPECT_FALSE(is_erased(other_));
    EXPECT_TRUE(has_key(other_));
}

TEST_F(DueTest, AHoldStopsIt) {
    case_.decide(bench_.environment, due(), case_.member());
    bench_.clock.advance(2 * kYear);
    housekeeping_.run_once();
    EXPECT_FALSE(is_erased(case_));
    case_.decide(bench_.environment, due());
    housekeeping_.run_once();
    EXPECT_TRUE(is_erased(case_));
}

TEST_F(DueTest, WhatIsDueStaysDueWhenTheClockGoesBack) {
    bench_.clock.advance(kYear);
    housekeeping_.run_once();
    bench_.clock.set(bench_.clock.now() - kYear);
    case_.decide(bench_.environment, due());
    housekeeping_.run_once();
    EXPECT_TRUE(is_erased(case_));
}

TEST_F(DueTest, AClockThatJumpedErasesNothingAndSaysSo) {
    case_.decide(bench_.environment, due());
    bench_.clock.set(due());
    housekeeping_.run_once();
    EXPECT_FALSE(is_erased(case_));
    EXPECT_NE(bench_.lines.find("the clock jumped"), std::string::npos);
}

TEST_F(DueTest, TheLogSaysWhoDecidedAndHowManyPapers) {
    case_.decide(bench_.environment, due());
    bench_.clock.advance(kYear);
    housekeeping_.run_once();
    bench_.store.transact(TxKind::kRead, [&](Tx& tx) {
        const auto row = tx.erasures().find(vault_, case_.id()).value();
        EXPECT_EQ(row.event.substr(0, row.event.find("note_sha256")),
                  "resvalv/v1/event\nkind erasure\nat " + to_text(due()) + "\ncase " +
                      case_.id().text() + "\ndevice " + case_.member().text() + "\ndocuments 1\n");
        const auto leaf = tx.log().find_leaf(vault_, row.leaf_hash, row.log_size);
        ASSERT_TRUE(leaf.has_value());
        EXPECT_EQ(tx.log().entries(vault_, *leaf, 1).front().event, row.event);
    });
}

TEST_F(DueTest, TheLogKeepsTheLeavesOfTheCaseAndNotItsEvents) {
    const auto leaves = [&](Tx& tx) { return tx.log().leaf_hashes(vault_, 0, 2); };
    const auto before = bench_.store.transact(TxKind::kRead, leaves);
    case_.decide(bench_.environment, due());
    bench_.clock.advance(kYear);
    housekeeping_.run_once();
    EXPECT_EQ(bench_.store.transact(TxKind::kRead, leaves), before);
    const auto entries = bench_.store.transact(
        TxKind::kRead, [&](Tx& tx) { return tx.log().entries(vault_, 0, 2); });
    EXPECT_EQ(entries[0].event, "");
    EXPECT_NE(entries[1].event, "") << "of the other case";
}

TEST_F(DueTest, AnErasureThatFailsAnywhereIsFinishedByTheNextRound) {
    case_.decide(bench_.environment, due());
    bench_.clock.advance(kYear);
    std::size_t failures = 0;
    for (const store::FaultPoint point :
         {store::FaultPoint::kBeforeCommit, store::FaultPoint::kAfterCommit}) {
        for (std::size_t after = 0; after < 6; ++after) {
            store::FaultStore faulty(bench_.store);
            Environment environment{.store = faulty,
                                    .blobs = bench_.blobs,
                                    .erasure_keys = bench_.erasure_keys,
                                    .log_keys = bench_.log_keys,
                                    .tokens = bench_.tokens,
                                    .time = bench_.time,
                                    .random = bench_.random,
                                    .quotas = {}};
            faulty.fail_write(point, after);
            try {
                Housekeeping(environment, bench_.logger).run_once();
            } catch (const Error& error) {
                EXPECT_EQ(error.code(), ErrorCode::kUnavailable);
                ++failures;
            }
        }
    }
    EXPECT_GT(failures, 3U);
    housekeeping_.run_once();
    EXPECT_TRUE(is_erased(case_));
    EXPECT_FALSE(has_key(case_));
    EXPECT_EQ(bench_.store.transact(TxKind::kRead,
                                    [&](Tx& tx) { return tx.erasures().list(vault_).size(); }),
              1U);
}

// ---- what is left: over files ----

class ErasedFilesTest : public testing::Test {
protected:
    // With the vault's row, made when it is new.
    std::unique_ptr<FileBench> open(const std::filesystem::path& data) {
        auto bench = std::make_unique<FileBench>(data, clock_, random_);
        bench->store.transact(TxKind::kWrite, [&](Tx& tx) {
            const crypto::Hash token = crypto::sha256(as_bytes("token"));
            tx.vaults().insert_token(token, clock_.now() + std::chrono::hours(1));
            VALV_CHECK(tx.vaults().claim_token(
                token, {.vault = vault_, .log_key = Bytes(32), .created_at = clock_.now()},
                clock_.now()));
        });
        return bench;
    }
    void erase_due(FileBench& bench) {
        case_.decide(bench.environment, clock_.now());
        Housekeeping(bench.environment, logger_).run_once();
    }
    std::size_t traces_in(const std::filesystem::path& folder, const ErasedCase& of) const {
        return static_cast<std::size_t>(std::ranges::count_if(
            of.traces(), [&](const Bytes& octets) { return is_in_any_file(folder, octets); }));
    }

    valv::test::TempFolder folder_;
    std::filesystem::path data_ = folder_ / "data";
    test::HandClock clock_;
    valv::test::SeededRandom random_{"server/service/erasures"};
    std::string lines_;
    Logger logger_{clock_, [this](std::string_view line) { lines_ += line; }, LogLevel::kDebug};
    VaultId vault_ = VaultId::random(random_);
    ErasedCase case_{vault_, "erased"};
    ErasedCase other_{vault_, "kept"};
};

TEST_F(ErasedFilesTest, NoFileHoldsAKeyAMaskedObjectOrCiphertextOfTheCase) {
    const auto bench = open(data_);
    case_.make(bench->environment, clock_.now());
    other_.make(bench->environment, clock_.now());
    ASSERT_EQ(traces_in(data_, case_), case_.traces().size()) << "the scan finds what is there";
    erase_due(*bench);
    EXPECT_EQ(traces_in(data_, case_), 0U);
    EXPECT_EQ(traces_in(data_, other_), other_.traces().size());
    const auto report =
        store::check_store(bench->store, bench->blobs, bench->erasure_keys, store::ReadData::kNo);
    EXPECT_EQ(report.erasures, 1U);
    EXPECT_EQ(report.orphan_blobs + report.orphan_keys, 0U);
}

// A backup of the main store, put back beside today's erasure keys.
TEST_F(ErasedFilesTest, ARestoredBackupOpensNothingAndTheCheckSaysSo) {
    {
        const auto bench = open(data_);
        case_.make(bench->environment, clock_.now());
    }
    const auto copy = folder_ / "backup";
    std::filesystem::create_directory(copy);
    std::filesystem::copy(data_ / "store.db", copy / "store.db");
    std::filesystem::copy(data_ / "blobs", copy / "blobs",
                          std::filesystem::copy_options::recursive);
    erase_due(*open(data_));
    std::filesystem::remove(data_ / "store.db-wal");
    std::filesystem::remove(data_ / "store.db-shm");
    std::filesystem::copy(copy / "store.db", data_ / "store.db",
                          std::filesystem::copy_options::overwrite_existing);
    std::filesystem::copy(copy / "blobs", data_ / "blobs",
                          std::filesystem::copy_options::recursive |
                              std::filesystem::copy_options::overwrite_existing);
    const auto restored = open(data_);
    EXPECT_FALSE(restored->erasure_keys.find(erasure_key_id(case_.id())).has_value());
    EXPECT_FALSE(restored->erasure_keys.find(erasure_key_id(case_.link())).has_value());
    const auto report = store::check_store(restored->store, restored->blobs, restored->erasure_keys,
                                           store::ReadData::kNo);
    EXPECT_TRUE(std::ranges::any_of(report.faults, [&](const std::string& fault) {
        return fault.find("case " + case_.id().text()) != std::string::npos &&
               fault.find("nothing in it opens") != std::string::npos;
    }));
}

}  // namespace
}  // namespace valv::service
