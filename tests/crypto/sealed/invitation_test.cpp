#include "crypto/sealed/invitation.h"

#include <gtest/gtest.h>

#include "tests/crypto/expect_error.h"
#include "tests/crypto/seeded_random.h"

namespace valv::sealed {
namespace {

class InvitationTest : public testing::Test {
protected:
    InvitationTest() {
        random_.fill(invitation_.server_ca);
        random_.fill(invitation_.founder);
        random_.fill(invitation_.log_key);
    }
    test::SeededRandom random_{"invitation"};
    Invitation invitation_{.server = "https://vault.example:8443",
                           .server_ca = {},
                           .vault = VaultId::random(random_),
                           .founder = {},
                           .log_key = {},
                           .person = PersonId::random(random_),
                           .role = crypto::Role::kAuditor,
                           .expires = parse_instant("2026-11-27T10:00:00Z"),
                           .secret = InvitationSecret::random(random_)};
    [[nodiscard]] std::string text() const {
        return std::string(as_text(encode_invitation(invitation_).reveal()));
    }
    static DigitCode code(std::string_view digits) {
        return DigitCode::from_text(as_bytes(digits), digits.size()).value();
    }
};

TEST_F(InvitationTest, TheTextComesBack) {
    EXPECT_EQ(as_text(encode_invitation(decode_invitation(as_bytes(text()))).reveal()), text());
}

TEST_F(InvitationTest, EachShorterTextIsMalformed) {
    const std::string whole = text();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_EQ(test::error_of([&] {
                      static_cast<void>(decode_invitation(as_bytes(whole.substr(0, size))));
                  }),
                  "malformed");
    }
    EXPECT_EQ(test::error_of([&] { static_cast<void>(decode_invitation(as_bytes(whole + "\n"))); }),
              "malformed");
}

TEST_F(InvitationTest, AnAcceptedTextEncodesToItselfWhateverOctetChanged) {
    const std::string whole = text();
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (const char replacement : {'0', 'a', 'A', ' ', '\n', '=', '-'}) {
            std::string changed = whole;
            changed[at] = replacement;
            try {
                EXPECT_EQ(as_text(encode_invitation(decode_invitation(as_bytes(changed))).reveal()),
                          changed);
            } catch (const Error& error) {
                EXPECT_EQ(error.code(), ErrorCode::kMalformed);
            }
        }
    }
}

TEST_F(InvitationTest, AnAddressThatIsNotHttpsWithAPortIsMalformed) {
    for (const char* server : {"http://127.0.0.1:8443", "https://vault.example",
                               "https://vault.example:8443/", "vault:1"}) {
        std::string changed = text();
        changed.replace(changed.find("https://"), invitation_.server.size(), server);
        EXPECT_EQ(test::error_of([&] { static_cast<void>(decode_invitation(as_bytes(changed))); }),
                  "malformed")
            << server;
    }
}

TEST_F(InvitationTest, AnotherCodeOrAnotherTextGivesOtherKeys) {
    const InvitationEntry entry(invitation_.secret);
    const crypto::Hash h = invitation_hash(as_bytes(text()));
    const crypto::VerifyKey key =
        InvitationKeys::derive(entry, h, code("0123456789012345")).signing_key().public_key();
    EXPECT_NE(InvitationKeys::derive(entry, h, code("0123456789012346")).signing_key().public_key(),
              key);
    // A carrier that changes the text (another pin, another role) changes h, and with it the keys.
    EXPECT_NE(
        InvitationKeys::derive(entry, crypto::sha256(as_bytes("changed")), code("0123456789012345"))
            .signing_key()
            .public_key(),
        key);
    EXPECT_EQ(test::error_of([&] { static_cast<void>(entry.unlock(h, code("012345678901"))); }),
              "invalid_argument");
}

}  // namespace
}  // namespace valv::sealed
