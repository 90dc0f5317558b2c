// Beyond the cells: octets all over what is read, and what a device itself wrote.
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "client/cli/sentences.h"
#include "tests/tamper/victim.h"

namespace valv::client::test {
namespace {

using protocol::RouteName;

constexpr std::size_t kPlaces = 40;  // in each answer

class SweepTest : public testing::TestWithParam<RouteName> {
protected:
    void TearDown() override { stage_.network.cheat = {}; }

    static Reading reading() {
        switch (protocol::route(GetParam()).listener) {
            case protocol::Listener::kPublic:
                return Reading::kRecipient;
            case protocol::Listener::kStaff:
            case protocol::Listener::kOperator:
                break;
        }
        return Reading::kCase;
    }
    // Exit code of a reading in which every answer of the route was changed; 0: it was read.
    int exit_code_with(const ChangeResponse& change) {
        Victim victim(stage_, reading(), Unseen::kNothing);
        const std::string known = victim.known();
        stage_.network.cheat.after = [&](const Call& call, Response& response) {
            if (call.route == GetParam() && response.succeeded()) {
                change(response);
            }
        };
        int code = cli::kExitDone;
        try {
            (void)victim.read();
        } catch (const Error& error) {
            code = cli::describe(error).exit_code;
            EXPECT_FALSE(victim.saved_anything());
            EXPECT_TRUE(victim.known() == known);
        }
        stage_.network.cheat = {};
        return code;
    }

    Stage& stage_ = shared_stage();
};

TEST_P(SweepTest, AFlippedBitIsNoticedWhereverItIs) {
    for (std::size_t place = 0; place <= kPlaces; ++place) {
        const int code = exit_code_with([place](Response& response) {
            response.body.at((response.body.size() - 1) * place / kPlaces) ^= 1U;
        });
        EXPECT_EQ(code, cli::kExitTampered) << "place " << place << " of " << kPlaces;
    }
}

TEST_P(SweepTest, AnAnswerCutAnywhereIsNoticed) {
    for (std::size_t place = 0; place < kPlaces; ++place) {
        const int code = exit_code_with([place](Response& response) {
            response.body.resize(response.body.size() * place / kPlaces);
        });
        EXPECT_EQ(code, cli::kExitTampered) << "place " << place << " of " << kPlaces;
    }
}

TEST_P(SweepTest, AnAnswerThatIsSomethingElseIsNoticed) {
    EXPECT_EQ(exit_code_with([](Response& response) {
                  response.body = to_bytes(as_bytes("<html>a proxy's page</html>"));
              }),
              cli::kExitTampered);
}

constexpr std::array kRead{
    RouteName::kGetDirectoryHead,  RouteName::kGetDirectory,    RouteName::kGetCase,
    RouteName::kGetKeyring,        RouteName::kGetRecord,       RouteName::kGetCheckpoint,
    RouteName::kGetTile,           RouteName::kGetDocumentBody, RouteName::kGetPackage,
    RouteName::kGetDocumentHeader, RouteName::kGetPart,         RouteName::kGetLinkHeader,
    RouteName::kGetLinkBody};
INSTANTIATE_TEST_SUITE_P(Routes, SweepTest, testing::ValuesIn(kRead),
                         [](const testing::TestParamInfo<RouteName>& route) {
                             return "route_" + std::to_string(static_cast<int>(route.param));
                         });

// The server acknowledged a write, and then shows a log without it.
TEST(OwnWriteTest, ALogWithoutAnOwnWriteIsNoticed) {
    World world;
    const std::unique_ptr<Member> founder = found(world);
    const CaseId case_id = Cases(founder->vault).create(plain_record());
    founder->vault.sync();
    Response old;
    world.network.wire.after = [&](const Call& call, Response& response) {
        if (call.route == RouteName::kGetCheckpoint) {
            old = response;
        }
    };
    founder->vault.sync_log();
    founder->open(case_id).update_record([](casework::Record record) { return record; });
    world.network.wire.after = [&](const Call& call, Response& response) {
        if (call.route == RouteName::kGetCheckpoint) {
            response = old;
        }
    };
    EXPECT_EQ(failure_of([&] {
                  founder->vault.sync_log();
                  return 0;
              }),
              "own_write_missing");
}

}  // namespace
}  // namespace valv::client::test
