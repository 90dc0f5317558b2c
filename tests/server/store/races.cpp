#include <algorithm>
#include <barrier>
#include <cstdlib>
#include <functional>
#include <thread>

#include <gtest/gtest.h>

#include "crypto/core/merkle.h"
#include "tests/server/store/fixtures.h"

// What must hold when everybody comes at once. VALV_LONG=1: ten times as many rounds.
namespace valv::store::testing {
namespace {

constexpr int kThreads = 100;
constexpr int kRounds = 100;
constexpr int kLongRounds = 1000;

int rounds() {
    return std::getenv("VALV_LONG") != nullptr
               ? kLongRounds
               : kRounds;  // NOLINT(concurrency-mt-unsafe): no setenv
}

// The same threads for all rounds: work(round, thread) of one round starts at once, after
// prepare(round).
void race(int count, const std::function<void(int)>& prepare,
          const std::function<void(int, int)>& work) {
    const int last = rounds();
    int round = 0;
    prepare(round);
    std::barrier gate(count, [&]() noexcept {
        if (++round < last) {
            prepare(round);
        }
    });
    std::vector<std::thread> threads;
    for (int thread = 0; thread < count; ++thread) {
        threads.emplace_back([&, thread] {
            for (int mine = 0; mine < last; ++mine) {
                work(mine, thread);
                gate.arrive_and_wait();
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
}

std::string text(std::string_view what, int round, int thread = 0) {
    return std::string(what) + " " + std::to_string(round) + " " + std::to_string(thread);
}

}  // namespace

class RaceTest : public ::testing::TestWithParam<StoreKind> {
protected:
    Store& store() { return subject_.store(); }
    LinkRow link(int round, std::uint32_t max_opens) {
        LinkRow row = a_link(text("link", round));
        row.max_opens = max_opens;
        return row;
    }
    // The link of a round, with a challenge for each thread.
    void publish(const LinkRow& row, int round) {
        store().transact(TxKind::kWrite, [&](Tx& tx) {
            static_cast<void>(tx.links().insert(a_publication(row)));
            for (int thread = 0; thread < kThreads; ++thread) {
                tx.links().insert_challenge(row.link, hash_of(text("challenge", round, thread)),
                                            kNow + std::chrono::seconds(60), kNow);
            }
        });
    }
    OpenOutcome open(const LinkRow& row, int round, int thread, const std::string& holder) {
        const OpenAttempt attempt = an_attempt(row, text("challenge", round, thread), holder);
        return store().transact(TxKind::kWrite, [&](Tx& tx) {
            OpenOutcome outcome = tx.links().open(attempt);
            if (outcome.is_new_lease) {
                tx.log().append(vault_, an_entry(text("open", round, thread)));
            }
            return outcome;
        });
    }
    std::uint32_t opens_of(const LinkRow& row) {
        return store().transact(TxKind::kRead,
                                [&](Tx& tx) { return tx.links().find(row.link)->opens; });
    }
    // Size of the log, after its root was computed anew from its leaves.
    std::uint64_t checked_log_size() {
        return store().transact(TxKind::kRead, [&](Tx& tx) {
            const auto head = tx.log().head(vault_);
            const auto leaves = tx.log().leaf_hashes(vault_, 0, head.size + 1);
            EXPECT_EQ(leaves.size(), head.size);
            EXPECT_EQ(crypto::root_of(leaves), head.root);
            return head.size;
        });
    }
    VaultId vault_ = id_of<VaultId>("vault");

private:
    StoreUnderTest subject_{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(Every, RaceTest,
                         ::testing::Values(StoreKind::kMemory, StoreKind::kSqlite,
                                           StoreKind::kRerunSqlite),
                         [](const auto& tested) { return name_of(tested.param); });

TEST_P(RaceTest, AHundredStrangersAtAOneOpenLinkGetExactlyOneLease) {
    std::vector<std::atomic<int>> leases(static_cast<std::size_t>(rounds()));
    std::vector<std::atomic<int>> refused(static_cast<std::size_t>(rounds()));
    race(
        kThreads, [&](int round) { publish(link(round, 1), round); },
        [&](int round, int thread) {
            const auto outcome = open(link(round, 1), round, thread, text("holder", round, thread));
            leases[static_cast<std::size_t>(round)] += outcome.result == OpenResult::kLease ? 1 : 0;
            refused[static_cast<std::size_t>(round)] +=
                outcome.result == OpenResult::kUsedUp ? 1 : 0;
        });
    for (int round = 0; round < rounds(); ++round) {
        EXPECT_EQ(leases[static_cast<std::size_t>(round)], 1) << "round " << round;
        EXPECT_EQ(refused[static_cast<std::size_t>(round)], kThreads - 1) << "round " << round;
        EXPECT_EQ(opens_of(link(round, 1)), 1U) << "round " << round;
    }
    EXPECT_EQ(checked_log_size(), static_cast<std::uint64_t>(rounds()));
}

TEST_P(RaceTest, TwinsOfOneHolderAreCountedOnceAndShareTheLease) {
    std::atomic<int> fresh = 0;
    std::atomic<int> leases = 0;
    race(
        kThreads, [&](int round) { publish(link(round, 20), round); },
        [&](int round, int thread) {
            const auto outcome = open(link(round, 20), round, thread, text("holder", round));
            leases += outcome.result == OpenResult::kLease ? 1 : 0;
            fresh += outcome.is_new_lease ? 1 : 0;
        });
    EXPECT_EQ(leases, rounds() * kThreads);
    EXPECT_EQ(fresh, rounds());
    for (int round = 0; round < rounds(); ++round) {
        EXPECT_EQ(opens_of(link(round, 20)), 1U) << "round " << round;
    }
    EXPECT_EQ(checked_log_size(), static_cast<std::uint64_t>(rounds()));
}

TEST_P(RaceTest, ARecordRevisionIsAcceptedOnce) {
    const ChainKey chain{.vault = vault_,
                         .kind = NoteKind::kRecord,
                         .case_id = id_of<CaseId>("case"),
                         .object = octets_of("case")};
    std::vector<std::atomic<int>> winners(static_cast<std::size_t>(rounds()));
    std::optional<Hash> head;  // written between the rounds only
    const auto read_head = [&](int /*round*/) {
        const auto found =
            store().transact(TxKind::kRead, [&](Tx& tx) { return tx.notes().find_head(chain); });
        head = found ? std::optional(found->note_sha256) : std::nullopt;
    };
    race(kThreads, read_head, [&](int round, int thread) {
        const NoteRow note =
            a_note(static_cast<std::uint32_t>(round) + 1, text("note", round, thread));
        const bool won = store().transact(TxKind::kWrite, [&](Tx& tx) {
            const bool is_put = tx.notes().put_if(chain, head, note);
            if (is_put) {
                tx.log().append(vault_, an_entry(text("record", round, thread)));
            }
            return is_put;
        });
        winners[static_cast<std::size_t>(round)] += won ? 1 : 0;
    });
    for (int round = 0; round < rounds(); ++round) {
        EXPECT_EQ(winners[static_cast<std::size_t>(round)], 1) << "round " << round;
    }
    EXPECT_EQ(checked_log_size(), static_cast<std::uint64_t>(rounds()));
}

TEST_P(RaceTest, FiveSubmissionsOfAHundred) {
    const auto invitation = [](int round) {
        return id_of<InvitationId>(text("invitation", round));
    };
    std::atomic<int> taken = 0;
    race(
        kThreads,
        [&](int round) {
            store().transact(TxKind::kWrite, [&](Tx& tx) {
                return tx.enrolments().insert({.vault = vault_,
                                               .invitation = invitation(round),
                                               .expires_at = kNow + std::chrono::hours(1)});
            });
        },
        [&](int round, int thread) {
            const std::string submission = text("submission", round, thread);
            const auto count = store().transact(TxKind::kWrite, [&](Tx& tx) {
                return tx.enrolments().add_submission(vault_, invitation(round), submission, kNow);
            });
            taken += count ? 1 : 0;
        });
    EXPECT_EQ(taken, rounds() * 5);
}

TEST_P(RaceTest, AChallengeIsUsedOnceByWhoeverComesFirst) {
    std::atomic<int> answered = 0;
    race(
        kThreads, [&](int round) { publish(link(round, 20), round); },
        [&](int round, int thread) {
            const auto outcome = open(link(round, 20), round, 0, text("holder", round, thread));
            answered += outcome.result == OpenResult::kNoChallenge ? 0 : 1;
        });
    EXPECT_EQ(answered, rounds());
}

}  // namespace valv::store::testing
