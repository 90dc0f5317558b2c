// A profile restored from an older copy is a warning, not an accusation (docs/formats.md section
// 4).
#include <gtest/gtest.h>

#include "tests/client/lib/support/party.h"

namespace valv::client::test {
namespace {

void write_again(Member& member, const CaseId& id) {
    Case opened = member.open(id);
    opened.update_record([](casework::Record record) { return record; });
}

struct OlderCopyTest : testing::Test {
    [[nodiscard]] std::filesystem::path copied() const { return world.folder / "copy"; }
    void copy_profile() {
        std::filesystem::copy(founder->profile.folder(), copied(),
                              std::filesystem::copy_options::recursive);
    }
    // How often a run over the copy tells it, and that the run reads what is newest.
    [[nodiscard]] int times_told(const CaseId& wanted) {
        int told = 0;
        Profile profile = Profile::open(copied(), passphrase());
        Vault vault(world.environment, profile);
        vault.when_older_copy([&] { ++told; });
        vault.sync();
        Case opened = Cases(vault).open(wanted);
        EXPECT_EQ(opened.read_record().head.number, newest(wanted));
        return told;
    }
    [[nodiscard]] std::uint32_t newest(const CaseId& wanted) {
        return founder->open(wanted).read_record().head.number;
    }
    World world;
    std::unique_ptr<Member> founder = found(world);
    const CaseId id = Cases(founder->vault).create(plain_record());
};

TEST_F(OlderCopyTest, OwnRecordBeyondThePinsIsToldOnce) {
    copy_profile();
    write_again(*founder, id);
    write_again(*founder, id);
    EXPECT_EQ(times_told(id), 1);
    EXPECT_EQ(times_told(id), 0);  // it has caught up
}

TEST_F(OlderCopyTest, OwnCaseThatThePinsDoNotKnowIsTold) {
    copy_profile();
    const CaseId newer = Cases(founder->vault).create(plain_record("RV-2026-102"));
    EXPECT_EQ(times_told(newer), 1);
}

TEST_F(OlderCopyTest, OwnKeyringBeyondThePinsIsTold) {
    const auto colleague = enrol(world, *founder, "colleague");
    founder->vault.sync();
    copy_profile();
    founder->open(id).share({colleague->device()});
    EXPECT_EQ(times_told(id), 1);
}

TEST_F(OlderCopyTest, OwnDirectoryNoteBeyondThePinsIsTold) {
    copy_profile();
    (void)enrol(world, *founder, "colleague");
    EXPECT_EQ(times_told(id), 1);
}

TEST_F(OlderCopyTest, AColleaguesWritesAreNotTold) {
    const auto colleague = enrol(world, *founder, "colleague");
    founder->vault.sync();
    founder->open(id).share({colleague->device()});
    copy_profile();
    write_again(*colleague, id);
    EXPECT_EQ(times_told(id), 0);
}

// What got lost on the way back in this very run is no older copy.
TEST_F(OlderCopyTest, AWriteWhoseReplyWasLostIsNotTold) {
    int told = 0;
    Profile profile = Profile::open(founder->profile.folder(), passphrase());
    Vault vault(world.environment, profile);
    vault.when_older_copy([&] { ++told; });
    vault.sync();
    Case opened = Cases(vault).open(id);
    bool is_lost = false;
    world.network.wire.after = [&](const Call& call, Response& /*response*/) {
        if (call.route == protocol::RouteName::kPutRecord && !std::exchange(is_lost, true)) {
            throw Error(ErrorCode::kNetwork, "cut");
        }
    };
    opened.update_record([](casework::Record record) { return record; });
    EXPECT_TRUE(is_lost);
    EXPECT_EQ(told, 0);
}

}  // namespace
}  // namespace valv::client::test
