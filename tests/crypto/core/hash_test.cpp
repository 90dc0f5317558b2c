#include "crypto/core/hash.h"

#include <gtest/gtest.h>

#include "common/base/encoding.h"
#include "crypto/core/kdf.h"
#include "crypto/core/mask.h"
#include "tests/crypto/expect_error.h"

namespace valv::crypto {
namespace {

TEST(Sha256Test, KnowsTheValuesOfFips180) {
    EXPECT_EQ(to_hex(sha256(ByteView{})),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(to_hex(sha256(as_bytes("abc"))),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256Test, PartsAreHashedAsOneText) {
    EXPECT_EQ(sha256({as_bytes("a"), as_bytes(""), as_bytes("bc")}), sha256(as_bytes("abc")));
}

TEST(Sha256Test, IsReusableAfterFinish) {
    Sha256 sha;
    sha.update(as_bytes("other"));
    static_cast<void>(sha.finish());
    sha.update(as_bytes("abc"));
    EXPECT_EQ(sha.finish(), sha256(as_bytes("abc")));
}

TEST(HashTest, OtherLengthsAreMalformed) {
    EXPECT_EQ(test::error_of([] { static_cast<void>(hash_from(Bytes(31))); }), "malformed");
    EXPECT_EQ(test::error_of([] { static_cast<void>(hash_from(Bytes(33))); }), "malformed");
}

struct HmacCase {
    const char* name;
    Bytes key;
    Bytes data;
    const char* mac;
};

class HmacTest : public testing::TestWithParam<HmacCase> {};

TEST_P(HmacTest, FollowsRfc4231) {
    const std::string mac = to_hex(hmac_sha256(GetParam().key, {GetParam().data}));
    EXPECT_EQ(mac.substr(0, std::string(GetParam().mac).size()), GetParam().mac);
}

// RFC 4231 section 4, test cases 1…7 (5 is cut to 128 bits).
INSTANTIATE_TEST_SUITE_P(
    Rfc4231, HmacTest,
    testing::Values(
        HmacCase{"Case1", Bytes(20, 0x0b), to_bytes(as_bytes("Hi There")),
                 "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        HmacCase{"Case2", to_bytes(as_bytes("Jefe")),
                 to_bytes(as_bytes("what do ya want for nothing?")),
                 "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        HmacCase{"Case3", Bytes(20, 0xaa), Bytes(50, 0xdd),
                 "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
        HmacCase{"Case4", from_hex("0102030405060708090a0b0c0d0e0f10111213141516171819"),
                 Bytes(50, 0xcd),
                 "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
        HmacCase{"Case5", Bytes(20, 0x0c), to_bytes(as_bytes("Test With Truncation")),
                 "a3b6167473100ee06e0c796c2955552b"},
        HmacCase{"Case6", Bytes(131, 0xaa),
                 to_bytes(as_bytes("Test Using Larger Than Block-Size Key - Hash Key First")),
                 "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
        HmacCase{"Case7", Bytes(131, 0xaa),
                 to_bytes(as_bytes(
                     "This is a test using a larger than block-size key and a larger than "
                     "block-size data. "
                     "The key needs to be hashed before being used by the HMAC algorithm.")),
                 "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"}),
    [](const testing::TestParamInfo<HmacCase>& parameter) {
        return std::string(parameter.param.name);
    });

TEST(HmacReuseTest, ItGivesTheSameAgainAfterEachUse) {
    Hmac hmac(as_bytes("Jefe"));
    const Hash first = hmac({as_bytes("what do ya want "), as_bytes("for nothing?")});
    EXPECT_EQ(hmac({as_bytes("what do ya want for nothing?")}), first);
    EXPECT_EQ(to_hex(first), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(HmacReuseTest, AnEmptyKeyIsNotThePreviousKey) {
    // HMAC_SHA256("", "") as in RFC 2104's definition; value from Python's hmac module.
    EXPECT_EQ(to_hex(hmac_sha256({}, {})),
              "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
    Hmac empty{ByteView{}};
    EXPECT_EQ(to_hex(empty({})),
              "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
    EXPECT_EQ(to_hex(empty({})),
              "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

struct HkdfCase {
    const char* name;
    const char* ikm;
    const char* salt;
    const char* info;
    std::size_t size;
    const char* prk;
    const char* okm;
};

class HkdfTest : public testing::TestWithParam<HkdfCase> {};

TEST_P(HkdfTest, FollowsRfc5869) {
    const SecretBytes prk = hkdf_extract(from_hex(GetParam().salt), from_hex(GetParam().ikm));
    EXPECT_EQ(to_hex(prk.reveal()), GetParam().prk);
    const SecretBytes okm = hkdf_expand(prk.reveal(), from_hex(GetParam().info), GetParam().size);
    EXPECT_EQ(to_hex(okm.reveal()), GetParam().okm);
}

// RFC 5869 appendix A.1 … A.3.
INSTANTIATE_TEST_SUITE_P(
    Rfc5869, HkdfTest,
    testing::Values(
        HkdfCase{
            "A1", "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "000102030405060708090a0b0c",
            "f0f1f2f3f4f5f6f7f8f9", 42,
            "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"},
        HkdfCase{"A2",
                 "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20212223242526272"
                 "8292a2b2c2d2e2f"
                 "303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f",
                 "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f80818283848586878"
                 "8898a8b8c8d8e8f"
                 "909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf",
                 "b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d"
                 "8d9dadbdcdddedf"
                 "e0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff",
                 82, "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
                 "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac782727"
                 "1cb41c65e590e09"
                 "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"},
        HkdfCase{"A3", "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "", "", 42,
                 "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
                 "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a9"
                 "6c8"}),
    [](const testing::TestParamInfo<HkdfCase>& parameter) {
        return std::string(parameter.param.name);
    });

TEST(ExpandLabelTest, TheInfoIsLabelZeroContext) {
    const Bytes prk(32, 7);
    const SecretBytes expected = hkdf_expand(prk, from_hex("6c6162656c00c0ffee"), 32);
    EXPECT_TRUE(constant_time_equal(expand_label(prk, "label", from_hex("c0ffee"), 32).reveal(),
                                    expected.reveal()));
}

TEST(MaskTest, IsItsOwnInverse) {
    const Bytes key(kErasureKeyBytes, 1);
    const Bytes salt(kMaskSaltBytes, 2);
    const Bytes data(100, 3);
    const Bytes masked = mask(key, "keyring", salt, data);
    EXPECT_NE(masked, data);
    EXPECT_EQ(mask(key, "keyring", salt, masked), data);
}

TEST(MaskTest, KindSaltAndKeyChangeTheStream) {
    const Bytes zeros(64);
    const Bytes key(kErasureKeyBytes, 1);
    const Bytes salt(kMaskSaltBytes, 2);
    const Bytes stream = mask(key, "keyring", salt, zeros);
    EXPECT_NE(mask(key, "link/part", salt, zeros), stream);
    EXPECT_NE(mask(key, "keyring", Bytes(kMaskSaltBytes, 3), zeros), stream);
    EXPECT_NE(mask(Bytes(kErasureKeyBytes, 4), "keyring", salt, zeros), stream);
    EXPECT_NE(Bytes(stream.begin(), stream.begin() + 32), Bytes(stream.begin() + 32, stream.end()));
}

TEST(MaskTest, TheFirstBlockIsTheHmacOfTheFormat) {
    const Bytes key(kErasureKeyBytes, 9);
    const Bytes salt(kMaskSaltBytes, 8);
    const Bytes text = concat(
        {as_bytes("resvalv/v1/mask"), Bytes(1), as_bytes("link/package"), Bytes(1), salt, be64(0)});
    EXPECT_EQ(to_hex(mask(key, "link/package", salt, Bytes(32))), to_hex(hmac_sha256(key, {text})));
}

}  // namespace
}  // namespace valv::crypto
