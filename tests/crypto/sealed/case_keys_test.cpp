#include "crypto/sealed/case_keys.h"

#include <gtest/gtest.h>

#include "tests/crypto/seeded_random.h"

namespace valv::sealed {
namespace {

class CaseKeysTest : public testing::Test {
protected:
    test::SeededRandom random_{"case"};
    CaseId case_ = CaseId::random(random_);
    CaseId other_case_ = CaseId::random(random_);
    LinkId link_ = LinkId::random(random_);
    CaseKey key_ = CaseKey::random(random_);
    CaseKey other_key_ = CaseKey::random(random_);
    CaseKeys keys_{case_, 1, key_};
    std::vector<DeviceId> devices_{DeviceId::random(random_), DeviceId::random(random_)};
};

TEST_F(CaseKeysTest, KeyCaseAndEpochChangeTheIdentity) {
    const X25519Recipient recipient = keys_.case_identity().recipient();
    EXPECT_EQ(CaseKeys(case_, 1, key_).case_identity().recipient(), recipient);
    EXPECT_NE(CaseKeys(case_, 2, key_).case_identity().recipient(), recipient);
    EXPECT_NE(CaseKeys(other_case_, 1, key_).case_identity().recipient(), recipient);
    EXPECT_NE(CaseKeys(case_, 1, other_key_).case_identity().recipient(), recipient);
}

TEST_F(CaseKeysTest, EachLinkHasItsReplyIdentity) {
    const X25519Recipient reply = keys_.reply_identity(link_).recipient();
    EXPECT_NE(reply, keys_.reply_identity(LinkId::random(random_)).recipient());
    EXPECT_NE(reply, keys_.case_identity().recipient());
}

TEST_F(CaseKeysTest, EachPartOfTheNextKeyringChangesItsMac) {
    const crypto::Hash mac = keys_.next_keyring_mac(2, 3, other_key_, devices_);
    EXPECT_EQ(keys_.next_keyring_mac(2, 3, other_key_, {devices_[1], devices_[0]}),
              mac);  // a set, not a list
    EXPECT_NE(keys_.next_keyring_mac(3, 3, other_key_, devices_), mac);
    EXPECT_NE(keys_.next_keyring_mac(2, 4, other_key_, devices_), mac);
    EXPECT_NE(keys_.next_keyring_mac(2, 3, key_, devices_), mac);
    EXPECT_NE(keys_.next_keyring_mac(2, 3, other_key_, {devices_[0]}), mac);
    EXPECT_NE(CaseKeys(case_, 1, other_key_).next_keyring_mac(2, 3, other_key_, devices_), mac);
    EXPECT_NE(CaseKeys(other_case_, 1, key_).next_keyring_mac(2, 3, other_key_, devices_), mac);
}

}  // namespace
}  // namespace valv::sealed
