#include "server/service/publication.h"

#include <functional>

#include <gtest/gtest.h>

#include "common/base/error.h"

namespace valv::service {
namespace {

using protocol::Policy;
using protocol::Publication;

const Instant kNow = parse_instant("2026-03-01T09:00:00Z");
const CaseId kCase = CaseId::from_bytes(Bytes(kIdBytes, 1));

Bytes hash_of(std::string_view text) {
    const crypto::Hash hash = crypto::sha256(as_bytes(text));
    return {hash.begin(), hash.end()};
}

Policy a_policy() {
    return {.link = LinkId::from_bytes(Bytes(kIdBytes, 2)),
            .case_id = kCase,
            .not_after = kNow + std::chrono::hours(24),
            .max_opens = 5,
            .lease_minutes = 60,
            .package_sha256 = hash_of("package"),
            .parts = {{.part = 1, .sha256 = hash_of("part")}},
            .documents = {{.row = 1,
                           .part = 1,
                           .document = DocumentId::from_bytes(Bytes(kIdBytes, 3)),
                           .header_sha256 = hash_of("header")}}};
}

Publication a_publication() {
    const auto octets = [](std::string_view text) { return to_bytes(as_bytes(text)); };
    return {.package = {.file = octets("package"), .mac = {}},
            .parts = {{.part = 1, .content = {.file = octets("part"), .mac = {}}}},
            .headers = {{.row = 1, .header = octets("header")}}};
}

std::string refused_path(const std::function<void()>& check) {
    try {
        check();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::kInvalidArgument);
        return error.path();
    }
    return "accepted";
}

struct Row {
    const char* name;
    std::function<void(Policy&)> change;
    std::string path;
};
class PolicyTest : public testing::TestWithParam<Row> {};
TEST_P(PolicyTest, IsHonouredOrRefusedWithItsField) {
    Policy policy = a_policy();
    GetParam().change(policy);
    EXPECT_EQ(refused_path([&] { check_policy(policy, kCase, kNow); }), GetParam().path);
}

using std::chrono::hours;
INSTANTIATE_TEST_SUITE_P(
    Controls, PolicyTest,
    testing::Values(
        Row{"AsItIs", [](Policy&) {}, "accepted"},
        Row{"OfAnotherCase", [](Policy& p) { p.case_id = CaseId(); }, "/policy/case"},
        Row{"ALaterVersion", [](Policy& p) { p.version = 2; }, "/policy/case"},
        Row{"NoOpens", [](Policy& p) { p.max_opens = 0; }, "/policy/max_opens"},
        Row{"MostOpens", [](Policy& p) { p.max_opens = 20; }, "accepted"},
        Row{"TooManyOpens", [](Policy& p) { p.max_opens = 21; }, "/policy/max_opens"},
        Row{"NoLease", [](Policy& p) { p.lease_minutes = 0; }, "/policy/lease_minutes"},
        Row{"LongestLease", [](Policy& p) { p.lease_minutes = 1440; }, "accepted"},
        Row{"TooLongALease", [](Policy& p) { p.lease_minutes = 1441; }, "/policy/lease_minutes"},
        Row{"EndedAlready", [](Policy& p) { p.not_after = kNow; }, "/policy/not_after"},
        Row{"AMonth", [](Policy& p) { p.not_after = kNow + hours(31 * 24); }, "accepted"},
        Row{"OverAMonth",
            [](Policy& p) { p.not_after = kNow + hours(31 * 24) + std::chrono::seconds(1); },
            "/policy/not_after"},
        Row{"BeginsAtItsEnd", [](Policy& p) { p.not_before = p.not_after; }, "/policy/not_before"},
        Row{"NoCodeThreeDays",
            [](Policy& p) {
                p.needs_code = false;
                p.max_opens = 3;
                p.not_after = kNow + hours(72);
            },
            "accepted"},
        Row{"NoCodeLonger",
            [](Policy& p) {
                p.needs_code = false;
                p.max_opens = 3;
                p.not_after = kNow + hours(73);
            },
            "/policy/not_after"},
        Row{"NoCodeMoreOpens",
            [](Policy& p) {
                p.needs_code = false;
                p.max_opens = 4;
            },
            "/policy/max_opens"},
        Row{"AFreezeRule", [](Policy& p) { p.freeze = {"second_holder"}; }, "/policy/freeze"},
        Row{"NoPart",
            [](Policy& p) {
                p.parts.clear();
                p.documents.clear();
            },
            "/policy/parts"},
        Row{"PartsFromTwo", [](Policy& p) { p.parts[0].part = 2; }, "/policy/parts/0"},
        Row{"APartThatEndsFirst",
            [](Policy& p) {
                p.parts[0].opens_at = kNow;
                p.parts[0].ends_at = kNow;
            },
            "/policy/parts/0"},
        Row{"RowsFromTwo", [](Policy& p) { p.documents[0].row = 2; }, "/policy/documents/0"},
        Row{"ARowOfNoPart", [](Policy& p) { p.documents[0].part = 2; }, "/policy/documents/0"}),
    [](const testing::TestParamInfo<Row>& row) { return row.param.name; });

struct ContentRow {
    const char* name;
    std::function<void(Publication&)> change;
    std::string path;
};
class ContentsTest : public testing::TestWithParam<ContentRow> {};
TEST_P(ContentsTest, AreWhatThePolicyNames) {
    Publication publication = a_publication();
    GetParam().change(publication);
    EXPECT_EQ(refused_path([&] { check_contents(publication, a_policy()); }), GetParam().path);
}
INSTANTIATE_TEST_SUITE_P(
    Changes, ContentsTest,
    testing::Values(ContentRow{"AsTheyAre", [](Publication&) {}, "accepted"},
                    ContentRow{"AnotherPackage", [](Publication& p) { p.package.file[0] ^= 1; },
                               "/package/file"},
                    ContentRow{"AnotherPart",
                               [](Publication& p) { p.parts[0].content.file[0] ^= 1; }, "/parts/0"},
                    ContentRow{"NoPart", [](Publication& p) { p.parts.clear(); }, "/parts"},
                    ContentRow{"OnePartMore", [](Publication& p) { p.parts.push_back(p.parts[0]); },
                               "/parts"},
                    ContentRow{"AnotherHeader", [](Publication& p) { p.headers[0].header[0] ^= 1; },
                               "/headers/0"},
                    ContentRow{"AHeaderOfAnotherRow", [](Publication& p) { p.headers[0].row = 2; },
                               "/headers/0"},
                    ContentRow{"NoHeader", [](Publication& p) { p.headers.clear(); }, "/headers"}),
    [](const testing::TestParamInfo<ContentRow>& row) { return row.param.name; });

}  // namespace
}  // namespace valv::service
