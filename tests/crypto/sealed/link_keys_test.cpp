#include "crypto/sealed/link_keys.h"

#include <gtest/gtest.h>

#include "tests/crypto/expect_error.h"
#include "tests/crypto/seeded_random.h"

namespace valv::sealed {
namespace {

class LinkTest : public testing::Test {
protected:
    static DigitCode code(std::string_view digits) {
        return DigitCode::from_text(as_bytes(digits), digits.size()).value();
    }
    static std::string malformed(const std::string& url) {
        return test::error_of([&] { static_cast<void>(parse_link_url(as_bytes(url))); });
    }
    test::SeededRandom random_{"link"};
    LinkSecret secret_ = LinkSecret::random(random_);
    LinkEntry entry_{LinkMode::kCode, secret_};
    LinkKeys keys_ = LinkKeys::derive(entry_, code("123456789012"));
};

TEST_F(LinkTest, TheUrlComesBack) {
    const LinkUrl url{
        .origin = "https://a.example", .mode = LinkMode::kNoCode, .secret = secret_.clone()};
    const crypto::SecretBytes text = format_link_url(url);
    const LinkUrl parsed = parse_link_url(text.reveal());
    EXPECT_EQ(parsed.origin, url.origin);
    EXPECT_EQ(parsed.mode, LinkMode::kNoCode);
    EXPECT_TRUE(crypto::constant_time_equal(parsed.secret.reveal(), secret_.reveal()));
}

TEST_F(LinkTest, OtherUrlsAreMalformed) {
    const std::string secret(43, 'A');
    EXPECT_EQ(malformed("https://a.example/o#c" + secret), "nothing");
    for (const std::string& url :
         {std::string(), "https://a.example/o#x" + secret, "https://a.example/o#" + secret,
          "https://a.example/o?c" + secret, "https://a.example/p#c" + secret,
          "https://a.example/o/#c" + secret, "http://a.example/o#c" + secret,
          "https://a.example/o#c" + secret + "A", "https://a.example/o#c" + secret + "=",
          "https://a.example/o#c" + secret.substr(1),
          "https://a.example/o#c" + secret.substr(1) + "B", "https://a.example/o#c" + secret + "\n",
          " https://a.example/o#c" + secret, "https://user@a.example/o#c" + secret,
          "https://a.example/o#c" + secret.substr(1) + "+"}) {
        EXPECT_EQ(malformed(url), "malformed") << url;
    }
}

TEST_F(LinkTest, ModeAndSecretChangeEverything) {
    EXPECT_NE(LinkEntry(LinkMode::kNoCode, secret_).id(), entry_.id());
    EXPECT_NE(LinkEntry(LinkMode::kCode, LinkSecret::random(random_)).id(), entry_.id());
}

TEST_F(LinkTest, AWrongCodeGivesOtherKeysUnderTheSameId) {
    const LinkKeys wrong = LinkKeys::derive(entry_, code("123456789013"));
    EXPECT_EQ(wrong.id(), keys_.id());
    EXPECT_NE(wrong.auth().public_key(), keys_.auth().public_key());
    EXPECT_NE(wrong.identity().recipient(), keys_.identity().recipient());
}

TEST_F(LinkTest, ACodeIsGivenExactlyWhenItIsWanted) {
    EXPECT_EQ(test::error_of([&] { static_cast<void>(entry_.unlock(std::nullopt)); }),
              "invalid_argument");
    EXPECT_EQ(test::error_of([&] { static_cast<void>(entry_.unlock(code("12345678901"))); }),
              "invalid_argument");
    const LinkEntry open(LinkMode::kNoCode, secret_);
    EXPECT_EQ(test::error_of([&] { static_cast<void>(open.unlock(code("123456789012"))); }),
              "invalid_argument");
    EXPECT_EQ(open.unlock(std::nullopt).size(), 32U);
}

TEST_F(LinkTest, KeptP1GivesTheSameKeys) {
    const LinkKeys again(keys_.id(), keys_.p1().clone());
    EXPECT_EQ(again.auth().public_key(), keys_.auth().public_key());
    EXPECT_EQ(
        test::error_of([&] { static_cast<void>(LinkKeys(keys_.id(), crypto::SecretBytes(31))); }),
        "malformed");
}

TEST_F(LinkTest, TheKeysOfALinkDiffer) {
    EXPECT_FALSE(crypto::constant_time_equal(keys_.package_mac_key().reveal(),
                                             keys_.reply_mac_key().reveal()));
    EXPECT_FALSE(crypto::constant_time_equal(keys_.identity().secret().reveal(),
                                             keys_.auth().seed().reveal()));
}

TEST_F(LinkTest, AChallengeHas32Octets) {
    EXPECT_EQ(
        test::error_of([&] { static_cast<void>(link_open_message(keys_.id(), Bytes(31), {})); }),
        "malformed");
    EXPECT_EQ(link_open_message(keys_.id(), Bytes(32), {}).size(), 20U + 1 + 16 + 32 + 32);
}

TEST_F(LinkTest, EachPartOfAPackageObjectChangesItsMac) {
    const LinkMacKey key = keys_.package_mac_key();
    const PackageObject object{.kind = "part",
                               .link = keys_.id(),
                               .version = 1,
                               .part = 2,
                               .object = crypto::sha256(as_bytes("x"))};
    const crypto::Hash mac = package_mac(key, object);
    PackageObject other = object;
    other.version = 2;
    EXPECT_NE(package_mac(key, other), mac);
    other = object;
    other.part = 3;
    EXPECT_NE(package_mac(key, other), mac);
    other = object;
    other.link = LinkId::random(random_);
    EXPECT_NE(package_mac(key, other), mac);
    other = object;
    other.object = {};
    EXPECT_NE(package_mac(key, other), mac);
    other = object;
    other.kind = "package";
    other.part = 0;
    EXPECT_NE(package_mac(key, other), mac);
    EXPECT_NE(package_mac(keys_.reply_mac_key(), object), mac);
}

}  // namespace
}  // namespace valv::sealed
