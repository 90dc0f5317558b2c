// Both ways with the machine's own `age` (Debian's 1.1.1): what README.md promises about no
// lock-in.
#include <array>
#include <cstdlib>

#include <gtest/gtest.h>

#include "crypto/sealed/age/file.h"
#include "crypto/sealed/age/passphrase.h"
#include "crypto/sealed/age/x25519.h"
#include "crypto/sealed/case_keys.h"
#include "crypto/sealed/device_keys.h"
#include "crypto/sealed/keyring.h"
#include "tests/common/temp_folder.h"
#include "tests/crypto/seeded_random.h"

namespace valv::sealed {
namespace {

class AgeBinaryTest : public testing::Test {
protected:
    void write(const std::string& name, ByteView octets) const {
        test::write_file(folder_ / name, octets);
    }
    [[nodiscard]] Bytes read(const std::string& name) const {
        return test::read_file(folder_ / name);
    }
    // Runs age in the folder; our own texts only, nothing to quote.
    void age(const std::string& arguments) const {
        const std::string command = "cd " + folder_.path().string() + " && age " + arguments;
        ASSERT_EQ(std::system(command.c_str()), 0)
            << command;  // NOLINT(concurrency-mt-unsafe, cert-env33-c)
    }

    test::TempFolder folder_;
    test::SeededRandom random_{"age binary"};
    X25519Identity identity_ = X25519Identity::random(random_);
};

class AgeBinarySizeTest : public AgeBinaryTest, public testing::WithParamInterface<std::size_t> {};

TEST_P(AgeBinarySizeTest, AgeOpensWhatWeSeal) {
    const Bytes plaintext(GetParam(), 0x42);
    write("identity.txt", identity_.text().reveal());
    write("file.age", seal(plaintext, {&identity_.recipient()}, random_));
    age("-d -i identity.txt -o plain file.age");
    EXPECT_EQ(read("plain"), plaintext);
}

TEST_P(AgeBinarySizeTest, WeOpenWhatAgeSeals) {
    const Bytes plaintext(GetParam(), 0x42);
    write("plain", plaintext);
    age("-r " + identity_.recipient().text() + " -o file.age plain");
    EXPECT_EQ(to_bytes(open(read("file.age"), {&identity_}).reveal()), plaintext);
}

INSTANTIATE_TEST_SUITE_P(Boundaries, AgeBinarySizeTest,
                         testing::Values(0U, 1U, 65'535U, 65'536U, 65'537U, 131'072U));

// docs/formats.md section 5: two calls of age open every document of a case.
TEST_F(AgeBinaryTest, AgeOpensAKeyringAndThenADocument) {
    const DeviceKeys device = DeviceKeys::random(VaultId::random(random_), random_);
    Keyring keyring{.vault = device.vault,
                    .case_id = CaseId::random(random_),
                    .epoch = 1,
                    .number = 1,
                    .succession = std::nullopt,
                    .record = std::nullopt,
                    .keys = {}};
    keyring.keys.push_back({.epoch = 1, .key = CaseKey::random(random_)});
    write("device.txt", encode_device_keys(device).reveal());
    write("keyring.age", seal_keyring(keyring, {&device.identity.recipient()}, random_));
    const X25519Identity case_identity = keyring.newest_keys().case_identity();
    write("document.age", seal(as_bytes("passport"), {&case_identity.recipient()}, random_));
    age("-d -i device.txt -o case.txt keyring.age");
    age("-d -i case.txt -o document document.age");
    EXPECT_EQ(read("document"), to_bytes(as_bytes("passport")));
}

}  // namespace
}  // namespace valv::sealed
