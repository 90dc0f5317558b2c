#pragma once

#include "tests/server/store/contract/contract.h"

namespace valv::store::testing {

using std::chrono::minutes;
using std::chrono::seconds;

// A link and what comes to it.
class LeaseFixture : public StoreContract {
protected:
    void SetUp() override { publish(link_); }
    void publish(const LinkRow& row) {
        link_ = row;
        EXPECT_TRUE(write([&](Tx& tx) { return tx.links().insert(a_publication(row)); }));
    }
    // A new challenge, valid for a minute from `now`.
    std::string challenge(Instant now) {
        std::string name = "challenge " + std::to_string(++challenges_);
        write([&](Tx& tx) {
            tx.links().insert_challenge(link_.link, hash_of(name), now + seconds(60), now);
        });
        return name;
    }
    OpenAttempt attempt(std::string_view holder, Instant now = kNow) {
        OpenAttempt made = an_attempt(link_, challenge(now), holder);
        made.now = now;
        return made;
    }
    OpenOutcome open(const OpenAttempt& made) {
        return write([&](Tx& tx) { return tx.links().open(made); });
    }
    OpenOutcome open(std::string_view holder, Instant now = kNow) {
        return open(attempt(holder, now));
    }
    OpenOutcome open_wrongly(Instant now = kNow, std::string_view network = "203.0.113.0/24") {
        OpenAttempt made = attempt("stranger", now);
        made.network = network;
        made.signature_is_right = false;
        return open(made);
    }
    void fail_times(int count, std::string_view network = "203.0.113.0/24") {
        for (int number = 0; number < count; ++number) {
            EXPECT_EQ(open_wrongly(kNow, network).result, OpenResult::kWrongCode);
        }
    }
    LinkRow find() {
        return read([&](Tx& tx) { return tx.links().find(link_.link); }).value();
    }
    std::optional<LeaseRow> live_lease(std::string_view holder, Instant now = kNow) {
        return read(
            [&](Tx& tx) { return tx.links().find_live_lease(link_.link, hash_of(holder), now); });
    }
    std::vector<OpenedRow> opened() {
        return read([&](Tx& tx) { return tx.links().opened(link_.link); });
    }
    LinkRow link_ = a_link("link");

private:
    int challenges_ = 0;
};

}  // namespace valv::store::testing
