#include "crypto/sealed/age/hybrid.h"

#include <gtest/gtest.h>

#include "crypto/sealed/age/header.h"
#include "tests/crypto/tool/tool_world.h"

// Hybrid keys, with and without an OpenSSL that has ML-KEM.
namespace valv::tool::testing {
namespace {

constexpr const char* kMissing =
    "resvalv-age: hybrid keys (age1pq1…) need OpenSSL 3.5 or newer, which Debian 13 has; classic "
    "keys (age1…) work here\n";

class HybridTest : public ::testing::Test {
protected:
    HybridTest() {
        world_.write("pq.txt", sealed::HybridIdentity::random(world_.random).text().reveal());
    }
    // Any octets have a text; nothing is encrypted to them.
    std::string recipient_ =
        sealed::HybridRecipient(Bytes(sealed::kHybridPublicBytes, 0x11)).text();
    ToolWorld world_;
    Bytes plaintext_ = pattern(1000);
};

TEST_F(HybridTest, ClassicAndHybridRecipientsDoNotMix) {
    const Result result =
        world_.run({"encrypt", "-r", world_.recipient(), "-r", recipient_}, plaintext_);
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_EQ(result.notes,
              "resvalv-age: classic (age1…) and hybrid (age1pq1…) recipients cannot share a file, "
              "which a quantum computer could then open: encrypt it once for each kind\n");
}

TEST_F(HybridTest, AFileOfBothKindsOfIdentitiesOpensClassicFilesEverywhere) {
    const Bytes both =
        concat({world_.read("pq.txt"), as_bytes("\n"), world_.read("key.txt"), as_bytes("\n")});
    world_.write("both.txt", both);
    EXPECT_EQ(
        world_.must_run({"decrypt", "-i", world_.path("both.txt")}, world_.sealed(plaintext_)),
        plaintext_);
}

TEST_F(HybridTest, WithoutMlKemEverythingHybridSaysWhatItNeeds) {
    if (sealed::has_ml_kem()) {
        GTEST_SKIP() << "this OpenSSL has ML-KEM-768";
    }
    EXPECT_EQ(world_.run({"keygen", "--pq"}).notes, kMissing);
    EXPECT_EQ(world_.run({"keygen", "-y", world_.path("pq.txt")}).notes, kMissing);
    EXPECT_EQ(world_.run({"encrypt", "-r", recipient_}, plaintext_).notes, kMissing);
    EXPECT_EQ(world_.run({"encrypt", "-i", world_.path("pq.txt")}, plaintext_).notes, kMissing);
    // 1 120 octets of base64: nobody's, but of the right shape.
    const Bytes file = sealed::encode_age_header(
        {.stanzas = {{.arguments = {"mlkem768x25519", std::string(1493, 'A') + "A"},
                      .body = Bytes(32)}},
         .mac = {}});
    EXPECT_EQ(world_.run({"decrypt", "-i", world_.path("pq.txt")}, file).notes, kMissing);
}

TEST_F(HybridTest, WithMlKemAHybridKeyWorks) {
    if (!sealed::has_ml_kem()) {
        GTEST_SKIP() << "this OpenSSL has no ML-KEM-768";
    }
    static_cast<void>(world_.must_run({"keygen", "--pq", "-o", world_.path("new.txt")}));
    const Bytes file = world_.must_run({"encrypt", "-i", world_.path("new.txt")}, plaintext_);
    EXPECT_EQ(world_.must_run({"decrypt", "-i", world_.path("new.txt")}, file), plaintext_);
    EXPECT_EQ(world_.run({"decrypt", "-i", world_.path("pq.txt")}, file).notes,
              "resvalv-age: no match: no identity opens it\n");
}

}  // namespace
}  // namespace valv::tool::testing
