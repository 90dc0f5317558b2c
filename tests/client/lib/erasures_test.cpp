// The end of a case as its members see it: retention, hold, erasure, certificate.
#include "client/lib/erasures.h"

#include <gtest/gtest.h>

#include "client/lib/documents.h"
#include "client/lib/errors.h"
#include "client/lib/links.h"
#include "client/lib/retention.h"
#include "common/base/encoding.h"
#include "common/protocol/json.h"
#include "crypto/core/checkpoint.h"
#include "crypto/core/log_event.h"
#include "crypto/core/signed_note.h"
#include "tests/client/lib/support/party.h"

namespace valv::client::test {
namespace {

using protocol::RouteName;

struct ErasuresTest : testing::Test {
    ErasuresTest() {
        Case opened = founder->open(case_id);
        opened.share({other->device()});
        founder->vault.sync();
        other->vault.sync();
    }
    static std::function<protocol::Retention(protocol::Retention)> held_by(
        std::optional<DeviceId> device) {
        return [device](protocol::Retention decision) {
            decision.held_by = device;
            return decision;
        };
    }
    static std::function<protocol::Retention(protocol::Retention)> erased_after(Instant instant) {
        return [instant](protocol::Retention decision) {
            decision.erase_after = instant;
            return decision;
        };
    }
    Case opened_by(Member& member) { return member.open(case_id); }
    RetentionState decide(Member& member,
                          const std::function<protocol::Retention(protocol::Retention)>& change) {
        Case opened = opened_by(member);
        return update_retention(opened, change);
    }
    ErasedCase erase(Member& member) {
        Case opened = opened_by(member);
        return Erasures(member.vault).erase(opened);
    }
    // What a reply to this call is changed to.
    template <typename Change>
    void cheat(RouteName route, Change change) {
        world.network.wire.after = [route, change](const Call& call, Response& response) {
            if (call.route == route && response.succeeded()) {
                change(response);
            }
        };
    }
    std::string failure_of_list(Member& member) {
        return failure_of([&] { return Erasures(member.vault).list(); });
    }

    World world;
    std::unique_ptr<Member> founder = found(world);
    std::unique_ptr<Member> other = enrol(world, *founder, "other");
    CaseId case_id = [&] {
        founder->vault.sync();
        return Cases(founder->vault).create(plain_record());
    }();
    Instant date = world.clock.now() + std::chrono::hours(24 * 365);
};

// ---- retention ----

TEST_F(ErasuresTest, NobodyDecidedAtFirst) {
    Case opened = opened_by(*founder);
    const RetentionState state = read_retention(opened);
    EXPECT_EQ(state.head.number, 0U);
    EXPECT_FALSE(state.decision.erase_after || state.decision.held_by);
}

TEST_F(ErasuresTest, ADecisionIsReadByTheOtherMember) {
    decide(*founder, erased_after(date));
    Case opened = opened_by(*other);
    const RetentionState state = read_retention(opened);
    EXPECT_EQ(state.decision.erase_after, date);
    EXPECT_EQ(state.decider, founder->device());
    EXPECT_EQ(state.head.number, 1U);
}

TEST_F(ErasuresTest, TheSameDecisionAgainSendsNothing) {
    decide(*founder, erased_after(date));
    EXPECT_EQ(decide(*other, erased_after(date)).head.number, 1U);
}

TEST_F(ErasuresTest, WhoSetTheHoldStaysNamedAndOthersCannotTakeItOver) {
    decide(*founder, held_by(founder->device()));
    EXPECT_EQ(failure_of([&] { return decide(*other, held_by(other->device())); }),
              "invalid_argument");
    decide(*other, erased_after(date));
    Case opened = opened_by(*founder);
    EXPECT_EQ(read_retention(opened).decision.held_by, founder->device());
}

TEST_F(ErasuresTest, AHoldIsSetInNobodyElsesName) {
    EXPECT_EQ(failure_of([&] { return decide(*other, held_by(founder->device())); }),
              "invalid_argument");
}

TEST_F(ErasuresTest, AnOlderDecisionIsNoticed) {
    decide(*founder, erased_after(date));
    decide(*founder, held_by(founder->device()));
    cheat(RouteName::kGetCase, [&](Response& response) {
        protocol::CaseHeads heads = protocol::decode_case_heads(response.text());
        heads.retention = 1;
        response.body = to_bytes(as_bytes(protocol::encode(heads)));
    });
    Case opened = opened_by(*founder);
    EXPECT_EQ(failure_of([&] { return read_retention(opened); }), "state_rolled_back");
}

TEST_F(ErasuresTest, ADecisionThatIsWithheldIsNoticed) {
    decide(*founder, held_by(founder->device()));
    cheat(RouteName::kGetCase, [&](Response& response) {
        protocol::CaseHeads heads = protocol::decode_case_heads(response.text());
        heads.retention = 0;
        response.body = to_bytes(as_bytes(protocol::encode(heads)));
    });
    Case opened = opened_by(*founder);
    EXPECT_EQ(failure_of([&] { return read_retention(opened); }), "state_rolled_back");
}

TEST_F(ErasuresTest, AChangedDecisionIsNoticed) {
    decide(*founder, held_by(founder->device()));
    cheat(RouteName::kGetRetention, [&](Response& response) {
        protocol::Put put = protocol::decode_put(response.text());
        put.object = to_bytes(as_bytes(protocol::encode(protocol::Retention{.case_id = case_id})));
        response.body = to_bytes(as_bytes(protocol::encode(put)));
    });
    Case opened = opened_by(*other);
    EXPECT_EQ(failure_of([&] { return read_retention(opened); }), "object_hash_mismatch");
}

TEST(EraseAfterTest, IsWhenTheLastDayIsOverInEveryTimeZone) {
    const auto date = [](const char* text) { return *casework::parse_date(text); };
    EXPECT_EQ(to_text(erase_after(date("2026-03-01"), 2)), "2028-03-03T00:00:00Z");
    EXPECT_EQ(to_text(erase_after(date("2028-02-29"), 1)), "2029-03-02T00:00:00Z");
    EXPECT_EQ(to_text(erase_after(date("2026-03-01"), 0)), "2026-03-03T00:00:00Z");
}

// ---- erasure ----

TEST_F(ErasuresTest, AnErasedCaseIsThereForNobody) {
    const ErasedCase erased = erase(*founder);
    EXPECT_EQ(erased.id, case_id);
    EXPECT_EQ(erased.by, founder->device());
    EXPECT_EQ(erased.at, world.clock.now());
    for (Member* const member : {founder.get(), other.get()}) {
        EXPECT_EQ(failure_of([&] { return opened_by(*member); }), "not_found");
        EXPECT_TRUE(Cases(member->vault).list().empty());
        member->vault.sync();  // and nothing looks like tampering
    }
}

TEST_F(ErasuresTest, AHoldStopsIt) {
    decide(*founder, held_by(founder->device()));
    EXPECT_EQ(failure_of([&] { return erase(*other); }), "on_hold");
    (void)opened_by(*other).read_record();
    decide(*other, held_by(std::nullopt));
    EXPECT_EQ(erase(*other).by, other->device());
}

// The server has the rule too: a client that does not look is refused.
TEST_F(ErasuresTest, TheServerRefusesWhatIsOnHold) {
    Case opened = opened_by(*other);
    decide(*founder, held_by(founder->device()));
    opened.sync();
    const protocol::Put order = order_erasure(opened, read_retention(opened));
    Call call = call_to(RouteName::kEraseCase, {other->vault.id_text(), case_id.text()});
    call.json = protocol::encode(order);
    EXPECT_EQ(failure_of([&] { return ask(other->vault.transport(), call); }), "on_hold");
}

TEST_F(ErasuresTest, AnOrderIsNoPlainDecisionAndADecisionNoOrder) {
    Case opened = opened_by(*founder);
    const protocol::Put order = order_erasure(opened, read_retention(opened));
    Call put = call_to(RouteName::kPutRetention, {founder->vault.id_text(), case_id.text()});
    put.json = protocol::encode(order);
    EXPECT_EQ(failure_of([&] { return ask(founder->vault.transport(), put); }), "invalid_argument");
    decide(*founder, erased_after(date));
    opened.sync();
    const Call get =
        call_to(RouteName::kGetRetention, {founder->vault.id_text(), case_id.text(), "1"});
    Call erase = call_to(RouteName::kEraseCase, {founder->vault.id_text(), case_id.text()});
    erase.json = ask(founder->vault.transport(), get).text();
    EXPECT_EQ(failure_of([&] { return ask(founder->vault.transport(), erase); }),
              "invalid_argument");
}

TEST_F(ErasuresTest, AnAuditorOfTheCaseErasesNothing) {
    const std::unique_ptr<Member> auditor =
        enrol(world, *founder, "auditor", crypto::Role::kAuditor);
    founder->vault.sync();
    Case opened = opened_by(*founder);
    opened.share({auditor->device()});
    auditor->vault.sync();
    EXPECT_EQ(failure_of([&] { return erase(*auditor); }), "forbidden");
    EXPECT_EQ(failure_of([&] { return decide(*auditor, erased_after(date)); }), "forbidden");
}

TEST_F(ErasuresTest, AReplyThatIsLostIsAskedForAgainAndGivesTheSame) {
    int lost = 0;
    world.network.wire.after = [&](const Call& call, Response& /*response*/) {
        if (call.route == RouteName::kEraseCase && lost++ == 0) {
            throw Error(ErrorCode::kNetwork, "cut");
        }
    };
    const ErasedCase erased = erase(*founder);
    EXPECT_EQ(lost, 2);
    EXPECT_EQ(Erasures(founder->vault).list().front().proof.index, erased.proof.index);
}

TEST_F(ErasuresTest, EveryMemberLearnsOfItOnceAndKeepsNothing) {
    Case opened = opened_by(*founder);
    const std::filesystem::path source = world.folder / "paper";
    write_file(source, some_octets(1000));
    (void)Documents(opened).add(source, passport_row());
    (void)opened_by(*other).read_record();
    const std::filesystem::path cached = other->profile.cache() / "cases" / case_id.text();
    ASSERT_TRUE(std::filesystem::exists(cached));
    for (const char* const folder : {"downloads", "uploads"}) {
        const auto half = other->profile.cache() / folder / case_id.text();
        std::filesystem::create_directories(half);
        write_file(half / "half", some_octets(10));
    }
    erase(*founder);
    Erasures erasures(other->vault);
    const std::vector<ErasedCase> untold = erasures.list_untold();
    ASSERT_EQ(untold.size(), 1U);
    EXPECT_EQ(untold.front().by, founder->device());
    EXPECT_EQ(untold.front().documents, 1U);
    EXPECT_EQ(erasures.list_untold().size(), 1U) << "until it was said";
    erasures.forget(untold.front());
    EXPECT_TRUE(erasures.list_untold().empty());
    EXPECT_FALSE(std::filesystem::exists(cached));
    for (const char* const folder : {"downloads", "uploads"}) {
        EXPECT_FALSE(std::filesystem::exists(other->profile.cache() / folder / case_id.text()));
    }
    const std::unique_ptr<Member> again = Member::reopen(world, "other");
    EXPECT_FALSE(again->profile.pins().cases.contains(case_id));
    EXPECT_TRUE(Erasures(again->vault).list_untold().empty());
    EXPECT_EQ(Erasures(again->vault).list().size(), 1U) << "for its certificate";
}

TEST_F(ErasuresTest, WhoWasNoMemberIsToldNothing) {
    const std::unique_ptr<Member> stranger = enrol(world, *founder, "stranger");
    founder->vault.sync();
    erase(*founder);
    EXPECT_TRUE(Erasures(stranger->vault).list().empty());
}

TEST_F(ErasuresTest, AnErasureThatTheLogDoesNotHoldIsNoticed) {
    erase(*founder);
    const auto change = [&](auto edit) {
        cheat(RouteName::kListErasures, [edit](Response& response) {
            std::vector<protocol::Erasure> rows = protocol::decode_erasures(response.text());
            edit(rows.front());
            response.body = to_bytes(as_bytes(protocol::encode_erasures(rows)));
        });
    };
    change([](protocol::Erasure& row) { row.index -= 1; });
    EXPECT_EQ(failure_of_list(*other), "log_inconsistent");
    change([](protocol::Erasure& row) { row.index += 100; });
    EXPECT_EQ(failure_of_list(*other), "log_inconsistent");
    change([](protocol::Erasure& row) { row.nonce[0] ^= 1; });
    EXPECT_EQ(failure_of_list(*other), "log_inconsistent");
    change([&](protocol::Erasure& row) {
        const std::size_t at = row.event.find("documents 0");
        row.event.replace(at, 11, "documents 9");
    });
    EXPECT_EQ(failure_of_list(*other), "log_inconsistent");
    change([](protocol::Erasure& row) { row.case_id = CaseId::from_bytes(Bytes(kIdBytes, 1)); });
    EXPECT_EQ(failure_of_list(*other), "note_context_mismatch");
    change([](protocol::Erasure& row) { row.decision.object = to_bytes(as_bytes("{}")); });
    EXPECT_EQ(failure_of_list(*other), "object_hash_mismatch");
    change([](protocol::Erasure& /*row*/) {});
    EXPECT_EQ(failure_of_list(*other), "none");
}

// ---- certificate ----

// Verified by hand from the JSON alone, as docs/formats.md section 12 says.
TEST_F(ErasuresTest, ACertificateVerifiesByItself) {
    const ErasedCase erased = erase(*founder);
    (void)Cases(other->vault).create(plain_record("RV-2026-102"));  // the log goes on
    const std::string json = Erasures(other->vault).certificate(erased);
    const protocol::JsonDocument document = protocol::JsonDocument::parse(json);
    protocol::JsonObject object = document.object();
    EXPECT_EQ(object.text("format"), "resvalv/erasure/1");
    EXPECT_EQ(object.id<VaultId>("vault"), founder->vault.id());
    EXPECT_EQ(object.text("vault_name"), "Return unit");
    EXPECT_EQ(object.id<CaseId>("case"), case_id);
    EXPECT_EQ(object.text("by_person"), "Founder");
    const Instant erased_at = object.instant("erased_at");
    const auto by = object.id<DeviceId>("by_device");
    EXPECT_EQ(object.integer("documents"), 0U);

    protocol::JsonObject log = object.object("log");
    const crypto::VerifyKey log_key = crypto::verify_key_from(log.fixed_octets("log_key"));
    EXPECT_EQ(log_key, founder->profile.facts().log_key);
    const std::string event_text = log.text("event");
    const crypto::TreeHead head =
        crypto::verify_checkpoint(as_bytes(log.text("checkpoint")), log.text("origin"), log_key);
    crypto::MerkleProof proof;
    for (const std::string& hash : log.texts("proof", 64)) {
        proof.push_back(crypto::hash_from(from_base64url(hash)));
    }
    EXPECT_FALSE(proof.empty());
    EXPECT_TRUE(
        crypto::verify_inclusion(crypto::log_leaf_hash(event_text, log.fixed_octets("nonce")),
                                 log.integer("index"), head.size, proof, head.root));
    log.finish();

    const crypto::LogEvent event = crypto::parse_log_event(event_text);
    EXPECT_EQ(event.at, erased_at);
    EXPECT_EQ(event.find("device"), by.text());
    protocol::JsonObject decision = object.object("decision");
    const std::string note = decision.text("note");
    EXPECT_EQ(event.find("note_sha256"), to_base64(crypto::sha256(as_bytes(note))));
    const crypto::ObjectNote verified = crypto::verify_object_note(
        as_bytes(note), by, founder->profile.keys().signing_key.public_key());
    EXPECT_EQ(verified.object, crypto::sha256(decision.octets("object")));
    decision.finish();
    object.finish();
}

}  // namespace
}  // namespace valv::client::test
