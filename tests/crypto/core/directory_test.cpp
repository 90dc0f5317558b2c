#include "crypto/core/directory.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "crypto/core/signed_note.h"
#include "tests/crypto/core/note_builders.h"
#include "tests/crypto/expect_error.h"

namespace valv::crypto {
namespace {

using test::hash;
using test::id;
using test::TestDevice;

constexpr const char* kChain = "tampered note_chain_broken";
constexpr const char* kSigner = "tampered note_signer_not_allowed";
constexpr const char* kContext = "tampered note_context_mismatch";
constexpr const char* kSignature = "tampered note_signature_invalid";

class DirectoryTest : public testing::Test {
protected:
    DirectoryTest() {
        first_.vault = id<VaultId>(1);
        first_.object = hash(2);
        first_.server_ca = hash(3);
        first_.log_key = founder_.line.signing_key;
        first_.origin = "https://papers.example:8444";
        first_.devices = {founder_.line, coordinator_.line};
        sort(first_);
    }
    static void sort(Directory& directory) {
        std::ranges::sort(directory.devices, {}, &DeviceLine::device);
    }

    [[nodiscard]] static Directory next(const VerifiedDirectory& before) {
        Directory directory = before.directory;
        ++directory.number;
        directory.previous = before.note;
        return directory;
    }
    static DeviceLine& line_of(Directory& directory, const TestDevice& device) {
        return *std::ranges::find(directory.devices, device.line.device, &DeviceLine::device);
    }
    static void add(Directory& directory, const TestDevice& device) {
        directory.devices.push_back(device.line);
        sort(directory);
    }
    [[nodiscard]] static VerifiedDirectory advanced(const VerifiedDirectory& before,
                                                    const Directory& after,
                                                    const TestDevice& signer) {
        return advance_directory(before,
                                 sign_directory(after, signer.line.device, signer.signing_key));
    }
    [[nodiscard]] static std::string refusal(const VerifiedDirectory& before,
                                             const Directory& after, const TestDevice& signer) {
        return test::error_of([&] { static_cast<void>(advanced(before, after, signer)); });
    }

    TestDevice founder_{10};
    TestDevice coordinator_{11, Role::kCoordinator};
    TestDevice second_admin_{12};
    TestDevice stranger_{13};
    Directory first_;
    VerifiedDirectory start() {
        return start_directory(sign_directory(first_, founder_.line.device, founder_.signing_key),
                               founder_.line.signing_key);
    }
};

TEST_F(DirectoryTest, TheTextComesBackAsItWas) {
    Directory directory = next(start());
    directory.server_ca_next = hash(9);
    directory.recovery = stranger_.line.recipient;
    directory.checkpoint = {.size = 12, .root = hash(1)};
    EXPECT_EQ(decode_directory(encode_directory(directory)), directory);
    EXPECT_EQ(decode_directory(encode_directory(first_)), first_);
}

TEST_F(DirectoryTest, TheHeadIsTheOneOfTheFormat) {
    const std::string text = encode_directory(first_);
    EXPECT_TRUE(
        text.starts_with("resvalv/v1/directory\nvault aeaqcaibaeaqcaibaeaqcaibae\ncase -\n"
                         "object aeaqcaibaeaqcaibaeaqcaibae\nepoch 0\nnumber 1\nsha256 "));
    EXPECT_NE(
        text.find(
            "previous -\ndirectory 0 -\ncheckpoint 0 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
            "server_ca "),
        std::string::npos);
    EXPECT_NE(
        text.find("\nrecovery -\nrecovery_proposed -\norigin https://papers.example:8444\ndevice "),
        std::string::npos);
}

TEST_F(DirectoryTest, ADecodedTextEncodesToItselfWhateverOctetChanged) {
    const std::string text = encode_directory(first_);
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (const char replacement : {'0', 'a', 'A', ' ', '\n', '-'}) {
            std::string changed = text;
            changed[at] = replacement;
            try {
                EXPECT_EQ(encode_directory(decode_directory(changed)), changed);
            } catch (const Error& error) {
                EXPECT_EQ(error.code(), ErrorCode::kMalformed);
            }
        }
    }
}

TEST_F(DirectoryTest, EachTextCutWithinALineIsMalformed) {
    const std::string text = encode_directory(first_);
    for (std::size_t size = 0; size < text.size(); ++size) {
        if (size > 0 && text[size - 1] == '\n' && text.find("\ndevice ") < size) {
            continue;  // fewer device lines are another well-formed directory: the signature covers
                       // that
        }
        EXPECT_EQ(
            test::error_of([&] { static_cast<void>(decode_directory(text.substr(0, size))); }),
            "malformed")
            << size;
    }
}

TEST_F(DirectoryTest, TheFoundersNoteStartsTheChain) {
    const VerifiedDirectory verified = start();
    EXPECT_EQ(verified.directory, first_);
    EXPECT_EQ(verified.signer, founder_.line.device);
    EXPECT_EQ(verified.head().number, 1U);
}

TEST_F(DirectoryTest, AnotherFoundersNoteIsRefused) {
    const Bytes note = sign_directory(first_, second_admin_.line.device, second_admin_.signing_key);
    EXPECT_EQ(test::error_of(
                  [&] { static_cast<void>(start_directory(note, founder_.line.signing_key)); }),
              kSignature);
    // The founder's key under the name of a device that is no admin.
    const Bytes crossed = sign_directory(first_, coordinator_.line.device, founder_.signing_key);
    EXPECT_EQ(test::error_of(
                  [&] { static_cast<void>(start_directory(crossed, founder_.line.signing_key)); }),
              kSigner);
}

TEST_F(DirectoryTest, EachFlippedOctetOfANoteIsNoticed) {
    const VerifiedDirectory before = start();
    const Bytes note = sign_directory(next(before), founder_.line.device, founder_.signing_key);
    for (std::size_t at = 0; at < note.size(); ++at) {
        Bytes damaged = note;
        damaged[at] ^= 1U;
        EXPECT_EQ(test::error_of([&] { static_cast<void>(advance_directory(before, damaged)); }),
                  kSignature)
            << at;
    }
}

TEST_F(DirectoryTest, AnAdminAddsRevokesAndChangesRoles) {
    const VerifiedDirectory before = start();
    Directory after = next(before);
    add(after, second_admin_);
    line_of(after, coordinator_).status = DeviceStatus::kRevoked;
    const VerifiedDirectory verified = advanced(before, after, founder_);
    EXPECT_EQ(verified.directory.active_admin_count(), 2U);
    EXPECT_EQ(verified.directory.find_active(coordinator_.line.device), nullptr);
    EXPECT_NE(verified.directory.find_device(coordinator_.line.device), nullptr);
    EXPECT_NE(verified.directory.find_active_tls(second_admin_.line.tls_key), nullptr);
    EXPECT_EQ(verified.directory.find_active_tls(coordinator_.line.tls_key), nullptr);
    Directory third = next(verified);
    line_of(third, founder_).role = Role::kAuditor;
    EXPECT_EQ(advanced(verified, third, second_admin_).directory.active_admin_count(), 1U);
}

TEST_F(DirectoryTest, NumberPreviousAndVaultMustFollow) {
    const VerifiedDirectory before = start();
    Directory after = next(before);
    after.number = 3;
    EXPECT_EQ(refusal(before, after, founder_), kChain);
    after = next(before);
    after.previous = hash(77);
    EXPECT_EQ(refusal(before, after, founder_), kChain);
    EXPECT_EQ(refusal(before, first_, founder_), kChain);
    after = next(before);
    after.vault = id<VaultId>(99);
    EXPECT_EQ(refusal(before, after, founder_), kContext);
}

TEST_F(DirectoryTest, OnlyAnActiveAdminOfTheNoteBeforeSigns) {
    const VerifiedDirectory before = start();
    EXPECT_EQ(refusal(before, next(before), coordinator_), kSigner);
    EXPECT_EQ(refusal(before, next(before), stranger_), kSignature);
    Directory after = next(before);
    add(after, second_admin_);
    EXPECT_EQ(refusal(before, after, second_admin_), kSignature);  // lists itself first
    const VerifiedDirectory two = advanced(before, after, founder_);
    Directory third = next(two);
    line_of(third, founder_).status = DeviceStatus::kRevoked;
    const VerifiedDirectory revoked = advanced(two, third, second_admin_);
    EXPECT_EQ(refusal(revoked, next(revoked), founder_), kSigner);
}

TEST_F(DirectoryTest, LinesStayWithTheirKeys) {
    const VerifiedDirectory before = start();
    Directory after = next(before);
    std::erase_if(after.devices,
                  [&](const DeviceLine& line) { return line.device == coordinator_.line.device; });
    EXPECT_EQ(refusal(before, after, founder_), kContext);
    for (int field = 0; field < 4; ++field) {
        after = next(before);
        DeviceLine& line = line_of(after, coordinator_);
        switch (field) {
            case 0:
                line.person = stranger_.line.person;
                break;
            case 1:
                line.recipient = stranger_.line.recipient;
                break;
            case 2:
                line.signing_key = stranger_.line.signing_key;
                break;
            case 3:
                line.tls_key = stranger_.line.tls_key;
                break;
        }
        EXPECT_EQ(refusal(before, after, founder_), kContext) << field;
    }
}

TEST_F(DirectoryTest, ARevokedDeviceNeverReturns) {
    const VerifiedDirectory before = start();
    Directory after = next(before);
    line_of(after, coordinator_).status = DeviceStatus::kRevoked;
    const VerifiedDirectory revoked = advanced(before, after, founder_);
    after = next(revoked);
    line_of(after, coordinator_).status = DeviceStatus::kActive;
    EXPECT_EQ(refusal(revoked, after, founder_), kContext);
}

TEST_F(DirectoryTest, NoKeyOccursTwice) {
    const VerifiedDirectory before = start();
    for (int field = 0; field < 3; ++field) {
        TestDevice thief(14);
        DevicePublicKeys keys{.recipient = recipient_point(thief.line.recipient),
                              .signing_key = thief.line.signing_key,
                              .tls_key = thief.line.tls_key};
        switch (field) {
            case 0:
                thief.line.recipient = coordinator_.line.recipient;
                keys.recipient = recipient_point(thief.line.recipient);
                break;
            case 1:
                keys.signing_key = thief.line.signing_key = coordinator_.line.signing_key;
                break;
            case 2:
                keys.tls_key = thief.line.tls_key = coordinator_.line.tls_key;
                break;
        }
        thief.line.device = device_id(keys);
        Directory after = next(before);
        add(after, thief);
        EXPECT_EQ(refusal(before, after, founder_), kContext) << field;
    }
}

TEST_F(DirectoryTest, AnIdMustComeFromItsKeys) {
    const VerifiedDirectory before = start();
    Directory after = next(before);
    TestDevice liar(14);
    liar.line.device = id<DeviceId>(99);
    add(after, liar);
    EXPECT_EQ(refusal(before, after, founder_), kContext);
}

TEST_F(DirectoryTest, OneAdminStaysActive) {
    const VerifiedDirectory before = start();
    Directory after = next(before);
    line_of(after, founder_).status = DeviceStatus::kRevoked;
    EXPECT_EQ(refusal(before, after, founder_), kContext);
    after = next(before);
    line_of(after, founder_).role = Role::kCoordinator;
    EXPECT_EQ(refusal(before, after, founder_), kContext);
}

TEST_F(DirectoryTest, TheOnlyAdminChangesTheRecoveryRecipientInTwoNotes) {
    const VerifiedDirectory before = start();
    Directory after = next(before);
    after.recovery = stranger_.line.recipient;
    EXPECT_EQ(refusal(before, after, founder_), kContext);  // never proposed
    after = next(before);
    after.recovery_proposed = stranger_.line.recipient;
    const VerifiedDirectory proposed = advanced(before, after, founder_);
    EXPECT_EQ(proposed.proposed_by, founder_.line.person);
    after = next(proposed);
    after.recovery = after.recovery_proposed;
    after.recovery_proposed.clear();
    EXPECT_EQ(advanced(proposed, after, founder_).directory.recovery, stranger_.line.recipient);
}

TEST_F(DirectoryTest, WithTwoAdminsTheOtherConfirmsTheRecoveryRecipient) {
    const VerifiedDirectory before = start();
    Directory after = next(before);
    add(after, second_admin_);
    after.recovery_proposed = stranger_.line.recipient;
    const VerifiedDirectory proposed = advanced(before, after, founder_);
    // A note in between keeps who proposed it.
    const VerifiedDirectory later = advanced(proposed, next(proposed), second_admin_);
    EXPECT_EQ(later.proposed_by, founder_.line.person);
    after = next(later);
    after.recovery = after.recovery_proposed;
    EXPECT_EQ(refusal(later, after, founder_), kSigner);
    EXPECT_EQ(advanced(later, after, second_admin_).directory.recovery, stranger_.line.recipient);
    after.recovery = second_admin_.line.recipient;
    EXPECT_EQ(refusal(later, after, second_admin_), kContext);
}

TEST(LinkOriginTest, IsHttpsOrThisMachine) {
    for (const char* good : {"https://a.example", "https://a.example:8444", "https://192.0.2.1:1",
                             "http://127.0.0.1:8080", "http://localhost:1"}) {
        EXPECT_TRUE(is_link_origin(good)) << good;
    }
    for (const char* bad : {"",
                            "https://",
                            "https://a/",
                            "https://a:",
                            "https://a:0",
                            "https://a:01",
                            "https://a:123456",
                            "http://a:80",
                            "http://127.0.0.1",
                            "http://localhost",
                            "https://A",
                            "https://a b",
                            "ftp://a",
                            "https://u@a",
                            "https://a#b",
                            "https://.a",
                            "https://-a",
                            "HTTPS://a",
                            "https://a?b",
                            "http://127.0.0.1.a:80"}) {
        EXPECT_FALSE(is_link_origin(bad)) << bad;
    }
}

}  // namespace
}  // namespace valv::crypto
