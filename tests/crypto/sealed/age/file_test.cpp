#include "crypto/sealed/age/file.h"

#include <gtest/gtest.h>

#include "crypto/sealed/age/detached.h"
#include "crypto/sealed/age/passphrase.h"
#include "crypto/sealed/age/stream.h"
#include "crypto/sealed/age/x25519.h"
#include "tests/crypto/expect_error.h"
#include "tests/crypto/seeded_random.h"

namespace valv::sealed {
namespace {

using crypto::SecretBytes;

class AgeFileTest : public testing::Test {
protected:
    test::SeededRandom random_{"file"};
    X25519Identity alice_ = X25519Identity::random(random_);
    X25519Identity bob_ = X25519Identity::random(random_);
    Bytes file_ = seal(as_bytes("papers"), {&alice_.recipient()}, random_);

    [[nodiscard]] static std::string opened(ByteView file, const AgeIdentities& identities) {
        return std::string(as_text(open(file, identities).reveal()));
    }
    [[nodiscard]] static std::string refusal(ByteView file, const AgeIdentities& identities) {
        return test::error_of([&] { static_cast<void>(open(file, identities)); });
    }
};

TEST_F(AgeFileTest, OpensForItsRecipients) {
    EXPECT_EQ(opened(file_, {&alice_}), "papers");
    EXPECT_EQ(opened(file_, {&bob_, &alice_}), "papers");
    const Bytes both = seal(as_bytes("papers"), {&alice_.recipient(), &bob_.recipient()}, random_);
    EXPECT_EQ(opened(both, {&alice_}), "papers");
    EXPECT_EQ(opened(both, {&bob_}), "papers");
}

TEST_F(AgeFileTest, NobodyElseOpensIt) {
    EXPECT_EQ(refusal(file_, {&bob_}), "not_found age_no_match");
    EXPECT_EQ(refusal(file_, {}), "not_found age_no_match");
}

TEST_F(AgeFileTest, EachFlippedOctetIsNoticed) {
    for (std::size_t at = 0; at < file_.size(); ++at) {
        Bytes damaged = file_;
        damaged[at] ^= 1U;
        EXPECT_NE(refusal(damaged, {&alice_}), "nothing") << at;
    }
}

TEST_F(AgeFileTest, EachShorterFileIsNoticed) {
    for (std::size_t size = 0; size < file_.size(); ++size) {
        EXPECT_NE(refusal(ByteView(file_).first(size), {&alice_}), "nothing") << size;
    }
}

TEST_F(AgeFileTest, WhatFollowsIsNoticed) {
    EXPECT_EQ(refusal(concat({file_, Bytes(1)}), {&alice_}), "tampered age_payload_invalid");
}

TEST_F(AgeFileTest, EverySealingIsFresh) {
    EXPECT_NE(seal(as_bytes("papers"), {&alice_.recipient()}, random_),
              seal(as_bytes("papers"), {&alice_.recipient()}, random_));
}

TEST_F(AgeFileTest, OneBodyOpensThroughSeveralHeaders) {
    const FileKey file_key = FileKey::random(random_);
    const Bytes body = seal_body(as_bytes("papers"), file_key, random_);
    for (const X25519Identity* audience : {&alice_, &bob_}) {
        const Bytes header =
            DetachedHeader::wrap(file_key, {&audience->recipient()}, random_).octets();
        EXPECT_EQ(opened(concat({header, body}), {audience}), "papers");
    }
}

TEST_F(AgeFileTest, AHeaderOfAnotherFileKeyDoesNotOpenTheBody) {
    const FileKey file_key = FileKey::random(random_);
    const Bytes body = seal_body(as_bytes("papers"), file_key, random_);
    const Bytes header =
        DetachedHeader::wrap(FileKey::random(random_), {&alice_.recipient()}, random_).octets();
    EXPECT_EQ(refusal(concat({header, body}), {&alice_}), "tampered age_payload_invalid");
}

// A stanza of another header, under a MAC that was not made for it.
TEST_F(AgeFileTest, AHeaderPutTogetherIsNoticed) {
    const FileKey file_key = FileKey::random(random_);
    AgeHeader header = DetachedHeader::wrap(file_key, {&alice_.recipient()}, random_).parsed();
    header.stanzas.push_back(bob_.recipient().wrap(file_key, random_));
    EXPECT_EQ(test::error_of([&] {
                  static_cast<void>(DetachedHeader(encode_age_header(header)).unwrap({&alice_}));
              }),
              "tampered age_hmac_invalid");
}

TEST_F(AgeFileTest, StanzasOfOtherTypesAreIgnored) {
    const FileKey file_key = FileKey::random(random_);
    AgeHeader header;
    header.stanzas = {{.arguments = {"grease-x"}, .body = Bytes(5)},
                      alice_.recipient().wrap(file_key, random_)};
    header.mac = age_header_mac(header.stanzas, file_key);
    EXPECT_TRUE(DetachedHeader(encode_age_header(header)).unwrap({&alice_}));
}

TEST_F(AgeFileTest, APassphraseStandsAlone) {
    const PassphraseRecipient recipient(SecretBytes::from(as_bytes("correct horse")),
                                        {.log2_n = 2});
    EXPECT_EQ(test::error_of([&] {
                  static_cast<void>(DetachedHeader::wrap(
                      FileKey::random(random_), {&recipient, &alice_.recipient()}, random_));
              }),
              "invalid_argument age_recipients_mixed");
    EXPECT_EQ(test::error_of([&] {
                  static_cast<void>(DetachedHeader::wrap(FileKey::random(random_), {}, random_));
              }),
              "invalid_argument");
    const FileKey file_key = FileKey::random(random_);
    AgeHeader mixed;
    mixed.stanzas = {recipient.wrap(file_key, random_), alice_.recipient().wrap(file_key, random_)};
    mixed.mac = age_header_mac(mixed.stanzas, file_key);
    EXPECT_EQ(test::error_of([&] {
                  static_cast<void>(DetachedHeader(encode_age_header(mixed)).unwrap({&alice_}));
              }),
              "malformed age_header_invalid");
}

TEST_F(AgeFileTest, AWrongPassphraseSaysSo) {
    const PassphraseRecipient recipient(SecretBytes::from(as_bytes("correct horse")),
                                        {.log2_n = 2});
    const Bytes file = seal(as_bytes("papers"), {&recipient}, random_);
    const PassphraseIdentity right(SecretBytes::from(as_bytes("correct horse")));
    const PassphraseIdentity wrong(SecretBytes::from(as_bytes("incorrect horse")));
    EXPECT_EQ(opened(file, {&right}), "papers");
    EXPECT_EQ(refusal(file, {&wrong}), "wrong_passphrase age_no_match");
}

TEST_F(AgeFileTest, ViewsOfListsKeepTheirOrder) {
    std::vector<X25519Recipient> recipients{alice_.recipient(), bob_.recipient()};
    EXPECT_EQ(recipients_of(recipients), (AgeRecipients{&recipients[0], &recipients[1]}));
    std::vector<X25519Identity> identities;
    identities.push_back(alice_.clone());
    EXPECT_EQ(identities_of(identities), (AgeIdentities{&identities[0]}));
}

}  // namespace
}  // namespace valv::sealed
