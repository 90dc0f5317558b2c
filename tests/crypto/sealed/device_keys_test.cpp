#include "crypto/sealed/device_keys.h"

#include <gtest/gtest.h>

#include "crypto/core/x509.h"
#include "tests/crypto/expect_error.h"
#include "tests/crypto/seeded_random.h"

namespace valv::sealed {
namespace {

using crypto::SecretBytes;

class DeviceKeysTest : public testing::Test {
protected:
    static SecretBytes passphrase(std::string_view text) {
        return SecretBytes::from(as_bytes(text));
    }
    static std::string refusal(const std::string& text) {
        return test::error_of([&] { static_cast<void>(decode_device_keys(as_bytes(text))); });
    }
    test::SeededRandom random_{"device"};
    DeviceKeys keys_ = DeviceKeys::random(VaultId::random(random_), random_);
    [[nodiscard]] std::string text() const {
        return std::string(as_text(encode_device_keys(keys_).reveal()));
    }
};

TEST_F(DeviceKeysTest, ThePlaintextComesBack) {
    const DeviceKeys decoded = decode_device_keys(as_bytes(text()));
    EXPECT_EQ(as_text(encode_device_keys(decoded).reveal()), text());
    EXPECT_EQ(decoded.public_keys(), keys_.public_keys());
    EXPECT_EQ(decoded.id(), keys_.id());
    EXPECT_EQ(decoded.vault, keys_.vault);
}

TEST_F(DeviceKeysTest, TheCertificateIsOfTheTlsKey) {
    EXPECT_EQ(crypto::spki_hash_of_certificate_pem(keys_.tls_certificate_pem),
              keys_.public_keys().tls_key);
    EXPECT_TRUE(crypto::is_signed_by(keys_.tls_certificate_pem, keys_.tls_certificate_pem));
}

TEST_F(DeviceKeysTest, EachShorterTextIsMalformed) {
    const std::string whole = text();
    for (std::size_t size = 0; size < whole.size(); size += 3) {
        EXPECT_EQ(refusal(whole.substr(0, size)), "malformed") << size;
    }
    EXPECT_EQ(refusal(whole.substr(0, whole.size() - 1)), "malformed");
    EXPECT_EQ(refusal(whole + "x"), "malformed");
}

TEST_F(DeviceKeysTest, KeysOfAnotherDeviceDoNotMix) {
    const DeviceKeys other = DeviceKeys::random(keys_.vault, random_);
    const std::string theirs(as_text(encode_device_keys(other).reveal()));
    const auto line = [](const std::string& all, const std::string& key) {
        const std::size_t at = all.find(key);
        return all.substr(at, all.find('\n', at) - at);
    };
    for (const char* key :
         {"# device ", "# signing-seed ", "# tls-key ", "# tls-certificate ", "AGE-SECRET-KEY-1"}) {
        std::string mixed = text();
        mixed.replace(mixed.find(key), line(mixed, key).size(), line(theirs, key));
        EXPECT_EQ(refusal(mixed), "malformed") << key;
    }
}

TEST_F(DeviceKeysTest, OpensWithItsPassphraseOnly) {
    const Bytes file = seal_device_keys(keys_, passphrase("correct horse"), {.log2_n = 2}, random_);
    EXPECT_EQ(open_device_keys(file, passphrase("correct horse")).id(), keys_.id());
    EXPECT_EQ(test::error_of(
                  [&] { static_cast<void>(open_device_keys(file, passphrase("wrong horse"))); }),
              "wrong_passphrase age_no_match");
}

TEST_F(DeviceKeysTest, EachFlippedOctetOfTheFileIsNoticed) {
    const Bytes file = seal_device_keys(keys_, passphrase("correct horse"), {.log2_n = 1}, random_);
    for (std::size_t at = 0; at < file.size(); ++at) {
        Bytes damaged = file;
        damaged[at] ^= 1U;
        EXPECT_NE(test::error_of([&] {
                      static_cast<void>(open_device_keys(damaged, passphrase("correct horse")));
                  }),
                  "nothing")
            << at;
    }
}

}  // namespace
}  // namespace valv::sealed
