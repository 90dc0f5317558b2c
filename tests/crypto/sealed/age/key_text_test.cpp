#include "crypto/sealed/age/key_text.h"

#include <gtest/gtest.h>

#include "common/base/bech32.h"
#include "common/base/error.h"
#include "crypto/sealed/age/hybrid.h"
#include "crypto/sealed/age/x25519.h"
#include "tests/crypto/expect_error.h"
#include "tests/crypto/seeded_random.h"

namespace valv::sealed {
namespace {

class KeyTextTest : public testing::Test {
protected:
    static std::string recipient_error(std::string_view text) {
        return test::error_of([&] { static_cast<void>(parse_recipient(text)); });
    }
    static std::string identity_error(std::string_view text) {
        return test::error_of([&] { static_cast<void>(parse_identity(as_bytes(text))); });
    }
    static std::string text_of(const crypto::SecretBytes& secret) {
        return std::string(as_text(secret.reveal()));
    }

    test::SeededRandom random_{"key text"};
    X25519Identity classic_ = X25519Identity::random(random_);
    HybridIdentity hybrid_ = HybridIdentity::random(random_);
    std::string recipient_ = classic_.recipient().text();
    std::string hybrid_recipient_ =
        HybridRecipient(Bytes(kHybridPublicBytes, 0x11)).text();  // any octets have a text
};

TEST_F(KeyTextTest, EachKindOfRecipientIsKnownByItsText) {
    EXPECT_EQ(parse_recipient(recipient_)->kind(), RecipientKind::kClassic);
    EXPECT_EQ(parse_recipient(hybrid_recipient_)->kind(), RecipientKind::kHybrid);
}

TEST_F(KeyTextTest, AnIdentityTellsItsRecipient) {
    EXPECT_EQ(parse_identity(classic_.text().reveal())->recipient_text(), recipient_);
}

TEST_F(KeyTextTest, AHybridIdentityIsReadWithOrWithoutMlKem) {
    const std::unique_ptr<KeyIdentity> identity = parse_identity(hybrid_.text().reveal());
    const std::string error =
        test::error_of([&] { static_cast<void>(identity->recipient_text()); });
    EXPECT_EQ(error, has_ml_kem() ? "nothing" : "unsupported ml_kem_missing");
}

TEST_F(KeyTextTest, KeysOfOtherProgramsAreRefusedByName) {
    const std::string foreign = "invalid_argument age_key_foreign";
    EXPECT_EQ(recipient_error("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA somebody"), foreign);
    EXPECT_EQ(recipient_error("ecdsa-sha2-nistp256 AAAA"), foreign);
    EXPECT_EQ(recipient_error(bech32_encode("age1yubikey", Bytes(33, 7))), foreign);
    EXPECT_EQ(identity_error("AGE-PLUGIN-YUBIKEY-1QQQQ"), foreign);
    EXPECT_EQ(identity_error("-----BEGIN OPENSSH PRIVATE KEY-----"), foreign);
}

TEST_F(KeyTextTest, WhatIsNoKeyIsMalformed) {
    const std::string secret = text_of(classic_.text());
    for (const std::string& text :
         {std::string(), std::string("age1"), " " + recipient_, recipient_ + " ",
          to_upper_ascii(recipient_), recipient_.substr(1), hybrid_recipient_ + "q", secret}) {
        EXPECT_EQ(recipient_error(text), "malformed") << text;
    }
    for (const std::string& text :
         {std::string(), std::string("AGE-SECRET-KEY-1"), to_lower_ascii(secret), secret + " ",
          secret.substr(0, secret.size() - 1), recipient_}) {
        EXPECT_EQ(identity_error(text), "malformed") << text;
    }
}

TEST_F(KeyTextTest, EveryTruncationIsRefused) {
    const std::string secret = text_of(hybrid_.text());
    for (std::size_t size = 0; size < recipient_.size(); ++size) {
        EXPECT_EQ(recipient_error(recipient_.substr(0, size)), "malformed") << size;
    }
    for (std::size_t size = 0; size < secret.size(); ++size) {
        EXPECT_EQ(identity_error(secret.substr(0, size)), "malformed") << size;
    }
}

TEST_F(KeyTextTest, AFileOfRecipientsHasCommentsEmptyLinesAndEitherLineEnd) {
    const std::string file = "# office\r\n\n" + recipient_ + "\r\n" + hybrid_recipient_;
    EXPECT_EQ(parse_recipients_file(file).size(), 2U);
}

TEST_F(KeyTextTest, AFileOfIdentitiesMayHoldBothKinds) {
    const std::string file =
        "# created: x\n" + text_of(classic_.text()) + "\n" + text_of(hybrid_.text()) + "\n";
    EXPECT_EQ(parse_identity_file(as_bytes(file)).size(), 2U);
}

TEST_F(KeyTextTest, AComplaintNamesTheLineAndNotItsText) {
    try {
        static_cast<void>(parse_recipients_file("# a\n" + recipient_ + "\nhunter2\n"));
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_STREQ(error.what(), "line 3 is no recipient (age1…)");
    }
    try {
        static_cast<void>(parse_identity_file(as_bytes("\n\nAGE-SECRET-KEY-1HUNTER2")));
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_STREQ(error.what(), "line 3 is a damaged identity (AGE-SECRET-KEY-1…)");
    }
}

TEST_F(KeyTextTest, AFileWithoutAKeyIsMalformed) {
    EXPECT_EQ(test::error_of([] { static_cast<void>(parse_recipients_file("# none\n")); }),
              "malformed");
    EXPECT_EQ(test::error_of([] { static_cast<void>(parse_identity_file({})); }), "malformed");
}

}  // namespace
}  // namespace valv::sealed
