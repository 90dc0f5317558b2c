#include "tests/server/store/contract/contract.h"

namespace valv::store::testing {

class LinkContract : public StoreContract {
protected:
    bool insert(const LinkRow& row) {
        return write([&](Tx& tx) { return tx.links().insert(a_publication(row)); });
    }
    LinkRow find(const LinkRow& row) {
        return read([&](Tx& tx) { return tx.links().find(row.link); }).value();
    }
    bool revoke(const LinkRow& row, Instant now = kNow) {
        return write(
            [&](Tx& tx) { return tx.links().revoke(row.vault, row.case_id, row.link, now); });
    }
    void challenge(const LinkRow& row, std::string_view name) {
        write([&](Tx& tx) {
            tx.links().insert_challenge(row.link, hash_of(name), kNow + std::chrono::seconds(60),
                                        kNow);
        });
    }
    OpenOutcome open(const LinkRow& row) {
        challenge(row, "challenge");
        return write(
            [&](Tx& tx) { return tx.links().open(an_attempt(row, "challenge", "holder")); });
    }
    std::vector<LinkId> to_empty(Instant now) {
        return read([&](Tx& tx) { return tx.links().list_to_empty(now); });
    }
    LinkRow link_ = a_link("link");
};
VALV_FOR_EVERY_STORE(LinkContract);

TEST_P(LinkContract, FindsALinkWhole) {
    LinkRow row = link_;
    row.not_before = kNow + std::chrono::hours(1);
    row.needs_code = false;
    EXPECT_TRUE(insert(row));
    const LinkRow found = find(row);
    EXPECT_EQ(found.vault, row.vault);
    EXPECT_EQ(found.case_id, row.case_id);
    EXPECT_EQ(found.probe_sha256, row.probe_sha256);
    EXPECT_EQ(found.public_key.salt, row.public_key.salt);
    EXPECT_EQ(found.public_key.octets, row.public_key.octets);
    EXPECT_EQ(found.version, 1U);
    EXPECT_FALSE(found.needs_code);
    EXPECT_EQ(found.not_before, row.not_before);
    EXPECT_EQ(found.not_after, row.not_after);
    EXPECT_EQ(found.max_opens, 3U);
    EXPECT_EQ(found.lease_length, std::chrono::minutes(120));
    EXPECT_EQ(found.opens, 0U);
    EXPECT_EQ(found.failures, 0U);
    EXPECT_EQ(found.failures_allowed, 100U);
    EXPECT_FALSE(found.locked_at);
    EXPECT_FALSE(found.revoked_at);
    EXPECT_FALSE(found.is_emptied);
    EXPECT_EQ(found.created_at, kNow);
}

TEST_P(LinkContract, AnAbsentLinkIsNotFound) {
    EXPECT_FALSE(read([&](Tx& tx) { return tx.links().find(link_.link); }));
    EXPECT_FALSE(read([&](Tx& tx) { return tx.links().find_part(link_.link, 0); }));
    EXPECT_FALSE(read([&](Tx& tx) { return tx.links().find_document(link_.link, 1); }));
    EXPECT_TRUE(read([&](Tx& tx) { return tx.links().opened(link_.link); }).empty());
}

TEST_P(LinkContract, ALinkIdIsTakenOnceInAnyVault) {
    EXPECT_TRUE(insert(link_));
    LinkRow other = link_;
    other.vault = other_vault_;
    EXPECT_FALSE(insert(other));
    EXPECT_EQ(find(link_).vault, vault_);
}

TEST_P(LinkContract, ARolledBackLinkIsAbsent) {
    write_and_throw([&](Tx& tx) { static_cast<void>(tx.links().insert(a_publication(link_))); });
    EXPECT_FALSE(read([&](Tx& tx) { return tx.links().find(link_.link); }));
    EXPECT_FALSE(read([&](Tx& tx) { return tx.links().find_part(link_.link, 0); }));
    EXPECT_TRUE(insert(link_));
}

TEST_P(LinkContract, FindsThePackageAndTheParts) {
    EXPECT_TRUE(insert(link_));
    const auto package = read([&](Tx& tx) { return tx.links().find_part(link_.link, 0); });
    ASSERT_TRUE(package);
    EXPECT_EQ(package->file.octets, masked("package").octets);
    EXPECT_FALSE(package->opens_at);
    const auto part = read([&](Tx& tx) { return tx.links().find_part(link_.link, 1); });
    ASSERT_TRUE(part);
    EXPECT_EQ(part->opens_at, kNow + std::chrono::hours(1));
    EXPECT_EQ(part->ends_at, kNow + std::chrono::hours(2));
    EXPECT_EQ(part->file.salt, masked("part").salt);
    EXPECT_EQ(part->mac, octets_of("part mac"));
    EXPECT_FALSE(read([&](Tx& tx) { return tx.links().find_part(link_.link, 2); }));
}

TEST_P(LinkContract, FindsADocumentByItsRow) {
    EXPECT_TRUE(insert(link_));
    const auto document = read([&](Tx& tx) { return tx.links().find_document(link_.link, 1); });
    ASSERT_TRUE(document);
    EXPECT_EQ(document->part, 1U);
    EXPECT_EQ(document->document, id_of<DocumentId>("document"));
    EXPECT_EQ(document->header.octets, masked("header").octets);
    EXPECT_FALSE(read([&](Tx& tx) { return tx.links().find_document(link_.link, 2); }));
}

TEST_P(LinkContract, ListsTheLinksOfACaseInOrderOfCreation) {
    LinkRow later = a_link("later");
    later.created_at = kNow + std::chrono::seconds(1);
    LinkRow elsewhere = a_link("elsewhere");
    elsewhere.case_id = other_case_;
    LinkRow foreign = a_link("foreign");
    foreign.vault = other_vault_;
    for (const LinkRow& row : {later, link_, elsewhere, foreign}) {
        EXPECT_TRUE(insert(row));
    }
    const auto links = read([&](Tx& tx) { return tx.links().list(vault_, case_); });
    ASSERT_EQ(links.size(), 2U);
    EXPECT_EQ(links[0].link, link_.link);
    EXPECT_EQ(links[1].link, later.link);
    EXPECT_EQ(read([&](Tx& tx) { return tx.links().list_of_vault(vault_); }).size(), 3U);
}

TEST_P(LinkContract, RevokingKeepsTheFirstTime) {
    EXPECT_TRUE(insert(link_));
    EXPECT_TRUE(revoke(link_));
    EXPECT_FALSE(revoke(link_, kNow + std::chrono::hours(1)));
    EXPECT_EQ(find(link_).revoked_at, kNow);
}

TEST_P(LinkContract, AnotherVaultOrCaseCannotRevoke) {
    EXPECT_TRUE(insert(link_));
    LinkRow foreign = link_;
    foreign.vault = other_vault_;
    LinkRow elsewhere = link_;
    elsewhere.case_id = other_case_;
    EXPECT_FALSE(revoke(foreign));
    EXPECT_FALSE(revoke(elsewhere));
    EXPECT_FALSE(find(link_).revoked_at);
}

TEST_P(LinkContract, RevokingEndsLeasesAtOnce) {
    EXPECT_TRUE(insert(link_));
    EXPECT_EQ(open(link_).result, OpenResult::kLease);
    EXPECT_TRUE(revoke(link_));
    EXPECT_FALSE(read(
        [&](Tx& tx) { return tx.links().find_live_lease(link_.link, hash_of("holder"), kNow); }));
    EXPECT_TRUE(read([&](Tx& tx) { return tx.links().leases(link_.link); }).empty());
    EXPECT_EQ(find(link_).opens, 1U);
}

TEST_P(LinkContract, ARolledBackRevokeLeavesTheLease) {
    EXPECT_TRUE(insert(link_));
    EXPECT_EQ(open(link_).result, OpenResult::kLease);
    write_and_throw(
        [&](Tx& tx) { static_cast<void>(tx.links().revoke(vault_, case_, link_.link, kNow)); });
    EXPECT_FALSE(find(link_).revoked_at);
    EXPECT_TRUE(read(
        [&](Tx& tx) { return tx.links().find_live_lease(link_.link, hash_of("holder"), kNow); }));
}

TEST_P(LinkContract, ALiveLinkIsNotToBeEmptied) {
    EXPECT_TRUE(insert(link_));
    EXPECT_TRUE(to_empty(kNow).empty());
    EXPECT_TRUE(to_empty(link_.not_after - std::chrono::seconds(1)).empty());
}

TEST_P(LinkContract, AnExpiredOrRevokedLinkIsToBeEmptied) {
    EXPECT_TRUE(insert(link_));
    EXPECT_EQ(to_empty(link_.not_after), std::vector{link_.link});
    EXPECT_EQ(open(link_).result, OpenResult::kLease);
    EXPECT_TRUE(revoke(link_));
    EXPECT_EQ(to_empty(kNow), std::vector{link_.link});
}

TEST_P(LinkContract, EmptyingDropsAllButTheRowAndItsOpens) {
    EXPECT_TRUE(insert(link_));
    EXPECT_EQ(open(link_).result, OpenResult::kLease);
    EXPECT_TRUE(revoke(link_));
    write([&](Tx& tx) { tx.links().mark_emptied(link_.link); });
    EXPECT_TRUE(find(link_).is_emptied);
    EXPECT_TRUE(to_empty(kNow).empty());
    EXPECT_FALSE(read([&](Tx& tx) { return tx.links().find_part(link_.link, 0); }));
    EXPECT_FALSE(read([&](Tx& tx) { return tx.links().find_document(link_.link, 1); }));
    EXPECT_EQ(read([&](Tx& tx) { return tx.links().opened(link_.link); }).size(), 1U);
}

TEST_P(LinkContract, EmptyingTwiceAndWithoutALinkIsFine) {
    EXPECT_TRUE(insert(link_));
    const auto empty = [&](Tx& tx) {
        tx.links().mark_emptied(link_.link);
        tx.links().mark_emptied(a_link("absent").link);
    };
    write(empty);
    write(empty);
    EXPECT_TRUE(find(link_).is_emptied);
}

TEST_P(LinkContract, ARolledBackEmptyingLeavesTheParts) {
    EXPECT_TRUE(insert(link_));
    write_and_throw([&](Tx& tx) { tx.links().mark_emptied(link_.link); });
    EXPECT_FALSE(find(link_).is_emptied);
    EXPECT_TRUE(read([&](Tx& tx) { return tx.links().find_part(link_.link, 0); }));
}

TEST_P(LinkContract, ExpiredLeasesGoAndLiveOnesStay) {
    EXPECT_TRUE(insert(link_));
    const auto until = open(link_).lease->until;
    write([&](Tx& tx) { tx.links().remove_expired_leases(until - std::chrono::seconds(1)); });
    EXPECT_EQ(read([&](Tx& tx) { return tx.links().leases(link_.link); }).size(), 1U);
    write([&](Tx& tx) { tx.links().remove_expired_leases(until); });
    EXPECT_TRUE(read([&](Tx& tx) { return tx.links().leases(link_.link); }).empty());
}

TEST_P(LinkContract, AChallengeForAnAbsentLinkIsRefused) {
    EXPECT_EQ(code_thrown_by([&] { challenge(link_, "challenge"); }), ErrorCode::kStore);
}

}  // namespace valv::store::testing
