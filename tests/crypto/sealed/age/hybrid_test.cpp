// The hybrid recipient. What needs ML-KEM-768 skips where OpenSSL has none (Debian 12); the test
// kit's 19 vectors and npm age-encryption check it from outside (cctv_test.cpp, interop.mjs).
#include "crypto/sealed/age/hybrid.h"

#include <gtest/gtest.h>

#include "common/base/bech32.h"
#include "common/base/encoding.h"
#include "crypto/sealed/age/detached.h"
#include "crypto/sealed/age/file.h"
#include "crypto/sealed/age/hpke.h"
#include "crypto/sealed/age/x25519.h"
#include "tests/crypto/expect_error.h"
#include "tests/crypto/sealed/age/ml_kem_or_skip.h"
#include "tests/crypto/seeded_random.h"

namespace valv::sealed {
namespace {

using crypto::SecretBytes;

class HybridTextTest : public testing::Test {
protected:
    test::SeededRandom random_{"hybrid"};
    HybridIdentity identity_ = HybridIdentity::random(random_);
};

TEST_F(HybridTextTest, AnIdentityComesBackFromItsText) {
    const SecretBytes text = identity_.text();
    EXPECT_EQ(text.size(), 77U);
    EXPECT_TRUE(as_text(text.reveal()).starts_with("AGE-SECRET-KEY-PQ-1"));
    EXPECT_TRUE(equal(HybridIdentity::parse(text.reveal()).text().reveal(), text.reveal()));
}

TEST_F(HybridTextTest, ARecipientComesBackFromItsText) {
    Bytes octets(kHybridPublicBytes);
    random_.fill(octets);
    const HybridRecipient recipient(octets);
    EXPECT_EQ(recipient.text().size(), 1959U);
    EXPECT_EQ(HybridRecipient::parse(recipient.text()), recipient);
}

TEST_F(HybridTextTest, OtherTextsAreRefused) {
    const std::string classic(as_text(X25519Identity::random(random_).text().reveal()));
    for (const std::string& text :
         {classic, to_lower_ascii(as_text(identity_.text().reveal())), std::string(),
          to_upper_ascii(bech32_encode("age-secret-key-pq-", Bytes(31)))}) {
        EXPECT_EQ(test::error_of([&] { static_cast<void>(HybridIdentity::parse(as_bytes(text))); }),
                  "malformed")
            << text.size();
    }
    for (const std::string& text :
         {X25519Identity::random(random_).recipient().text(), std::string(),
          bech32_encode("age1pq", Bytes(kHybridPublicBytes - 1)),
          to_upper_ascii(bech32_encode("age1pq", Bytes(kHybridPublicBytes)))}) {
        EXPECT_EQ(test::error_of([&] { static_cast<void>(HybridRecipient::parse(text)); }),
                  "malformed")
            << text.size();
    }
}

AgeStanza a_hybrid_stanza() {
    constexpr std::size_t kEncapsulatedBytes = 1120;
    constexpr std::size_t kWrappedBytes = 32;
    return {.arguments = {"mlkem768x25519", to_base64_unpadded(Bytes(kEncapsulatedBytes, 9))},
            .body = Bytes(kWrappedBytes)};
}

TEST_F(HybridTextTest, AStanzaOfAnotherShapeFailsTheFileEverywhere) {
    const AgeStanza good = a_hybrid_stanza();
    std::vector<AgeStanza> damaged(5, good);
    damaged[0].arguments.pop_back();
    damaged[1].arguments.emplace_back("extra");
    damaged[2].arguments[1].pop_back();
    damaged[3].body.pop_back();
    damaged[4].arguments[1].back() = '=';
    for (const AgeStanza& stanza : damaged) {
        EXPECT_EQ(test::error_of([&] {
                      static_cast<void>(identity_.unwrap({&stanza, 1}));
                  }),
                  "malformed age_header_invalid");
    }
}

TEST_F(HybridTextTest, StanzasOfOthersAreLeftAlone) {
    AgeStanza other = a_hybrid_stanza();
    other.arguments.front() = "MLKEM768X25519";
    EXPECT_FALSE(identity_.unwrap({&other, 1}));
    EXPECT_NO_THROW(identity_.require_support({&other, 1}));
}

TEST_F(HybridTextTest, WhereTheKemIsMissingOnlyWhatNeedsItIsRefused) {
    if (has_ml_kem()) {
        GTEST_SKIP() << "this OpenSSL has ML-KEM-768";
    }
    const HybridRecipient recipient{Bytes(kHybridPublicBytes)};
    const X25519Identity classic = X25519Identity::random(random_);
    const FileKey file_key = FileKey::random(random_);
    const std::string missing = "unsupported ml_kem_missing";
    EXPECT_EQ(test::error_of([&] { static_cast<void>(identity_.recipient()); }), missing);
    EXPECT_EQ(test::error_of([&] { static_cast<void>(recipient.wrap(file_key, random_)); }),
              missing);
    AgeHeader mixed;
    mixed.stanzas = {a_hybrid_stanza(), classic.recipient().wrap(file_key, random_)};
    mixed.mac = age_header_mac(mixed.stanzas, file_key);
    const DetachedHeader header(encode_age_header(mixed));
    EXPECT_EQ(test::error_of([&] { static_cast<void>(header.unwrap({&identity_})); }), missing);
    EXPECT_TRUE(header.unwrap({&identity_, &classic})) << "the other identity opens it";
}

class HybridTest : public HybridTextTest {
protected:
    void SetUp() override { static_cast<void>(test::ml_kem_or_skip()); }
};

TEST_F(HybridTest, OpensForItsRecipientAndNobodyElse) {
    const HybridIdentity other = HybridIdentity::random(random_);
    const HybridRecipient recipient = identity_.recipient();
    const Bytes file = seal(as_bytes("papers"), {&recipient}, random_);
    EXPECT_EQ(as_text(open(file, {&other, &identity_}).reveal()), "papers");
    EXPECT_EQ(test::error_of([&] { static_cast<void>(open(file, {&other})); }),
              "not_found age_no_match");
}

TEST_F(HybridTest, EachFlippedOctetOfTheStanzaIsNoticed) {
    const HybridRecipient recipient = identity_.recipient();
    const FileKey file_key = FileKey::random(random_);
    const AgeStanza stanza = recipient.wrap(file_key, random_);
    const Bytes encapsulated = from_base64_unpadded(stanza.arguments[1]);
    for (std::size_t at = 0; at < encapsulated.size(); at += 31) {
        AgeStanza damaged = stanza;
        Bytes octets = encapsulated;
        octets[at] ^= 1U;
        damaged.arguments[1] = to_base64_unpadded(octets);
        EXPECT_FALSE(identity_.unwrap({&damaged, 1})) << at;
    }
    for (std::size_t at = 0; at < stanza.body.size(); ++at) {
        AgeStanza damaged = stanza;
        damaged.body[at] ^= 1U;
        EXPECT_FALSE(identity_.unwrap({&damaged, 1})) << at;
    }
}

TEST_F(HybridTest, AShareOfSmallOrderFailsTheFile) {
    const HybridRecipient recipient = identity_.recipient();
    AgeStanza stanza = recipient.wrap(FileKey::random(random_), random_);
    Bytes octets = from_base64_unpadded(stanza.arguments[1]);
    std::ranges::fill(std::span(octets).last(crypto::kX25519Bytes), std::uint8_t{0});
    stanza.arguments[1] = to_base64_unpadded(octets);
    EXPECT_EQ(test::error_of([&] {
                  static_cast<void>(identity_.unwrap({&stanza, 1}));
              }),
              "malformed age_header_invalid");
}

TEST_F(HybridTest, MixedFilesAreReadable) {
    const X25519Identity classic = X25519Identity::random(random_);
    const FileKey file_key = FileKey::random(random_);
    AgeHeader header;
    header.stanzas = {identity_.recipient().wrap(file_key, random_),
                      classic.recipient().wrap(file_key, random_)};
    header.mac = age_header_mac(header.stanzas, file_key);
    const DetachedHeader mixed(encode_age_header(header));
    EXPECT_TRUE(mixed.unwrap({&identity_}));
    EXPECT_TRUE(mixed.unwrap({&classic}));
}

TEST_F(HybridTest, AKeyThatMlKemRefusesIsNoRecipient) {
    const HybridRecipient recipient{Bytes(kHybridPublicBytes, 0xff)};  // coefficients over q
    EXPECT_EQ(test::error_of(
                  [&] { static_cast<void>(recipient.wrap(FileKey::random(random_), random_)); }),
              "invalid_argument");
}

}  // namespace
}  // namespace valv::sealed
