#include "crypto/sealed/age/detached.h"

#include <gtest/gtest.h>

#include "crypto/sealed/age/file.h"
#include "crypto/sealed/age/hybrid.h"
#include "crypto/sealed/age/passphrase.h"
#include "crypto/sealed/age/x25519.h"
#include "tests/crypto/expect_error.h"
#include "tests/crypto/seeded_random.h"

namespace valv::sealed {
namespace {

class DetachedHeaderTest : public testing::Test {
protected:
    test::SeededRandom random_{"detached"};
    X25519Identity alice_ = X25519Identity::random(random_);
    X25519Identity bob_ = X25519Identity::random(random_);
    FileKey file_key_ = FileKey::random(random_);
    DetachedHeader header_ = DetachedHeader::wrap(file_key_, {&alice_.recipient()}, random_);
    Bytes body_ = seal_body(as_bytes("papers"), file_key_, random_);
};

TEST_F(DetachedHeaderTest, AFileIsSplitAndJoined) {
    const Bytes file = join_file(header_.octets(), body_);
    const SplitFile parts = split_file(file);
    EXPECT_EQ(to_bytes(parts.header), header_.octets());
    EXPECT_EQ(to_bytes(parts.body), body_);
    EXPECT_EQ(as_text(open(file, {&alice_}).reveal()), "papers");
}

TEST_F(DetachedHeaderTest, AFileWithoutAnEndOfItsHeaderIsNotSplit) {
    const ByteView cut = ByteView(header_.octets()).first(header_.octets().size() - 1);
    EXPECT_EQ(test::error_of([&] { static_cast<void>(split_file(cut)); }),
              "malformed age_header_invalid");
}

TEST_F(DetachedHeaderTest, AnotherHeaderOpensTheSameBodyForOthersOnly) {
    const DetachedHeader moved = header_.rewrap({&alice_}, {&bob_.recipient()}, random_).value();
    const Bytes file = join_file(moved.octets(), body_);
    EXPECT_EQ(as_text(open(file, {&bob_}).reveal()), "papers");
    EXPECT_EQ(test::error_of([&] { static_cast<void>(open(file, {&alice_})); }),
              "not_found age_no_match");
}

TEST_F(DetachedHeaderTest, WhoCannotOpenItCannotMoveIt) {
    EXPECT_FALSE(header_.rewrap({&bob_}, {&bob_.recipient()}, random_));
}

TEST_F(DetachedHeaderTest, KnowsItsFileKey) {
    EXPECT_TRUE(header_.is_of(file_key_));
    EXPECT_FALSE(header_.is_of(FileKey::random(random_)));
}

TEST_F(DetachedHeaderTest, EncodesToWhatItWasParsedFrom) {
    const DetachedHeader again(header_.octets());
    EXPECT_EQ(encode_age_header(again.parsed()), header_.octets());
    EXPECT_EQ(again.octets(), header_.octets());
}

TEST_F(DetachedHeaderTest, ABodyMayNotFollow) {
    EXPECT_EQ(
        test::error_of([&] { const DetachedHeader parsed(join_file(header_.octets(), body_)); }),
        "malformed age_header_invalid");
}

TEST_F(DetachedHeaderTest, HybridStandsBesideNothingElse) {
    const HybridRecipient hybrid{Bytes(kHybridPublicBytes)};
    const PassphraseRecipient passphrase(crypto::SecretBytes::from(as_bytes("correct horse")),
                                         {.log2_n = 1});
    const AgeRecipients mixtures[] = {{&hybrid, &alice_.recipient()},
                                      {&alice_.recipient(), &hybrid},
                                      {&hybrid, &passphrase},
                                      {&passphrase, &passphrase}};
    for (const AgeRecipients& mixture : mixtures) {
        EXPECT_EQ(test::error_of([&] {
                      static_cast<void>(DetachedHeader::wrap(file_key_, mixture, random_));
                  }),
                  "invalid_argument age_recipients_mixed");
    }
}

}  // namespace
}  // namespace valv::sealed
