// kill -9 at any moment: the profile opens afterwards and holds one of the states that were
// written.
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "client/lib/profile.h"
#include "tests/client/lib/support/party.h"

namespace valv::client::test {
namespace {

// Pins forward for ever; tells the parent about each step that is done.
[[noreturn]] void pin_for_ever(Profile& profile, int progress) {
    for (std::uint64_t size = 1;; ++size) {
        profile.update_pins(
            [&](Pins& pins) { pins.pin_log({.size = pins.log.size + 1, .root = pins.log.root}); });
        (void)!::write(progress, "x", 1);
    }
}

TEST(KillTest, ProfileSurvivesAKillAtAnyMoment) {
    const TempFolder folder;
    valv::test::SeededRandom random("kill");
    const VaultId vault = VaultId::random(random);
    VaultFacts facts;
    facts.vault = vault;
    Profile profile = Profile::create(folder / "a", sealed::DeviceKeys::random(vault, random),
                                      facts, passphrase(), {.log2_n = 4}, random);
    std::uint64_t acknowledged = 0;
    for (int round = 0; round < 40; ++round) {
        std::array<int, 2> ends{};
        ASSERT_EQ(::pipe(ends.data()), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            pin_for_ever(profile, ends[1]);
        }
        ::close(ends[1]);
        std::array<char, 1> step{};
        for (int steps = 0; steps < round % 7; ++steps) {
            acknowledged += static_cast<std::uint64_t>(::read(ends[0], step.data(), 1));
        }
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        while (::read(ends[0], step.data(), 1) == 1) {
            ++acknowledged;
        }
        ::close(ends[0]);
        const Profile opened = Profile::open(folder / "a", passphrase());
        // At most one step was written and not told.
        EXPECT_GE(opened.pins().log.size, acknowledged);
        EXPECT_LE(opened.pins().log.size, acknowledged + 1);
        acknowledged = opened.pins().log.size;
    }
}

}  // namespace
}  // namespace valv::client::test
