#include "crypto/core/directory.h"

#include <gtest/gtest.h>

#include "crypto/core/signed_note.h"
#include "tests/crypto/core/directory_fixture.h"

namespace valv::crypto {
namespace {

constexpr const char* kSigner = "tampered note_signer_not_allowed";
constexpr const char* kSignature = "tampered note_signature_invalid";

TEST_F(DirectoryTest, TheTextComesBackAsItWas) {
    Directory directory = next(start());
    directory.server_ca_next = hash(9);
    directory.recovery = stranger_.line.recipient;
    directory.checkpoint = {.size = 12, .root = hash(1)};
    EXPECT_EQ(decode_directory(encode_directory(directory)), directory);
    EXPECT_EQ(decode_directory(encode_directory(first_)), first_);
}

TEST_F(DirectoryTest, TheHeadIsTheOneOfTheFormat) {
    const std::string text = encode_directory(first_);
    EXPECT_TRUE(
        text.starts_with("resvalv/v1/directory\nvault aeaqcaibaeaqcaibaeaqcaibae\ncase -\n"
                         "object aeaqcaibaeaqcaibaeaqcaibae\nepoch 0\nnumber 1\nsha256 "));
    EXPECT_NE(
        text.find(
            "previous -\ndirectory 0 -\ncheckpoint 0 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
            "server_ca "),
        std::string::npos);
    EXPECT_NE(
        text.find("\nrecovery -\nrecovery_proposed -\norigin https://papers.example:8444\ndevice "),
        std::string::npos);
}

TEST_F(DirectoryTest, ADecodedTextEncodesToItselfWhateverOctetChanged) {
    const std::string text = encode_directory(first_);
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (const char replacement : {'0', 'a', 'A', ' ', '\n', '-'}) {
            std::string changed = text;
            changed[at] = replacement;
            try {
                EXPECT_EQ(encode_directory(decode_directory(changed)), changed);
            } catch (const Error& error) {
                EXPECT_EQ(error.code(), ErrorCode::kMalformed);
            }
        }
    }
}

TEST_F(DirectoryTest, EachTextCutWithinALineIsMalformed) {
    const std::string text = encode_directory(first_);
    for (std::size_t size = 0; size < text.size(); ++size) {
        if (size > 0 && text[size - 1] == '\n' && text.find("\ndevice ") < size) {
            continue;  // fewer device lines are another well-formed directory: the signature covers
                       // that
        }
        EXPECT_EQ(
            test::error_of([&] { static_cast<void>(decode_directory(text.substr(0, size))); }),
            "malformed")
            << size;
    }
}

TEST_F(DirectoryTest, TheFoundersNoteStartsTheChain) {
    const VerifiedDirectory verified = start();
    EXPECT_EQ(verified.directory, first_);
    EXPECT_EQ(verified.signer, founder_.line.device);
    EXPECT_EQ(verified.head().number, 1U);
}

TEST_F(DirectoryTest, AnotherFoundersNoteIsRefused) {
    const Bytes note = sign_directory(first_, second_admin_.line.device, second_admin_.signing_key);
    EXPECT_EQ(test::error_of(
                  [&] { static_cast<void>(start_directory(note, founder_.line.signing_key)); }),
              kSignature);
    // The founder's key under the name of a device that is no admin.
    const Bytes crossed = sign_directory(first_, coordinator_.line.device, founder_.signing_key);
    EXPECT_EQ(test::error_of(
                  [&] { static_cast<void>(start_directory(crossed, founder_.line.signing_key)); }),
              kSigner);
}

TEST_F(DirectoryTest, EachFlippedOctetOfANoteIsNoticed) {
    const VerifiedDirectory before = start();
    const Bytes note = sign_directory(next(before), founder_.line.device, founder_.signing_key);
    for (std::size_t at = 0; at < note.size(); ++at) {
        Bytes damaged = note;
        damaged[at] ^= 1U;
        EXPECT_EQ(test::error_of([&] { static_cast<void>(advance_directory(before, damaged)); }),
                  kSignature)
            << at;
    }
}

TEST(LinkOriginTest, IsHttpsOrThisMachine) {
    for (const char* good : {"https://a.example", "https://a.example:8444", "https://192.0.2.1:1",
                             "http://127.0.0.1:8080", "http://localhost:1"}) {
        EXPECT_TRUE(is_link_origin(good)) << good;
    }
    for (const char* bad : {"",
                            "https://",
                            "https://a/",
                            "https://a:",
                            "https://a:0",
                            "https://a:01",
                            "https://a:123456",
                            "http://a:80",
                            "http://127.0.0.1",
                            "http://localhost",
                            "https://A",
                            "https://a b",
                            "ftp://a",
                            "https://u@a",
                            "https://a#b",
                            "https://.a",
                            "https://-a",
                            "HTTPS://a",
                            "https://a?b",
                            "http://127.0.0.1.a:80"}) {
        EXPECT_FALSE(is_link_origin(bad)) << bad;
    }
}

}  // namespace
}  // namespace valv::crypto
