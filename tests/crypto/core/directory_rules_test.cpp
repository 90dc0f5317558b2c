#include <gtest/gtest.h>

#include "crypto/core/device_id.h"
#include "tests/crypto/core/directory_fixture.h"

namespace valv::crypto {
namespace {

constexpr const char* kChain = "tampered note_chain_broken";
constexpr const char* kSigner = "tampered note_signer_not_allowed";
constexpr const char* kContext = "tampered note_context_mismatch";
constexpr const char* kSignature = "tampered note_signature_invalid";

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

}  // namespace
}  // namespace valv::crypto
