#include "crypto/core/signed_note.h"

#include <gtest/gtest.h>

#include "common/base/encoding.h"
#include "tests/crypto/expect_error.h"

namespace valv::crypto {
namespace {

constexpr const char* kInvalid = "tampered note_signature_invalid";

TEST(SignedNoteTest, TheKeyIdOfTheSpecificationIsRecomputed) {
    const Bytes typed = from_base64("AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
    const VerifyKey key = verify_key_from(ByteView(typed).subspan(1));
    EXPECT_EQ(to_hex(note_key_id("example.com/foo", key)), "530d903a");
    EXPECT_EQ(note_verifier_text("example.com/foo", key),
              "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
}

class NoteTest : public testing::Test {
protected:
    SigningKey key_ = SigningKey::from_seed(SecretBytes::from(Bytes(32, 5)));
    SigningKey other_ = SigningKey::from_seed(SecretBytes::from(Bytes(32, 6)));
    std::string text_ = "first line\n\nafter an empty line\n";
    Bytes note_ = sign_note(text_, "alice", key_);

    [[nodiscard]] std::string verified(ByteView note) const {
        return test::error_of(
            [&] { static_cast<void>(verify_note(note, "alice", key_.public_key())); });
    }
    [[nodiscard]] static Bytes octets(std::string_view text) { return to_bytes(as_bytes(text)); }
};

TEST_F(NoteTest, TheTextComesBack) {
    EXPECT_EQ(verify_note(note_, "alice", key_.public_key()), text_);
}

TEST_F(NoteTest, TheTextEndsAtTheLastEmptyLine) {
    EXPECT_EQ(parse_note(note_).text, text_);
}

TEST_F(NoteTest, EachFlippedOctetIsRefused) {
    for (std::size_t at = 0; at < note_.size(); ++at) {
        for (const unsigned bit : {1U, 0x20U, 0x80U}) {
            Bytes damaged = note_;
            damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ bit);
            EXPECT_EQ(verified(damaged), kInvalid) << at;
        }
    }
}

TEST_F(NoteTest, EachShorterNoteIsRefused) {
    for (std::size_t size = 0; size < note_.size(); ++size) {
        EXPECT_EQ(verified(ByteView(note_).first(size)), kInvalid) << size;
    }
}

TEST_F(NoteTest, WhatFollowsTheSignatureIsRefused) {
    for (const char* tail : {"\n", "x\n", " ", "\n\n", "\xe2\x80\x94 bob AAAAAAA=\n"}) {
        EXPECT_EQ(verified(concat({note_, as_bytes(tail)})), kInvalid) << tail;
    }
}

TEST_F(NoteTest, AnotherNameOrKeyIsRefused) {
    EXPECT_EQ(
        test::error_of([&] { static_cast<void>(verify_note(note_, "bob", key_.public_key())); }),
        kInvalid);
    EXPECT_EQ(test::error_of(
                  [&] { static_cast<void>(verify_note(note_, "alice", other_.public_key())); }),
              kInvalid);
}

TEST_F(NoteTest, ASecondSignatureIsRefusedEvenWhenItHolds) {
    const std::string second(as_text(sign_note(text_, "bob", other_)));
    const Bytes both = concat({note_, as_bytes(second.substr(text_.size() + 1))});
    EXPECT_EQ(parse_note(both).signatures.size(), 2U);
    EXPECT_EQ(verified(both), kInvalid);
    EXPECT_EQ(verify_cosigned_note(both, "alice", key_.public_key()), text_);
    EXPECT_EQ(verify_cosigned_note(both, "bob", other_.public_key()), text_);
}

TEST_F(NoteTest, AMissingOrDoubledSignatureIsRefusedAmongOthers) {
    const std::string line = std::string(as_text(note_)).substr(text_.size() + 1);
    const Bytes twice = concat({note_, as_bytes(line)});
    EXPECT_EQ(test::error_of([&] {
                  static_cast<void>(verify_cosigned_note(twice, "alice", key_.public_key()));
              }),
              kInvalid);
    EXPECT_EQ(test::error_of([&] {
                  static_cast<void>(verify_cosigned_note(note_, "bob", other_.public_key()));
              }),
              kInvalid);
}

TEST_F(NoteTest, WhatIsNoNoteIsMalformed) {
    for (const char* text :
         {"", "\n", "text\n", "text\n\n", "text\n\nno dash\n", "text\n\n\xe2\x80\x94 alice\n",
          "text\n\n\xe2\x80\x94 alice AAAA\n", "text\n\n\xe2\x80\x94 alice AAAAAAA\n",
          "text\n\n\xe2\x80\x94 ali+ce AAAAAAA=\n", "text\n\n\xe2\x80\x94  AAAAAAA=\n",
          "text\n\n\xe2\x80\x94 alice AAAAAAA=", "text\r\n\n\xe2\x80\x94 alice AAAAAAA=\n",
          "te\x7fxt\n\n\xe2\x80\x94 alice AAAAAAA=\n",
          "te\xffxt\n\n\xe2\x80\x94 alice AAAAAAA=\n"}) {
        EXPECT_EQ(test::error_of([&] { static_cast<void>(parse_note(octets(text))); }), "malformed")
            << text;
    }
}

TEST_F(NoteTest, TooLargeOrTooManySignaturesIsMalformed) {
    const Bytes large(kMaxNoteBytes + 1, 'a');
    EXPECT_EQ(test::error_of([&] { static_cast<void>(parse_note(large)); }), "malformed");
    std::string many = "text\n\n";
    for (std::size_t count = 0; count <= kMaxNoteSignatures; ++count) {
        many.append("\xe2\x80\x94 alice AAAAAAA=\n");
    }
    EXPECT_EQ(test::error_of([&] { static_cast<void>(parse_note(octets(many))); }), "malformed");
}

}  // namespace
}  // namespace valv::crypto
