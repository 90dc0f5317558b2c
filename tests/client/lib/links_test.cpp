#include "client/lib/links.h"

#include <gtest/gtest.h>

#include "client/lib/documents.h"
#include "client/lib/errors.h"
#include "client/lib/link_opener.h"
#include "common/protocol/wire_error.h"
#include "tests/client/lib/support/party.h"

namespace valv::client::test {
namespace {

using protocol::EndReason;
using protocol::RouteName;

struct LinksTest : testing::Test {
    LinksTest() { write_file(world.folder / "source", paper); }

    LinkRequest request() {
        LinkRequest wanted;
        wanted.recipient = "o1";
        wanted.recipient_name = "Office";
        wanted.kinds = {"passport"};
        wanted.title = "Travel plan RV-2026-101";
        wanted.sender_name = "Founder";
        wanted.sender_organisation = "Return unit";
        wanted.not_after = world.clock.now() + std::chrono::hours(24 * 7);
        wanted.max_opens = 2;
        wanted.parts = {{.name = "main",
                         .opens_at = {},
                         .ends_at = {},
                         .view = R"({"reference":"RV-2026-101"})",
                         .documents = {{.id = row.id, .name = "RV-2026-101-passport-1.jpg"}}}};
        return wanted;
    }
    LinkOpener opener(const CreatedLink& link, std::string_view holder = "state/holders") {
        return {world.environment, HolderStore(world.folder / holder), link.url.reveal()};
    }
    std::optional<EndReason> end_reason(const CreatedLink& link, std::string_view holder) {
        try {
            (void)opener(link, holder).open(link.code);
        } catch (const protocol::Refusal& refusal) {
            return refusal.details().reason;
        }
        return std::nullopt;
    }

    World world;
    Bytes paper = some_octets(200'000);
    std::unique_ptr<Member> founder = found(world);
    CaseId case_id = Cases(founder->vault).create(plain_record());
    Case opened = founder->open(case_id);
    Documents documents{opened};
    casework::Document row = [this] {
        write_file(world.folder / "first", paper);
        return documents.add(world.folder / "first", passport_row());
    }();
    Links links{opened};
};

TEST_F(LinksTest, RecipientReadsWhatWasShared) {
    const CreatedLink link = links.create(request());
    OpenedLink read = opener(link).open(link.code);
    EXPECT_EQ(read.package().title, "Travel plan RV-2026-101");
    EXPECT_EQ(read.package().recipient_name, "Office");
    ASSERT_EQ(read.parts().size(), 1U);
    EXPECT_EQ(read.parts()[0].view, R"({"reference":"RV-2026-101"})");
    ASSERT_EQ(read.papers().size(), 1U);
    read.save(1, world.folder / "saved", local::Overwrite::kNo);
    EXPECT_EQ(read_file(world.folder / "saved"), paper);
}

TEST_F(LinksTest, RowHoldsWhatTheSenderNeedsLater) {
    const CreatedLink link = links.create(request());
    const casework::Record record = opened.read_record().record;
    ASSERT_EQ(record.links.size(), 1U);
    EXPECT_EQ(record.links[0].id, link.id);
    EXPECT_EQ(record.links[0].recipient, "o1");
    EXPECT_TRUE(record.links[0].identity.starts_with("AGE-SECRET-KEY-1"));
}

TEST_F(LinksTest, SenderSeesVerifiedOpens) {
    const CreatedLink link = links.create(request());
    (void)opener(link).open(link.code);
    const LinkView view = links.show(link.id);
    ASSERT_EQ(view.openings.size(), 1U);
    EXPECT_TRUE(view.openings[0].is_provable);
    EXPECT_EQ(view.openings[0].network, "192.0.2.0/24");
    EXPECT_TRUE(links.copy_events_to_record());
    EXPECT_EQ(opened.read_record().record.links[0].opens, 1);
    EXPECT_FALSE(links.copy_events_to_record());
}

TEST_F(LinksTest, SameDeviceComesBackWithoutAnotherOpen) {
    const CreatedLink link = links.create(request());
    (void)opener(link).open(link.code);
    (void)opener(link).open(link.code);
    EXPECT_EQ(links.show(link.id).state.opens, 1U);
}

TEST_F(LinksTest, LostReplyOfAnOpenCostsNone) {
    const CreatedLink link = links.create(request());
    world.network.wire.after = [](const Call& call, Response&) {
        if (call.route == RouteName::kLinkOpen) {
            throw Error(ErrorCode::kNetwork, "lost");
        }
    };
    EXPECT_EQ(failure_of([&] { return opener(link).open(link.code); }), "network");
    world.network.wire = {};
    (void)opener(link).open(link.code);
    EXPECT_EQ(links.show(link.id).state.opens, 1U);
}

TEST_F(LinksTest, WrongCodeOpensNothing) {
    const CreatedLink link = links.create(request());
    const auto wrong =
        sealed::DigitCode::from_text(as_bytes("000000000000"), sealed::kLinkCodeDigits);
    EXPECT_EQ(failure_of([&] { return opener(link).open(wrong); }), "wrong_code");
    EXPECT_EQ(links.show(link.id).state.failures, 1U);
}

TEST_F(LinksTest, UsedUpLinkGivesNoNewLease) {
    const CreatedLink link = links.create(request());
    (void)opener(link, "a").open(link.code);
    (void)opener(link, "b").open(link.code);
    EXPECT_EQ(end_reason(link, "c"), EndReason::kUsedUp);
}

TEST_F(LinksTest, RevokedLinkEndsAtOnce) {
    const CreatedLink link = links.create(request());
    OpenedLink read = opener(link).open(link.code);
    const LinkView view = links.revoke(link.id);
    EXPECT_TRUE(view.state.revoked);
    EXPECT_EQ(end_reason(link, "b"), EndReason::kRevoked);
    EXPECT_EQ(failure_of([&] {
                  read.save(1, world.folder / "saved", local::Overwrite::kNo);
                  return 0;
              }),
              "unauthenticated");
    EXPECT_TRUE(opened.read_record().record.links[0].revoked_at);
}

TEST_F(LinksTest, ExpiredLinkStaysClosed) {
    const CreatedLink link = links.create(request());
    world.clock.advance(std::chrono::hours(24 * 7));
    EXPECT_EQ(end_reason(link, "b"), EndReason::kExpired);
}

TEST_F(LinksTest, PartBeforeItsTimeIsToldAndNotGiven) {
    LinkRequest wanted = request();
    wanted.parts.push_back(wanted.parts[0]);
    wanted.parts[1].name = "later";
    wanted.parts[1].opens_at = world.clock.now() + std::chrono::hours(1);
    wanted.parts[1].documents.clear();
    wanted.lease = std::chrono::minutes(180);
    const CreatedLink link = links.create(wanted);
    OpenedLink read = opener(link).open(link.code);
    EXPECT_EQ(read.parts().size(), 1U);
    ASSERT_EQ(read.closed_parts().size(), 1U);
    EXPECT_FALSE(read.closed_parts()[0].has_ended);
    EXPECT_EQ(read.closed_parts()[0].opens_at, wanted.parts[1].opens_at);
    world.clock.advance(std::chrono::hours(1));
    EXPECT_EQ(opener(link).open(link.code).parts().size(), 2U);
}

TEST_F(LinksTest, LinkWithoutACodeOpensWithItsUrlAlone) {
    LinkRequest wanted = request();
    wanted.no_code_reason = "shown face to face";
    wanted.not_after = world.clock.now() + std::chrono::hours(72);
    const CreatedLink link = links.create(wanted);
    EXPECT_FALSE(link.code);
    EXPECT_FALSE(opener(link).needs_code());
    EXPECT_EQ(opener(link).open(std::nullopt).papers().size(), 1U);
}

TEST_F(LinksTest, LimitThatTheServerDoesNotHonourFailsTheCall) {
    LinkRequest wanted = request();
    wanted.not_after = world.clock.now() + std::chrono::hours(24 * 32);
    EXPECT_EQ(failure_of([&] { return links.create(wanted); }), "invalid_argument");
}

TEST_F(LinksTest, ConfirmationOfAnotherPolicyIsNoticed) {
    world.network.wire.after = [](const Call& call, Response& response) {
        if (call.route == RouteName::kCreateLink) {
            protocol::LinkPublished told = protocol::decode_link_published(response.text());
            told.state.max_opens = 20;
            response.body = to_bytes(as_bytes(protocol::encode(told)));
        }
    };
    EXPECT_EQ(failure_of([&] { return links.create(request()); }), "note_context_mismatch");
}

TEST_F(LinksTest, UnknownLinkIsNotFound) {
    CreatedLink link = links.create(request());
    std::string url(as_text(link.url.reveal()));
    url.back() = url.back() == 'A' ? 'E' : 'A';
    link.url = crypto::SecretBytes::from(as_bytes(url));
    EXPECT_EQ(failure_of([&] { return opener(link).open(link.code); }), "not_found");
}

// ---- what a server may try on the sender's list ----

struct LinkEventsTest : LinksTest {
    LinkEventsTest() { (void)opener(link).open(link.code); }
    std::string failure_with(const std::function<void(protocol::LinkState&)>& change) {
        world.network.wire.after = [change](const Call& call, Response& response) {
            if (call.route == RouteName::kGetLink) {
                protocol::LinkState state = protocol::decode_link_state(response.text());
                change(state);
                response.body = to_bytes(as_bytes(protocol::encode(state)));
            }
        };
        return failure_of([&] { return links.show(link.id); });
    }
    CreatedLink link = links.create(request());
};

TEST_F(LinkEventsTest, ForgedOpenIsNoticed) {
    EXPECT_EQ(
        failure_with([](protocol::LinkState& state) { state.opened[0].holder_sha256[0] ^= 1U; }),
        "log_inconsistent");
}

TEST_F(LinkEventsTest, HiddenOpenIsNoticed) {
    EXPECT_EQ(failure_with([](protocol::LinkState& state) { state.opened.clear(); }),
              "log_inconsistent");
}

TEST_F(LinkEventsTest, OpenShownTwiceIsNoticed) {
    EXPECT_EQ(failure_with([](protocol::LinkState& state) {
                  state.opened.push_back(state.opened[0]);
                  state.opens = 2;
              }),
              "log_inconsistent");
}

TEST_F(LinkEventsTest, OtherPolicyIsNoticed) {
    EXPECT_EQ(failure_with([](protocol::LinkState& state) { state.max_opens = 20; }),
              "note_context_mismatch");
}

TEST_F(LinkEventsTest, DamagedPolicyNoteIsNoticed) {
    EXPECT_EQ(failure_with([](protocol::LinkState& state) { state.policy_note[30] ^= 1; }),
              "note_signature_invalid");
}

}  // namespace
}  // namespace valv::client::test
