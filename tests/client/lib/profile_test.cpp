#include "client/lib/profile.h"

#include <gtest/gtest.h>

#include "tests/client/lib/support/party.h"

namespace valv::client::test {
namespace {

struct ProfileTest : testing::Test {
    Profile create(std::string_view name) {
        const VaultId vault = VaultId::random(random);
        VaultFacts facts;
        facts.vault = vault;
        facts.server = "https://vault.example";
        return Profile::create(folder / name, sealed::DeviceKeys::random(vault, random), facts,
                               passphrase(), {.log2_n = 4}, random);
    }
    std::string open_failure(std::string_view name) {
        return failure_of([&] { return Profile::open(folder / name, passphrase()); });
    }
    TempFolder folder;
    valv::test::SeededRandom random{"profile"};
};

TEST_F(ProfileTest, OpensWithItsPassphrase) {
    const Profile made = create("a");
    const Profile opened = Profile::open(folder / "a", passphrase());
    EXPECT_EQ(opened.device(), made.device());
    EXPECT_EQ(opened.pins(), made.pins());
}

TEST_F(ProfileTest, WrongPassphraseDoesNotOpen) {
    (void)create("a");
    const auto error = error_of(
        [&] { return Profile::open(folder / "a", crypto::SecretBytes::from(as_bytes("wrong"))); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code(), ErrorCode::kWrongPassphrase);
}

TEST_F(ProfileTest, AbsentProfileIsNotFound) {
    EXPECT_EQ(open_failure("a"), "not_found");
}

TEST_F(ProfileTest, ExistingProfileIsNotReplaced) {
    (void)create("a");
    EXPECT_EQ(failure_of([&] { return create("a"); }), "conflict");
}

TEST_F(ProfileTest, EveryAlteredOctetOfThePinsIsNoticed) {
    (void)create("a");
    const Bytes good = read_file(folder / "a/pins");
    for (std::size_t index = 0; index < good.size(); index += 7) {
        Bytes bad = good;
        bad[index] ^= 1U;
        write_file(folder / "a/pins", bad);
        EXPECT_EQ(open_failure("a"), "profile_damaged") << index;
    }
}

TEST_F(ProfileTest, PinsOfAnotherDeviceAreRefused) {
    (void)create("a");
    (void)create("b");
    write_file(folder / "a/pins", read_file(folder / "b/pins"));
    EXPECT_EQ(open_failure("a"), "profile_damaged");
}

TEST_F(ProfileTest, MissingPinsAreNoticed) {
    (void)create("a");
    std::filesystem::remove(folder / "a/pins");
    EXPECT_EQ(open_failure("a"), "profile_damaged");
}

TEST_F(ProfileTest, UpdateTakesUpWhatAnotherProcessPinned) {
    Profile one = create("a");
    Profile two = Profile::open(folder / "a", passphrase());
    one.update_pins([](Pins& pins) { pins.pin_log({.size = 5, .root = crypto::empty_root()}); });
    two.update_pins([](Pins& pins) { pins.pin_log({.size = 3, .root = crypto::empty_root()}); });
    EXPECT_EQ(two.pins().log.size, 5U);
    EXPECT_EQ(Profile::open(folder / "a", passphrase()).pins().log.size, 5U);
}

// Killed between the pins and device.age: there is no profile, and the next run makes one.
TEST_F(ProfileTest, CutCreationLeavesNoProfile) {
    (void)create("a");
    std::filesystem::remove(folder / "a/device.age");
    EXPECT_FALSE(Profile::exists(folder / "a"));
    (void)create("a");
    EXPECT_EQ(open_failure("a"), "none");
}

TEST_F(ProfileTest, NoFileHoldsASecretInTheClear) {
    World world;
    const auto founder = found(world);
    const CaseId case_id = Cases(founder->vault).create(plain_record());
    (void)founder->open(case_id).read_record();
    for (const auto& entry : std::filesystem::recursive_directory_iterator(world.folder.path())) {
        if (entry.is_regular_file()) {
            const std::string text = snapshot(entry.path());
            EXPECT_EQ(text.find("SECRET-KEY"), std::string::npos) << entry.path();
            EXPECT_EQ(text.find("PRIVATE KEY"), std::string::npos) << entry.path();
            EXPECT_EQ(text.find("Sanda"), std::string::npos) << entry.path();
        }
    }
}

}  // namespace
}  // namespace valv::client::test
