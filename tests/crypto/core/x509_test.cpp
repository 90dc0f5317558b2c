#include "crypto/core/x509.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "common/base/encoding.h"
#include "tests/common/temp_folder.h"
#include "tests/crypto/expect_error.h"
#include "tests/crypto/seeded_random.h"

namespace valv::crypto {
namespace {

class X509Test : public testing::Test {
protected:
    test::SeededRandom random_{"x509"};
    SecretBytes ca_key_ = make_p256_key(random_);
    Validity validity_{.not_before = parse_instant("2026-01-01T00:00:00Z"),
                       .not_after = parse_instant("2036-01-01T00:00:00Z")};
    std::string ca_ = make_ca_certificate(ca_key_, "Resvalv server CA", validity_, random_);
};

TEST_F(X509Test, TheKeyFollowsFromTheRandomSource) {
    test::SeededRandom again("x509");
    EXPECT_TRUE(constant_time_equal(make_p256_key(again).reveal(), ca_key_.reveal()));
    EXPECT_FALSE(constant_time_equal(make_p256_key(again).reveal(), ca_key_.reveal()));
    EXPECT_TRUE(as_text(ca_key_.reveal()).starts_with("-----BEGIN PRIVATE KEY-----\n"));
}

TEST_F(X509Test, KeyAndCertificateHaveTheSamePin) {
    EXPECT_EQ(spki_hash_of_certificate_pem(ca_), spki_hash_of_key_pem(ca_key_));
}

TEST_F(X509Test, TheDerOfACertificateHasTheSamePin) {
    const std::size_t begin = ca_.find('\n') + 1;
    std::string base64 = ca_.substr(begin, ca_.find("-----END") - begin);
    std::erase(base64, '\n');
    EXPECT_EQ(spki_hash_of_certificate_der(from_base64(base64)), spki_hash_of_key_pem(ca_key_));
}

TEST_F(X509Test, TheCaSignsServersAndNobodyElseDoes) {
    const SecretBytes key = make_p256_key(random_);
    const std::string server =
        issue_server_certificate(ca_key_, ca_, key,
                                 {.common_name = "vault",
                                  .names = {"vault.example", "127.0.0.1", "::1"},
                                  .validity = validity_},
                                 random_);
    EXPECT_TRUE(is_signed_by(server, ca_));
    EXPECT_EQ(spki_hash_of_certificate_pem(server), spki_hash_of_key_pem(key));
    const SecretBytes other_key = make_p256_key(random_);
    EXPECT_FALSE(is_signed_by(
        server, make_ca_certificate(other_key, "Resvalv server CA", validity_, random_)));
}

TEST_F(X509Test, ANameThatWouldBeTwoIsRefused) {
    for (const char* name : {"a,DNS:b", "", "a b", "URI:x", "a\nb"}) {
        EXPECT_EQ(test::error_of([&] {
                      static_cast<void>(issue_server_certificate(
                          ca_key_, ca_, ca_key_,
                          {.common_name = "x", .names = {name}, .validity = validity_}, random_));
                  }),
                  "invalid_argument")
            << name;
    }
}

TEST_F(X509Test, ADeviceCertificateSignsItself) {
    const SecretBytes key = make_p256_key(random_);
    const std::string certificate =
        make_device_certificate(key, "aeaqcaibaeaqcaibaeaqcaibae", random_);
    EXPECT_TRUE(is_signed_by(certificate, certificate));
    EXPECT_EQ(spki_hash_of_certificate_pem(certificate), spki_hash_of_key_pem(key));
}

// What OpenSSL's own program says of our certificates.
TEST_F(X509Test, OpensslAcceptsTheChainForItsNamesOnly) {
    const SecretBytes key = make_p256_key(random_);
    const std::string server = issue_server_certificate(
        ca_key_, ca_, key,
        {.common_name = "vault", .names = {"vault.example", "127.0.0.1"}, .validity = validity_},
        random_);
    const test::TempFolder folder;
    std::ofstream(folder / "ca.pem") << ca_;
    std::ofstream(folder / "server.pem") << server;
    const auto verifies = [&](const std::string& options) {
        const std::string command = "cd " + folder.path().string() +
                                    " && openssl verify -attime 1800000000 -x509_strict " +
                                    options + " -CAfile ca.pem server.pem >/dev/null 2>&1";
        return std::system(command.c_str()) ==
               0;  // NOLINT(concurrency-mt-unsafe, cert-env33-c): our own words
    };
    EXPECT_TRUE(verifies("-purpose sslserver -verify_hostname vault.example"));
    EXPECT_TRUE(verifies("-purpose sslserver -verify_ip 127.0.0.1"));
    EXPECT_FALSE(verifies("-purpose sslserver -verify_hostname other.example"));
    EXPECT_FALSE(verifies("-purpose sslclient"));
}

TEST_F(X509Test, WhatIsNoPemIsMalformed) {
    EXPECT_EQ(test::error_of([] { static_cast<void>(spki_hash_of_certificate_pem("hello")); }),
              "malformed");
    EXPECT_EQ(test::error_of([] { static_cast<void>(spki_hash_of_certificate_der(Bytes(10))); }),
              "malformed");
    EXPECT_EQ(test::error_of([] { static_cast<void>(spki_hash_of_certificate_der({})); }),
              "malformed");
    EXPECT_EQ(test::error_of([&] {
                  static_cast<void>(spki_hash_of_key_pem(SecretBytes::from(as_bytes(ca_))));
              }),
              "malformed");
    EXPECT_EQ(test::error_of([&] {
                  static_cast<void>(spki_hash_of_certificate_pem(as_text(ca_key_.reveal())));
              }),
              "malformed");
}

}  // namespace
}  // namespace valv::crypto
