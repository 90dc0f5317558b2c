// A member leaves: new keys, papers moved to them, links ended; and what happens when that is cut.
#include <gtest/gtest.h>

#include "client/lib/documents.h"
#include "client/lib/errors.h"
#include "client/lib/link_opener.h"
#include "client/lib/links.h"
#include "client/lib/paper_keys.h"
#include "crypto/sealed/age/detached.h"
#include "tests/client/lib/support/party.h"

namespace valv::client::test {
namespace {

using protocol::RouteName;

struct RotationTest : testing::Test {
    RotationTest() {
        founder->vault.sync();
        opened.share({other->device()});
        for (const char* name : {"first", "second"}) {
            const Bytes octets = some_octets(100'000, name);
            write_file(world.folder / name, octets);
            rows.push_back(documents.add(world.folder / name, passport_row()));
        }
    }
    [[nodiscard]] bool opens_with(const DocumentId& document, std::uint32_t epoch) {
        const sealed::X25519Identity identity = opened.keyring().case_keys(epoch).case_identity();
        const Bytes header = documents.header(documents.row(document));
        return sealed::DetachedHeader(header).unwrap({&identity}).has_value();
    }
    [[nodiscard]] LinkRequest request() const {
        LinkRequest wanted;
        wanted.recipient = "o1";
        wanted.recipient_name = "Office";
        wanted.kinds = {"passport"};
        wanted.title = "Travel plan";
        wanted.sender_name = "Founder";
        wanted.sender_organisation = "Return unit";
        wanted.not_after = parse_instant("2026-03-02T09:00:00Z");
        wanted.parts = {{.name = "main",
                         .opens_at = {},
                         .ends_at = {},
                         .view = "{}",
                         .documents = {{.id = rows[0].id, .name = "passport.jpg"}}}};
        return wanted;
    }
    std::string read_paper(Case& with, const casework::Document& row) {
        std::filesystem::remove(world.folder / "read");
        Documents(with).get(Documents(with).row(row.id), world.folder / "read",
                            local::Overwrite::kNo);
        return snapshot(world.folder / "read");
    }

    World world;
    std::unique_ptr<Member> founder = found(world);
    std::unique_ptr<Member> other = enrol(world, *founder, "other");
    CaseId case_id = Cases(founder->vault).create(plain_record());
    Case opened = founder->open(case_id);
    Documents documents{opened};
    std::vector<casework::Document> rows;
};

TEST_F(RotationTest, EveryPaperMovesToTheNewKeysAndItsBodyStays) {
    const std::string before = read_paper(opened, rows[1]);
    opened.unshare({other->device()});
    for (const casework::Document& row : rows) {
        EXPECT_EQ(documents.row(row.id).epoch, 2);
        EXPECT_EQ(documents.row(row.id).body_root, row.body_root);
        EXPECT_TRUE(opens_with(row.id, 2));
        EXPECT_FALSE(opens_with(row.id, 1)) << "the leaver's keys no longer open it";
    }
    EXPECT_EQ(read_paper(opened, rows[1]), before);
}

TEST_F(RotationTest, LinksEndWithTheOldKeys) {
    const CreatedLink link = Links(opened).create(request());
    const RotatedCase rotated = take_out(opened, {other->device()});
    EXPECT_EQ(rotated.papers, 2U);
    ASSERT_EQ(rotated.ended_links.size(), 1U);
    EXPECT_EQ(rotated.ended_links[0].id, link.id);
    EXPECT_TRUE(Links(opened).show(link.id).state.revoked);
    LinkOpener opener(world.environment, HolderStore(world.folder / "holders"), link.url.reveal());
    EXPECT_EQ(failure_of([&] { return opener.open(link.code); }), "ended");
}

TEST_F(RotationTest, ALinkMadeAfterwardsOpens) {
    opened.unshare({other->device()});
    const CreatedLink link = Links(opened).create(request());
    LinkOpener opener(world.environment, HolderStore(world.folder / "holders"), link.url.reveal());
    EXPECT_EQ(opener.open(link.code).papers().size(), 1U);
}

TEST_F(RotationTest, ACutBetweenKeysAndPapersIsFinishedByTheNextWrite) {
    world.network.wire.before = [](const Call& call) {
        if (call.route == RouteName::kReplaceHeaders) {
            throw Error(ErrorCode::kNetwork, "cut");
        }
    };
    EXPECT_EQ(failure_of([&] {
                  opened.unshare({other->device()});
                  return 0;
              }),
              "network");
    world.network.wire.before = {};
    Case again = founder->open(case_id);
    EXPECT_EQ(again.epoch(), 2U);
    EXPECT_EQ(Documents(again).row(rows[0].id).epoch, 1);
    EXPECT_FALSE(read_paper(again, rows[0]).empty()) << "it opens all the while";
    again.update_record([](casework::Record record) { return record; });
    EXPECT_EQ(Documents(again).row(rows[0].id).epoch, 2);
    EXPECT_TRUE(opens_with(rows[0].id, 2));
}

TEST_F(RotationTest, ACutBetweenPapersAndRowsIsFinishedByTheNextWrite) {
    world.network.wire.before = [](const Call& call) {
        if (call.route == RouteName::kPutRecord) {
            throw Error(ErrorCode::kForbidden, "refused");
        }
    };
    EXPECT_EQ(failure_of([&] {
                  opened.unshare({other->device()});
                  return 0;
              }),
              "forbidden");
    world.network.wire.before = {};
    Case again = founder->open(case_id);
    EXPECT_EQ(Documents(again).row(rows[0].id).epoch, 1);
    EXPECT_TRUE(opens_with(rows[0].id, 2));
    EXPECT_FALSE(read_paper(again, rows[0]).empty()) << "a header may be ahead of its row";
    again.update_record([](casework::Record record) { return record; });
    EXPECT_EQ(Documents(again).row(rows[0].id).epoch, 2);
}

// Threats 4.2, header "replay older": after the rows moved, the leaver's header is none.
TEST_F(RotationTest, AnOldHeaderShownAgainIsNoticed) {
    const Bytes old_header = documents.header(documents.row(rows[0].id));
    opened.unshare({other->device()});
    const casework::Document row = documents.row(rows[0].id);
    world.network.wire.after = [&](const Call& call, Response& response) {
        if (call.route == RouteName::kGetDocumentHeader) {
            response.body = old_header;
        }
    };
    EXPECT_EQ(failure_of([&] {
                  static_cast<void>(documents.file_key(row));
                  return 0;
              }),
              "header_unreadable");
}

TEST_F(RotationTest, APaperWhoseHeaderIsDamagedDoesNotHoldUpTheOthers) {
    world.network.wire.after = [&](const Call& call, Response& response) {
        if (call.route == RouteName::kListHeaders) {
            std::vector<protocol::DocumentHeader> headers =
                protocol::decode_headers(response.text());
            for (protocol::DocumentHeader& header : headers) {
                if (header.document == rows[0].id) {
                    header.header.pop_back();
                }
            }
            response.body = to_bytes(as_bytes(protocol::encode_headers(headers)));
        }
    };
    opened.unshare({other->device()});
    world.network.wire.after = {};
    EXPECT_EQ(documents.row(rows[0].id).epoch, 1);
    EXPECT_EQ(documents.row(rows[1].id).epoch, 2);
    EXPECT_FALSE(read_paper(opened, rows[0]).empty());
}

TEST_F(RotationTest, HeadersOfAnotherEpochAreRefused) {
    const auto replace = [&](std::uint32_t epoch, const DocumentId& document) {
        Call call = call_to(RouteName::kReplaceHeaders, {founder->vault.id_text(), case_id.text()});
        call.json = protocol::encode(protocol::ReplaceHeaders{
            .epoch = epoch, .headers = {{.document = document, .header = Bytes(10)}}});
        return failure_of([&] { return ask(founder->vault.transport(), call).status; });
    };
    EXPECT_EQ(replace(2, rows[0].id), "conflict");
    EXPECT_EQ(replace(1, DocumentId::random(world.random)), "not_found");
    EXPECT_TRUE(opens_with(rows[0].id, 1)) << "nothing was changed";
}

TEST_F(RotationTest, WhoIsTakenOutOfTheVaultLosesEveryCaseOfTheAdmin) {
    founder->vault.sync();
    revoke_devices(founder->vault, {other->device()});
    const std::vector<RotatedCase> rotated = rotate_left_cases(founder->vault);
    ASSERT_EQ(rotated.size(), 1U);
    EXPECT_EQ(rotated[0].reference, "RV-2026-101");
    EXPECT_TRUE(rotate_left_cases(founder->vault).empty()) << "done once";
    EXPECT_EQ(failure_of([&] {
                  other->vault.sync();
                  return 0;
              }),
              "forbidden");
}

TEST_F(RotationTest, WhoLeavesHasNothingOnceAMemberWrites) {
    Case theirs = other->open(case_id);
    ASSERT_TRUE(theirs.leave());
    EXPECT_EQ(failure_of([&] { return other->open(case_id).epoch(); }), "not_found");
    opened.sync();
    EXPECT_TRUE(opened.needs_new_keys()) << "the leaver made the keys of epoch 2";
    opened.update_record([](casework::Record record) { return record; });
    EXPECT_EQ(opened.epoch(), 3U);
    EXPECT_FALSE(opened.needs_new_keys());
    EXPECT_EQ(opened.members(), std::vector{founder->device()});
    for (const casework::Document& row : rows) {
        EXPECT_TRUE(opens_with(row.id, 3));
        EXPECT_FALSE(opens_with(row.id, 2));
    }
}

TEST_F(RotationTest, TheLastMemberStays) {
    opened.unshare({other->device()});
    EXPECT_FALSE(opened.leave());
    EXPECT_EQ(opened.epoch(), 2U);
}

TEST_F(RotationTest, WhoLeavesEndsTheLinks) {
    const CreatedLink link = Links(opened).create(request());
    Case theirs = other->open(case_id);
    ASSERT_TRUE(theirs.leave());
    const std::vector<LinkView> views = Links(opened).list();
    ASSERT_EQ(views.size(), 1U);
    EXPECT_FALSE(views[0].state.is_live);
}

TEST_F(RotationTest, OnlyAnAdminChangesTheDirectory) {
    EXPECT_EQ(failure_of([&] {
                  other->vault.sync();
                  revoke_devices(other->vault, {founder->device()});
                  return 0;
              }),
              "forbidden");
}

TEST_F(RotationTest, ARoleIsChangedForAllDevicesOfAPerson) {
    founder->vault.sync();
    change_role(founder->vault, other->profile.facts().person, crypto::Role::kAuditor);
    EXPECT_EQ(founder->vault.directory().find_active(other->device())->role,
              crypto::Role::kAuditor);
    EXPECT_EQ(failure_of([&] {
                  change_role(founder->vault, founder->profile.facts().person,
                              crypto::Role::kCoordinator);
                  return 0;
              }),
              "invalid_argument")
        << "the last admin stays";
}

}  // namespace
}  // namespace valv::client::test
