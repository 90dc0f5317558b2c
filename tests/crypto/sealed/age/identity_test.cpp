#include <gtest/gtest.h>

#include "common/base/bech32.h"
#include "common/base/encoding.h"
#include "crypto/sealed/aead.h"
#include "crypto/sealed/age/passphrase.h"
#include "crypto/sealed/age/x25519.h"
#include "crypto/sealed/scrypt.h"
#include "tests/crypto/expect_error.h"
#include "tests/crypto/seeded_random.h"

namespace valv::sealed {
namespace {

using crypto::SecretBytes;

std::string shown(const SecretBytes& secret) {
    return std::string(as_text(secret.reveal()));
}

// RFC 7748 section 6.1: the keys of Alice and Bob.
TEST(X25519IdentityTest, ThePublicKeysAreTheOnesOfRfc7748) {
    const auto point_of = [](const char* secret) {
        return to_hex(
            X25519Identity::from_secret(SecretBytes::from(from_hex(secret))).recipient().point());
    };
    EXPECT_EQ(point_of("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"),
              "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
    EXPECT_EQ(point_of("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"),
              "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
}

TEST(X25519IdentityTest, TextsComeBack) {
    test::SeededRandom random("identity");
    for (int round = 0; round < 20; ++round) {
        const X25519Identity identity = X25519Identity::random(random);
        const std::string text = shown(identity.text());
        EXPECT_TRUE(text.starts_with("AGE-SECRET-KEY-1"));
        EXPECT_EQ(shown(X25519Identity::parse(as_bytes(text)).secret()), shown(identity.secret()));
        EXPECT_EQ(X25519Recipient::parse(identity.recipient().text()), identity.recipient());
    }
}

TEST(X25519IdentityTest, OtherTextsAreMalformed) {
    test::SeededRandom random("identity");
    const X25519Identity identity = X25519Identity::random(random);
    const std::string text = shown(identity.text());
    for (const std::string& other :
         {std::string(), to_lower_ascii(text), text + "Q", text.substr(1),
          text.substr(0, text.size() - 1), " " + text, text + "\n", bech32_encode("age", Bytes(32)),
          to_upper_ascii(bech32_encode("age-secret-key-", Bytes(31)))}) {
        EXPECT_EQ(
            test::error_of([&] { static_cast<void>(X25519Identity::parse(as_bytes(other))); }),
            "malformed");
    }
    const std::string recipient = identity.recipient().text();
    for (const std::string& other :
         {std::string(), to_upper_ascii(recipient), recipient + "q", text,
          bech32_encode("age", Bytes(33)), bech32_encode("agee", Bytes(32))}) {
        EXPECT_EQ(test::error_of([&] { static_cast<void>(X25519Recipient::parse(other)); }),
                  "malformed");
    }
}

TEST(X25519IdentityTest, OtherLengthsAreMalformed) {
    EXPECT_EQ(
        test::error_of([] { static_cast<void>(X25519Identity::from_secret(SecretBytes(31))); }),
        "malformed");
    EXPECT_EQ(testing::PrintToString(X25519Identity::from_secret(SecretBytes::from(Bytes(32, 9)))),
              "<secret>");
}

TEST(X25519IdentityTest, APointOfSmallOrderIsRefusedOnBothSides) {
    test::SeededRandom random("small order");
    const FileKey file_key = FileKey::random(random);
    const X25519Recipient nobody{X25519Point{}};
    EXPECT_EQ(test::error_of([&] { static_cast<void>(nobody.wrap(file_key, random)); }),
              "invalid_argument");
    const X25519Identity identity = X25519Identity::random(random);
    for (const char* point : {"0000000000000000000000000000000000000000000000000000000000000000",
                              "0100000000000000000000000000000000000000000000000000000000000000",
                              "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                              "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                              "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                              "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"}) {
        const std::vector<AgeStanza> stanzas{
            {.arguments = {"X25519", to_base64_unpadded(from_hex(point))}, .body = Bytes(32)}};
        EXPECT_EQ(test::error_of([&] { static_cast<void>(identity.unwrap(stanzas)); }),
                  "malformed age_header_invalid")
            << point;
    }
}

class WrappedKeyTest : public testing::Test {
protected:
    test::SeededRandom random_{"wrap"};
    FileKey file_key_ = FileKey::random(random_);
    X25519Identity identity_ = X25519Identity::random(random_);
    X25519Identity other_ = X25519Identity::random(random_);
    AgeStanza stanza_ = identity_.recipient().wrap(file_key_, random_);

    [[nodiscard]] static std::optional<FileKey> unwrap(const AgeIdentity& identity,
                                                       const AgeStanza& stanza) {
        return identity.unwrap({&stanza, 1});
    }
};

TEST_F(WrappedKeyTest, OpensWithItsIdentityOnly) {
    EXPECT_TRUE(crypto::constant_time_equal(unwrap(identity_, stanza_).value().reveal(),
                                            file_key_.reveal()));
    EXPECT_FALSE(unwrap(other_, stanza_));
}

TEST_F(WrappedKeyTest, EachFlippedOctetOfTheBodyIsNoMatch) {
    for (std::size_t at = 0; at < stanza_.body.size(); ++at) {
        AgeStanza damaged = stanza_;
        damaged.body[at] ^= 1U;
        EXPECT_FALSE(unwrap(identity_, damaged)) << at;
    }
}

TEST_F(WrappedKeyTest, AnotherShareIsNoMatch) {
    AgeStanza damaged = stanza_;
    damaged.arguments[1] = other_.recipient().wrap(file_key_, random_).arguments[1];
    EXPECT_FALSE(unwrap(identity_, damaged));
}

TEST_F(WrappedKeyTest, EachOtherBodyLengthFailsTheHeader) {
    for (std::size_t size = 0; size < 2 * stanza_.body.size(); ++size) {
        AgeStanza damaged = stanza_;
        damaged.body.resize(size);
        if (size != stanza_.body.size()) {
            EXPECT_EQ(test::error_of([&] { static_cast<void>(unwrap(identity_, damaged)); }),
                      "malformed age_header_invalid");
        }
    }
}

// RFC 7914 section 12, N = 16384 and 1024 as far as r = 8, p = 1 (the other vectors have another
// p).
TEST(ScryptTest, FollowsRfc7914) {
    const SecretBytes key = scrypt(as_bytes("pleaseletmein"), as_bytes("SodiumChloride"), 14, 64);
    EXPECT_EQ(to_hex(key.reveal()),
              "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
              "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887");
}

TEST(ScryptTest, TheMemoryLimitOfOpenSslIsRaised) {
    EXPECT_EQ(scrypt(as_bytes("p"), as_bytes("s"), 15, 32).size(), 32U);
}

class PassphraseTest : public testing::Test {
protected:
    static SecretBytes secret(std::string_view text) { return SecretBytes::from(as_bytes(text)); }
    test::SeededRandom random_{"passphrase"};
    FileKey file_key_ = FileKey::random(random_);
    AgeStanza stanza_ =
        PassphraseRecipient(secret("correct horse"), {.log2_n = 4}).wrap(file_key_, random_);
    PassphraseIdentity identity_{secret("correct horse")};
};

TEST_F(PassphraseTest, OpensWithThePassphraseOnly) {
    EXPECT_TRUE(identity_.unwrap({&stanza_, 1}));
    EXPECT_FALSE(PassphraseIdentity(secret("Correct horse")).unwrap({&stanza_, 1}));
    EXPECT_FALSE(PassphraseIdentity(secret("")).unwrap({&stanza_, 1}));
    EXPECT_EQ(stanza_.arguments[2], "4");
}

TEST_F(PassphraseTest, EachFlippedOctetOfTheBodyIsNoMatch) {
    for (std::size_t at = 0; at < stanza_.body.size(); ++at) {
        AgeStanza damaged = stanza_;
        damaged.body[at] ^= 1U;
        EXPECT_FALSE(identity_.unwrap({&damaged, 1})) << at;
    }
}

TEST_F(PassphraseTest, WorkFactorsFrom1To20AreRead) {
    for (const char* factor :
         {"0", "21", "22", "100", "-1", "+4", "04", "4 ", "", "4a", "99999999999999999999"}) {
        AgeStanza damaged = stanza_;
        damaged.arguments[2] = factor;
        EXPECT_EQ(test::error_of([&] {
                      static_cast<void>(identity_.unwrap({&damaged, 1}));
                  }),
                  "malformed age_header_invalid")
            << factor;
    }
    AgeStanza lowest = stanza_;
    lowest.arguments[2] = "1";
    EXPECT_FALSE(identity_.unwrap({&lowest, 1}));
}

// The octets are pinned by the age test kit and by tests/vectors.
TEST(AeadTest, OpensWhatItSealedAndWipesWhatDoesNotHold) {
    Aead aead(Bytes(kAeadKeyBytes, 1));
    for (const std::size_t size : {0UL, 1UL, 16UL, 63UL, 64UL, 65UL, 1000UL}) {
        const Bytes plaintext(size, 0x5a);
        Bytes sealed(size + kAeadTagBytes);
        aead.seal({}, plaintext, sealed);
        Bytes opened(size);
        EXPECT_TRUE(aead.try_open({}, sealed, opened));
        EXPECT_EQ(opened, plaintext);
        for (std::size_t at = 0; at < sealed.size(); at += 7) {
            Bytes damaged = sealed;
            damaged[at] ^= 1U;
            EXPECT_FALSE(aead.try_open({}, damaged, opened));
            EXPECT_EQ(opened, Bytes(size));  // wiped
        }
        EXPECT_FALSE(aead.try_open({1}, sealed, opened));
    }
}

}  // namespace
}  // namespace valv::sealed
