#include "common/protocol/messages.h"

#include <gtest/gtest.h>

#include "common/base/encoding.h"
#include "common/base/error.h"
#include "common/protocol/limits.h"

namespace valv::protocol {
namespace {

Bytes filled(std::uint8_t value, std::size_t size = limits::kSecretBytes) {
    return Bytes(size, value);
}
template <typename Id>
Id an_id(std::uint8_t value) {
    return Id::from_bytes(filled(value, kIdBytes));
}
const Instant kAt = parse_instant("2026-03-31T10:25:00Z");

Submission a_submission() {
    return {.vault = an_id<VaultId>(1),
            .h = filled(2),
            .age = "age1example",
            .signing = filled(3),
            .tls_sha256 = filled(4),
            .code_signature = filled(5, limits::kSignatureBytes),
            .device_signature = filled(6, limits::kSignatureBytes)};
}

Policy a_policy() {
    return {
        .link = an_id<LinkId>(1),
        .case_id = an_id<CaseId>(2),
        .version = 1,
        .needs_code = true,
        .not_before = kAt,
        .not_after = kAt + std::chrono::hours(24),
        .max_opens = 5,
        .lease_minutes = 60,
        .reply_expected_by = kAt,
        .freeze = {},
        .package_sha256 = filled(3),
        .parts = {{.part = 1, .opens_at = kAt, .ends_at = {}, .sha256 = filled(4)}},
        .documents = {
            {.row = 1, .part = 1, .document = an_id<DocumentId>(5), .header_sha256 = filled(6)}}};
}

LinkState a_state() {
    return {.link = an_id<LinkId>(1),
            .version = 1,
            .created = kAt,
            .not_before = {},
            .not_after = kAt,
            .max_opens = 5,
            .opens = 1,
            .failures = 2,
            .locked = {},
            .revoked = kAt,
            .is_live = false,
            .opened = {{.at = kAt,
                        .network = "203.0.113.0/24",
                        .holder = 1,
                        .holder_sha256 = filled(1),
                        .challenge = filled(2),
                        .signature = {}}},
            .policy_note = "note"};
}

// decode(encode(x)) encodes to the same text: with strict decoders this is equality.
template <typename Message, typename Decode>
void expect_round_trip(const Message& message, Decode decode) {
    const std::string text = encode(message);
    EXPECT_EQ(encode(decode(text)), text);
}

TEST(MessagesTest, EveryMessageRoundTrips) {
    expect_round_trip(CreateVault{.token = "AAAA", .vault = an_id<VaultId>(1)},
                      decode_create_vault);
    expect_round_trip(VaultCreated{.log_key = filled(1)}, decode_vault_created);
    expect_round_trip(Put{.note = "n\n", .object = filled(1, 5)}, decode_put);
    expect_round_trip(Head{.head = 7}, decode_head);
    expect_round_trip(CaseHeads{.case_id = an_id<CaseId>(1), .epoch = 1, .keyring = 2, .record = 3},
                      decode_case_heads);
    expect_round_trip(CreateCase{.keyring = {.note = "k", .object = {}},
                                 .record = {.note = "r", .object = filled(2, 3)}},
                      decode_create_case);
    expect_round_trip(CreateUpload{.size = 200'000'000}, decode_create_upload);
    expect_round_trip(UploadCreated{.upload = an_id<UploadId>(1), .offset = 5},
                      decode_upload_created);
    expect_round_trip(FinishUpload{.size = 32, .body_root = filled(1), .header = filled(2, 200)},
                      decode_finish_upload);
    expect_round_trip(
        CreateEnrolment{
            .invitation = an_id<InvitationId>(1), .probe_sha256 = filled(1), .expires = kAt},
        decode_create_enrolment);
    expect_round_trip(a_submission(), decode_submission);
    expect_round_trip(Submit{.probe = filled(1), .submission = a_submission()}, decode_submit);
    expect_round_trip(Probe{.probe = filled(1)}, decode_probe);
    const Approval approval{.directory = 2,
                            .directory_sha256 = filled(1),
                            .checkpoint_size = 9,
                            .checkpoint_root = filled(2),
                            .mac = filled(3)};
    expect_round_trip(approval, decode_approval);
    expect_round_trip(PollReply{.approval = approval}, decode_poll_reply);
    expect_round_trip(PollReply{}, decode_poll_reply);
    const std::string entries =
        encode_log_entries({{.event = "resvalv/v1/event\n", .nonce = filled(1)}, {}});
    EXPECT_EQ(encode_log_entries(decode_log_entries(entries)), entries);
    expect_round_trip(a_policy(), decode_policy);
    expect_round_trip(MacFile{.file = filled(1, 9), .mac = filled(2)}, decode_mac_file);
    expect_round_trip(a_state(), decode_link_state);
    expect_round_trip(
        LinkPublished{.link = an_id<LinkId>(1), .policy_sha256 = filled(1), .state = a_state()},
        decode_link_published);
    expect_round_trip(
        Publication{.note = "n",
                    .policy = to_bytes(as_bytes(encode(a_policy()))),
                    .probe_sha256 = filled(1),
                    .public_key = filled(2),
                    .package = {.file = filled(3, 4), .mac = filled(4)},
                    .parts = {{.part = 1, .content = {.file = filled(5, 6), .mac = filled(6)}}},
                    .headers = {{.row = 1, .header = filled(7, 8)}}},
        decode_publication);
    expect_round_trip(Hello{.id = an_id<LinkId>(1), .probe = filled(1)}, decode_hello);
    expect_round_trip(Welcome{.challenge = filled(1),
                              .state = HelloState::kUsedUp,
                              .needs_code = true,
                              .now = kAt,
                              .maximum = 3,
                              .at = {}},
                      decode_welcome);
    expect_round_trip(Open{.id = an_id<LinkId>(1),
                           .challenge = filled(1),
                           .holder = filled(2),
                           .signature = filled(3, limits::kSignatureBytes)},
                      decode_open);
    expect_round_trip(Lease{.until = kAt,
                            .screen_key = filled(1),
                            .opens = 1,
                            .maximum = 5,
                            .version = 1,
                            .now = kAt},
                      decode_lease);
}

TEST(MessagesTest, ListsRoundTrip) {
    const std::string cases =
        encode_cases({{.case_id = an_id<CaseId>(1), .epoch = 1, .keyring = 1, .record = 1}});
    EXPECT_EQ(encode_cases(decode_cases(cases)), cases);
    const std::string links = encode_links({a_state(), a_state()});
    EXPECT_EQ(encode_links(decode_links(links)), links);
    const std::string enrolments = encode_enrolments(
        {{.invitation = an_id<InvitationId>(1), .expires = kAt, .submissions = {a_submission()}}});
    EXPECT_EQ(encode_enrolments(decode_enrolments(enrolments)), enrolments);
}

TEST(MessagesTest, APolicyOfAnotherFormatIsRefused) {
    std::string text = encode(a_policy());
    text.replace(text.find("policy/1"), 8, "policy/2");
    EXPECT_THROW((void)decode_policy(text), Error);
}

TEST(BearerTest, RoundTripsAndTakesNothingElse) {
    const Bearer bearer{.link = an_id<LinkId>(1), .holder = filled(2)};
    const std::string text = "Bearer " + encode_bearer(bearer);
    const auto found = find_bearer(text);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->link, bearer.link);
    EXPECT_EQ(found->holder, bearer.holder);
    for (const std::string& other : {std::string(), text.substr(1), text.substr(0, text.size() - 1),
                                     text + "A", "Basic " + text.substr(7)}) {
        EXPECT_FALSE(find_bearer(other).has_value()) << other;
    }
}

Retention a_decision() {
    return {.case_id = an_id<CaseId>(1),
            .at_once = false,
            .erase_after = kAt,
            .held_by = an_id<DeviceId>(2)};
}

TEST(RetentionTest, ComesBackAsItWasWritten) {
    EXPECT_EQ(decode_retention(encode(a_decision())), a_decision());
    const Retention at_once{.case_id = an_id<CaseId>(1), .at_once = true};
    EXPECT_EQ(decode_retention(encode(at_once)), at_once);
    EXPECT_EQ(encode(at_once), "{\"format\":\"resvalv/retention/1\",\"case\":\"" +
                                   an_id<CaseId>(1).text() + "\",\"at_once\":true}");
}

TEST(RetentionTest, AtOnceExcludesADateAndAHold) {
    Retention decision = a_decision();
    decision.at_once = true;
    EXPECT_THROW((void)decode_retention(encode(decision)), Error);
    decision.held_by.reset();
    EXPECT_THROW((void)decode_retention(encode(decision)), Error);
}

TEST(RetentionTest, AnotherFormatIsRefused) {
    std::string json = encode(a_decision());
    json.replace(json.find("retention/1"), 11, "retention/2");
    EXPECT_THROW((void)decode_retention(json), Error);
}

TEST(ErasureTest, ComesBackAsItWasWritten) {
    const Erasure erasure{.case_id = an_id<CaseId>(1),
                          .index = 7,
                          .event = "resvalv/v1/event\nkind erasure\n",
                          .nonce = filled(3),
                          .decision = {.note = "note\n", .object = filled(4, 5)}};
    const std::vector<Erasure> rows = decode_erasures(encode_erasures({erasure}));
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(encode(rows.front()), encode(erasure));
    EXPECT_EQ(encode(decode_erasure(encode(erasure))), encode(erasure));
}

}  // namespace
}  // namespace valv::protocol
