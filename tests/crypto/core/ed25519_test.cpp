#include "crypto/core/ed25519.h"

#include <gtest/gtest.h>

#include "common/base/encoding.h"
#include "tests/crypto/expect_error.h"

namespace valv::crypto {
namespace {

struct Rfc8032Case {
    const char* name;
    const char* seed;
    const char* public_key;
    const char* message;
    const char* signature;
};

class Ed25519Rfc8032Test : public testing::TestWithParam<Rfc8032Case> {};

TEST_P(Ed25519Rfc8032Test, SignsAndVerifies) {
    const SigningKey key = SigningKey::from_seed(SecretBytes::from(from_hex(GetParam().seed)));
    const Bytes message = from_hex(GetParam().message);
    EXPECT_EQ(to_hex(key.public_key()), GetParam().public_key);
    EXPECT_EQ(to_hex(key.sign(message)), GetParam().signature);
    EXPECT_TRUE(verify(key.public_key(), message, from_hex(GetParam().signature)));
}

// RFC 8032 section 7.1, TEST 1, 2, 3 and SHA(abc).
INSTANTIATE_TEST_SUITE_P(
    Rfc8032, Ed25519Rfc8032Test,
    testing::Values(
        Rfc8032Case{"Test1", "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
                    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33b"
                    "acc61e39701cf9b46b"
                    "d25bf5f0595bbe24655141438e7a100b"},
        Rfc8032Case{"Test2", "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
                    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e1599"
                    "6e458f3613d0f11d8c"
                    "387b2eaeb4302aeeb00d291612bb0c00"},
        Rfc8032Case{"Test3", "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
                    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f2"
                    "90ae67f760984dc659"
                    "4a7c15e9716ed28dc027beceea1ec40a"},
        Rfc8032Case{"ShaAbc", "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
                    "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
                    "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1"
                    "a836ba3c23a3feebbd"
                    "454d4423643ce80e2a9ac94fa54ca49f",
                    "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3"
                    "ecfdfbc7c66431e030"
                    "3dca179c138ac17ad9bef1177331a704"}),
    [](const testing::TestParamInfo<Rfc8032Case>& parameter) {
        return std::string(parameter.param.name);
    });

class Ed25519Test : public testing::Test {
protected:
    SigningKey key_ = SigningKey::from_seed(SecretBytes(32));
    Bytes message_ = to_bytes(as_bytes("message"));
    Bytes signature_ = to_bytes(key_.sign(message_));
};

TEST_F(Ed25519Test, EachFlippedOctetOfTheSignatureIsRefused) {
    for (std::size_t at = 0; at < signature_.size(); ++at) {
        Bytes damaged = signature_;
        damaged[at] ^= 1U;
        EXPECT_FALSE(verify(key_.public_key(), message_, damaged)) << at;
    }
}

TEST_F(Ed25519Test, EachShorterAndALongerSignatureIsRefused) {
    for (std::size_t size = 0; size < signature_.size(); ++size) {
        EXPECT_FALSE(verify(key_.public_key(), message_, ByteView(signature_).first(size)));
    }
    Bytes longer = signature_;
    longer.push_back(0);
    EXPECT_FALSE(verify(key_.public_key(), message_, longer));
}

TEST_F(Ed25519Test, AnotherMessageAndAnotherKeyAreRefused) {
    EXPECT_FALSE(verify(key_.public_key(), as_bytes("Message"), signature_));
    EXPECT_FALSE(verify(SigningKey::from_seed(SecretBytes::from(Bytes(32, 1))).public_key(),
                        message_, signature_));
}

// S + L is the same scalar (RFC 8032 section 5.1.7 asks for S < L).
TEST_F(Ed25519Test, ASecondEncodingOfTheScalarIsRefused) {
    const Bytes order =
        from_hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    unsigned carry = 0;
    for (std::size_t at = 0; at < order.size(); ++at) {
        carry += static_cast<unsigned>(signature_[32 + at]) + order[at];
        signature_[32 + at] = static_cast<std::uint8_t>(carry);
        carry >>= 8U;
    }
    EXPECT_FALSE(verify(key_.public_key(), message_, signature_));
}

// With A the neutral point, R = B and S = 1 hold for every message unless such keys are refused.
TEST(Ed25519KeyTest, KeysOfSmallOrderAreRefused) {
    Bytes signature = from_hex("5866666666666666666666666666666666666666666666666666666666666666");
    signature.resize(64);
    signature[32] = 1;
    for (const char* key : {"0100000000000000000000000000000000000000000000000000000000000000",
                            "0100000000000000000000000000000000000000000000000000000000000080",
                            "0000000000000000000000000000000000000000000000000000000000000000",
                            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"}) {
        EXPECT_FALSE(verify(verify_key_from(from_hex(key)), as_bytes("anything"), signature))
            << key;
    }
}

TEST(Ed25519KeyTest, OtherLengthsAreMalformed) {
    EXPECT_EQ(test::error_of([] { static_cast<void>(SigningKey::from_seed(SecretBytes(31))); }),
              "malformed");
    EXPECT_EQ(test::error_of([] { static_cast<void>(verify_key_from(Bytes(33))); }), "malformed");
    EXPECT_EQ(test::error_of([] { static_cast<void>(signature_from(Bytes(63))); }), "malformed");
}

}  // namespace
}  // namespace valv::crypto
