#include <gtest/gtest.h>

#include "client/lib/errors.h"
#include "tests/client/lib/support/party.h"

namespace valv::client::test {
namespace {

TEST(VaultTest, FounderIsAdminOfANewVault) {
    World world;
    const auto founder = found(world);
    EXPECT_EQ(founder->vault.own_line().role, crypto::Role::kAdmin);
    EXPECT_EQ(founder->vault.directory().number, 1U);
    EXPECT_EQ(founder->vault.directory().server_ca, world.server.ca_pin());
}

TEST(VaultTest, NamesAreReadFromTheDirectoryObject) {
    World world;
    (void)found(world);
    const auto again = Member::reopen(world, "founder");
    EXPECT_EQ(again->vault.names().vault, "Return unit");
    EXPECT_EQ(again->vault.names().name_of(again->profile.facts().person), "Founder");
}

TEST(VaultTest, WrongTokenMakesNoVault) {
    World world;
    NewVault wanted = new_vault(world);
    const crypto::SecretBytes good = std::move(wanted.token);
    std::string text(as_text(good.reveal()));
    text[0] = text[0] == 'A' ? 'B' : 'A';
    wanted.token = crypto::SecretBytes::from(as_bytes(text));
    EXPECT_EQ(failure_of([&] { return create_vault(world.environment, std::move(wanted)); }),
              "forbidden");
}

TEST(VaultTest, TextThatIsNoTokenIsRefusedBeforeAnyCall) {
    World world;
    NewVault wanted = new_vault(world);
    wanted.token = crypto::SecretBytes::from(as_bytes("hello"));
    EXPECT_EQ(failure_of([&] { return create_vault(world.environment, std::move(wanted)); }),
              "malformed");
    EXPECT_EQ(world.network.wire.calls, 0U);
}

// Cut at every call: the same command again ends with one vault.
TEST(VaultTest, CreationGoesOnWhereverItWasCut) {
    for (std::size_t lost = 1; lost <= 3; ++lost) {
        for (const bool was_answered : {false, true}) {
            World world;
            NewVault first = new_vault(world);
            NewVault second = new_vault(world);
            second.token = first.token.clone();
            std::size_t calls = 0;
            const auto cut = [&] {
                if (++calls == lost) {
                    throw Error(ErrorCode::kUnavailable, "cut");
                }
            };
            if (was_answered) {
                world.network.wire.after = [&](const Call&, Response&) { cut(); };
            } else {
                world.network.wire.before = [&](const Call&) { cut(); };
            }
            const bool was_cut = error_of([&] {
                                     return create_vault(world.environment, std::move(first));
                                 }).has_value();
            world.network.wire.after = {};
            world.network.wire.before = {};
            if (was_cut) {
                (void)create_vault(world.environment, std::move(second));
            }
            const auto founder = Member::reopen(world, "founder");
            EXPECT_EQ(founder->vault.directory().devices.size(), 1U) << lost << was_answered;
        }
    }
}

TEST(VaultTest, ProfileOfAVaultTakesNoSecondOne) {
    World world;
    (void)found(world);
    EXPECT_EQ(failure_of([&] { return create_vault(world.environment, new_vault(world)); }),
              "conflict");
}

TEST(VaultTest, RevokedDeviceIsShutOut) {
    World world;
    const auto founder = found(world);
    const auto other = enrol(world, *founder, "other");
    founder->vault.sync();
    revoke_devices(founder->vault, {other->device()});
    EXPECT_EQ(failure_of([&] {
                  other->vault.sync();
                  return 0;
              }),
              "forbidden");
}

TEST(VaultTest, LastAdminCannotBeRevoked) {
    World world;
    const auto founder = found(world);
    EXPECT_EQ(failure_of([&] {
                  revoke_devices(founder->vault, {founder->device()});
                  return 0;
              }),
              "invalid_argument");
}

TEST(VaultTest, PinsFollowTheDirectoryAndTheLog) {
    World world;
    const auto founder = found(world);
    change_names(founder->vault, {.vault = "Renamed", .people = founder->vault.names().people});
    founder->vault.sync();
    const auto again = Member::reopen(world, "founder");
    EXPECT_EQ(again->profile.pins().directory->number, 2U);
    EXPECT_EQ(again->profile.pins().log.size, 2U);
    EXPECT_EQ(again->vault.names().vault, "Renamed");
}

}  // namespace
}  // namespace valv::client::test
