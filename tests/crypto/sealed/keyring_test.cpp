#include "crypto/sealed/keyring.h"

#include <algorithm>
#include <functional>

#include <gtest/gtest.h>

#include "tests/crypto/core/note_builders.h"
#include "tests/crypto/expect_error.h"
#include "tests/crypto/seeded_random.h"

namespace valv::sealed {
namespace {

using crypto::NoteKind;
using crypto::ObjectNote;
using test::TestDevice;

constexpr const char* kChain = "tampered note_chain_broken";
constexpr const char* kSigner = "tampered note_signer_not_allowed";
constexpr const char* kContext = "tampered note_context_mismatch";

// A keyring and its note.
struct Pair {
    Keyring keyring;
    ObjectNote note;
    DeviceId signer;
    [[nodiscard]] NotedKeyring noted() const {
        return {.keyring = keyring, .note = note, .signer = signer};
    }
};

class KeyringTest : public testing::Test {
protected:
    KeyringTest() {
        directory_.vault = vault_;
        directory_.devices = {admin_.line, member_.line, colleague_.line, leaver_.line};
    }
    [[nodiscard]] Pair first() {
        Pair pair{.keyring = {.vault = vault_,
                              .case_id = case_,
                              .epoch = 1,
                              .number = 1,
                              .succession = std::nullopt,
                              .record = std::nullopt,
                              .keys = {}},
                  .note = note(1, 1, {member_, leaver_}),
                  .signer = member_.line.device};
        pair.keyring.keys.push_back({.epoch = 1, .key = CaseKey::random(random_)});
        return pair;
    }
    [[nodiscard]] ObjectNote note(
        std::uint32_t epoch, std::uint32_t number,
        std::initializer_list<std::reference_wrapper<const TestDevice>> devices) const {
        ObjectNote made{.kind = NoteKind::kKeyring,
                        .vault = vault_,
                        .case_id = case_,
                        .link = std::nullopt,
                        .epoch = epoch,
                        .number = number,
                        .object = {},
                        .previous = number == 1 ? std::nullopt : std::optional(before_),
                        .directory = {.number = 4, .hash = test::hash(4)},
                        .checkpoint = {},
                        .devices = {},
                        .recovery = std::nullopt};
        for (const TestDevice& device : devices) {
            made.devices.push_back(device.line.device);
        }
        std::ranges::sort(made.devices);
        return made;
    }
    // The next keyring of the same epoch, one more member.
    [[nodiscard]] Pair next(const Pair& before) {
        Pair pair{
            .keyring = before.keyring.clone(),
            .note = note(before.note.epoch, before.note.number + 1, {member_, leaver_, colleague_}),
            .signer = member_.line.device};
        ++pair.keyring.number;
        hand_on(before, pair);
        return pair;
    }
    // A member leaves: epoch + 1, new K.
    [[nodiscard]] Pair rotated(const Pair& before) {
        Pair pair{.keyring = before.keyring.clone(),
                  .note = note(before.note.epoch + 1, before.note.number + 1, {member_}),
                  .signer = member_.line.device};
        ++pair.keyring.number;
        ++pair.keyring.epoch;
        pair.keyring.keys.push_back({.epoch = pair.keyring.epoch, .key = CaseKey::random(random_)});
        hand_on(before, pair);
        return pair;
    }
    static void hand_on(const Pair& before, Pair& pair) {
        pair.keyring.succession = before.keyring.newest_keys().next_keyring_mac(
            pair.keyring.epoch, pair.keyring.number, pair.keyring.keys.back().key,
            pair.note.devices);
    }
    [[nodiscard]] std::string refusal(const Pair& before, const Pair& after) const {
        return test::error_of(
            [&] { check_keyring_succession(before.noted(), before_, after.noted(), directory_); });
    }

    test::SeededRandom random_{"keyring"};
    VaultId vault_ = VaultId::random(random_);
    CaseId case_ = CaseId::random(random_);
    crypto::Hash before_ = test::hash(99);
    TestDevice admin_{40};
    TestDevice member_{41, crypto::Role::kCoordinator};
    TestDevice colleague_{42, crypto::Role::kCoordinator};
    TestDevice leaver_{43, crypto::Role::kCoordinator};
    crypto::Directory directory_;
};

TEST_F(KeyringTest, ThePlaintextComesBack) {
    const Pair second = rotated(first());
    const crypto::SecretBytes text = encode_keyring(second.keyring);
    const Keyring decoded = decode_keyring(text.reveal());
    EXPECT_TRUE(crypto::constant_time_equal(encode_keyring(decoded).reveal(), text.reveal()));
    EXPECT_EQ(decoded.epoch, 2U);
    EXPECT_EQ(decoded.newest_keys().case_identity().recipient(),
              second.keyring.newest_keys().case_identity().recipient());
}

TEST_F(KeyringTest, EveryEpochsIdentityStandsInIt) {
    const Pair second = rotated(first());
    const std::string text(as_text(encode_keyring(second.keyring).reveal()));
    for (const std::uint32_t epoch : {1U, 2U}) {
        const crypto::SecretBytes identity = second.keyring.case_keys(epoch).case_identity().text();
        EXPECT_NE(text.find("\n" + std::string(as_text(identity.reveal())) + "\n"),
                  std::string::npos);
    }
    EXPECT_EQ(second.keyring.find_key(3), nullptr);
    EXPECT_EQ(test::error_of([&] { static_cast<void>(second.keyring.case_keys(3)); }), "not_found");
}

TEST_F(KeyringTest, EachShorterTextIsRefused) {
    const crypto::SecretBytes text = encode_keyring(rotated(first()).keyring);
    for (std::size_t size = 0; size < text.size(); ++size) {
        EXPECT_NE(
            test::error_of([&] { static_cast<void>(decode_keyring(text.reveal().first(size))); }),
            "nothing");
    }
}

TEST_F(KeyringTest, EachFlippedOctetIsRefusedOrAnotherWellFormedKeyring) {
    const std::string text(as_text(encode_keyring(rotated(first()).keyring).reveal()));
    for (std::size_t at = 0; at < text.size(); ++at) {
        std::string damaged = text;
        damaged[at] = static_cast<char>(damaged[at] ^ 1);
        try {
            EXPECT_EQ(as_text(encode_keyring(decode_keyring(as_bytes(damaged))).reveal()), damaged);
        } catch (const Error& error) {
            EXPECT_TRUE(error.code() == ErrorCode::kMalformed ||
                        error.name() == "note_context_mismatch");
        }
    }
}

TEST_F(KeyringTest, AnIdentityThatDoesNotComeFromItsKeyIsRefused) {
    const Pair one = first();
    std::string text(as_text(encode_keyring(one.keyring).reveal()));
    const crypto::SecretBytes other = X25519Identity::random(random_).text();
    text.replace(text.find("AGE-SECRET"), other.size(), as_text(other.reveal()));
    EXPECT_EQ(test::error_of([&] { static_cast<void>(decode_keyring(as_bytes(text))); }), kContext);
}

TEST_F(KeyringTest, OpensForItsDevicesAndTheRecoveryRecipient) {
    const X25519Identity device = X25519Identity::random(random_);
    const X25519Identity recovery = X25519Identity::random(random_);
    const Pair one = first();
    const Bytes file =
        seal_keyring(one.keyring, {&device.recipient(), &recovery.recipient()}, random_);
    EXPECT_EQ(open_keyring(file, {&device}).case_id, case_);
    EXPECT_EQ(open_keyring(file, {&recovery}).case_id, case_);
    const X25519Identity stranger = X25519Identity::random(random_);
    EXPECT_EQ(test::error_of([&] { static_cast<void>(open_keyring(file, {&stranger})); }),
              "not_found age_no_match");
}

TEST_F(KeyringTest, TheFirstListsItsMaker) {
    Pair one = first();
    check_first_keyring(one.noted());
    one.signer = colleague_.line.device;
    EXPECT_EQ(test::error_of([&] { check_first_keyring(one.noted()); }), kSigner);
    const Pair two = next(first());
    EXPECT_EQ(test::error_of([&] { check_first_keyring(two.noted()); }), kChain);
}

TEST_F(KeyringTest, ThePlaintextSaysWhatItsNoteSays) {
    for (int field = 0; field < 5; ++field) {
        Pair one = first();
        switch (field) {
            case 0:
                one.note.vault = VaultId::random(random_);
                break;
            case 1:
                one.note.case_id = CaseId::random(random_);
                break;
            case 2:
                one.note.epoch = 2;
                break;
            case 3:
                one.note.number = 2;
                break;
            case 4:
                one.note.kind = NoteKind::kRecord;
                break;
        }
        EXPECT_EQ(test::error_of([&] { check_keyring_context(one.keyring, one.note); }), kContext)
            << field;
    }
}

TEST_F(KeyringTest, AMemberHandsItOn) {
    const Pair one = first();
    const Pair two = next(one);
    EXPECT_EQ(refusal(one, two), "nothing");
    EXPECT_EQ(refusal(two, rotated(two)), "nothing");
}

TEST_F(KeyringTest, AnAdminHandsItOnInRecovery) {
    const Pair one = first();
    Pair two = rotated(one);
    two.signer = admin_.line.device;
    EXPECT_EQ(refusal(one, two), "nothing");
}

TEST_F(KeyringTest, NobodyElseHandsItOn) {
    const Pair one = first();
    Pair two = next(one);
    two.signer = colleague_.line.device;  // lists itself first
    EXPECT_EQ(refusal(one, two), kSigner);
    two.signer = DeviceId::random(random_);
    EXPECT_EQ(refusal(one, two), kSigner);
    two.signer = member_.line.device;
    directory_.devices[1].status = crypto::DeviceStatus::kRevoked;
    EXPECT_EQ(refusal(one, two), kSigner);
}

TEST_F(KeyringTest, OrderIsKept) {
    const Pair one = first();
    Pair two = next(one);
    two.note.previous = test::hash(1);
    EXPECT_EQ(refusal(one, two), kChain);
    two = next(one);
    two.note.directory.number = 3;
    EXPECT_EQ(refusal(one, two), kChain);
    const Pair three = rotated(next(one));
    EXPECT_EQ(refusal(one, three), kChain);  // a number is missing
    Pair back = next(three);
    back.keyring.epoch = 1;
    back.note.epoch = 1;
    back.keyring.keys.pop_back();
    EXPECT_EQ(refusal(three, back), kChain);
}

TEST_F(KeyringTest, AKnownKeyStaysTheSame) {
    const Pair one = first();
    Pair two = rotated(one);
    two.keyring.keys[0].key = CaseKey::random(random_);
    EXPECT_EQ(refusal(one, two), kContext);
    Pair same_epoch = next(one);
    same_epoch.keyring.keys[0].key = CaseKey::random(random_);
    hand_on(one, same_epoch);
    EXPECT_EQ(refusal(one, same_epoch), kContext);
}

// A server that knows every public key but no K cannot make the MAC; nor does another device list
// fit it.
TEST_F(KeyringTest, TheSuccessionMacIsNeeded) {
    const Pair one = first();
    Pair two = rotated(one);
    two.keyring.succession = test::hash(7);
    EXPECT_EQ(refusal(one, two), kContext);
    two.keyring.succession = std::nullopt;
    EXPECT_EQ(refusal(one, two), kContext);
    two = rotated(one);
    two.note.devices.push_back(colleague_.line.device);
    EXPECT_EQ(refusal(one, two), kContext);
    two = rotated(one);
    const Pair other = first();
    hand_on(other, two);
    EXPECT_EQ(refusal(one, two), kContext);
}

}  // namespace
}  // namespace valv::sealed
