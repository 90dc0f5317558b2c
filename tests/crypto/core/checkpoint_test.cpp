#include "crypto/core/checkpoint.h"

#include <gtest/gtest.h>

#include "crypto/core/signed_note.h"
#include "tests/crypto/expect_error.h"

namespace valv::crypto {
namespace {

constexpr const char* kInvalid = "tampered log_signature_invalid";

class CheckpointTest : public testing::Test {
protected:
    VaultId vault_ = VaultId::from_bytes(Bytes(16, 1));
    SigningKey key_ = SigningKey::from_seed(SecretBytes::from(Bytes(32, 5)));
    Checkpoint checkpoint_{.origin = log_origin(vault_),
                           .head = {.size = 17, .root = sha256(as_bytes("root"))}};
    Bytes note_ = sign_checkpoint(checkpoint_, key_);

    [[nodiscard]] std::string verified(ByteView note) const {
        return test::error_of([&] {
            static_cast<void>(verify_checkpoint(note, log_origin(vault_), key_.public_key()));
        });
    }
};

TEST_F(CheckpointTest, TheHeadComesBack) {
    EXPECT_EQ(verify_checkpoint(note_, log_origin(vault_), key_.public_key()), checkpoint_.head);
}

TEST_F(CheckpointTest, TheOriginNamesTheVault) {
    EXPECT_EQ(log_origin(vault_), "resvalv/v1/log/" + vault_.text());
}

TEST_F(CheckpointTest, EachFlippedOctetIsRefused) {
    for (std::size_t at = 0; at < note_.size(); ++at) {
        Bytes damaged = note_;
        damaged[at] ^= 1U;
        EXPECT_EQ(verified(damaged), kInvalid) << at;
    }
}

TEST_F(CheckpointTest, EachShorterNoteIsRefused) {
    for (std::size_t size = 0; size < note_.size(); ++size) {
        EXPECT_EQ(verified(ByteView(note_).first(size)), kInvalid) << size;
    }
}

TEST_F(CheckpointTest, ACheckpointOfAnotherLogIsRefused) {
    const std::string other = log_origin(VaultId::from_bytes(Bytes(16, 2)));
    EXPECT_EQ(test::error_of(
                  [&] { static_cast<void>(verify_checkpoint(note_, other, key_.public_key())); }),
              kInvalid);
    // Signed under our name, and about another log.
    const Bytes crossed =
        sign_note(checkpoint_text({.origin = other, .head = {}}), log_origin(vault_), key_);
    EXPECT_EQ(verified(crossed), kInvalid);
}

TEST_F(CheckpointTest, TheTextIsStrict) {
    const std::string root = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
    EXPECT_EQ(parse_checkpoint_text("o\n18446744073709551615\n" + root).head.size,
              ~std::uint64_t{0});
    for (const std::string& text :
         {"o\n01\n" + root, "o\n-1\n" + root, "o\n+1\n" + root, "o\n\n" + root,
          "o\n18446744073709551616\n" + root, "\n1\n" + root, "o\n1\n" + root + "extension\n",
          "o\n1 \n" + root, std::string("o\n1\nAAAA\n"), "o\n1\n" + root.substr(0, 44),
          std::string()}) {
        EXPECT_EQ(test::error_of([&] { static_cast<void>(parse_checkpoint_text(text)); }),
                  "malformed")
            << text;
    }
}

}  // namespace
}  // namespace valv::crypto
