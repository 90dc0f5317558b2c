#include "tests/server/store/contract/contract.h"

namespace valv::store::testing {
namespace {

const Hash kToken = hash_of("token");

}  // namespace

class VaultContract : public StoreContract {
protected:
    void SetUp() override {
        write([](Tx& tx) { tx.vaults().insert_token(kToken, kNow + std::chrono::hours(1)); });
    }
    VaultRow row(const VaultId& vault, std::string_view key = "log key") {
        return {.vault = vault, .log_key = octets_of(key), .created_at = kNow};
    }
    bool claim(const VaultRow& vault, Instant now = kNow) {
        return write([&](Tx& tx) { return tx.vaults().claim_token(kToken, vault, now); });
    }
    bool replace(const VaultId& vault, const std::vector<DeviceRow>& devices) {
        return write([&](Tx& tx) { return tx.vaults().replace_devices(vault, devices); });
    }
    std::optional<DeviceRow> find_device(const VaultId& vault, const DeviceRow& device) {
        return read([&](Tx& tx) { return tx.vaults().find_device(vault, device.tls_key_sha256); });
    }
};
VALV_FOR_EVERY_STORE(VaultContract);

TEST_P(VaultContract, ALiveTokenMakesTheVault) {
    EXPECT_TRUE(claim(row(vault_)));
    const auto found = read([&](Tx& tx) { return tx.vaults().find(vault_); });
    ASSERT_TRUE(found);
    EXPECT_EQ(found->log_key, octets_of("log key"));
    EXPECT_EQ(found->created_at, kNow);
}

TEST_P(VaultContract, AnUnknownTokenMakesNothing) {
    const bool claimed =
        write([&](Tx& tx) { return tx.vaults().claim_token(hash_of("guess"), row(vault_), kNow); });
    EXPECT_FALSE(claimed);
    EXPECT_FALSE(read([&](Tx& tx) { return tx.vaults().find(vault_); }));
}

TEST_P(VaultContract, AnExpiredTokenMakesNothing) {
    EXPECT_FALSE(claim(row(vault_), kNow + std::chrono::hours(1)));
}

TEST_P(VaultContract, AClaimIsRepeatedForItsVaultAlsoAfterItsExpiry) {
    EXPECT_TRUE(claim(row(vault_)));
    EXPECT_TRUE(claim(row(vault_, "second key"), kNow + std::chrono::hours(2)));
    const auto found = read([&](Tx& tx) { return tx.vaults().find(vault_); });
    EXPECT_EQ(found->log_key, octets_of("log key"));  // the first row stands
}

TEST_P(VaultContract, AClaimedTokenMakesNoOtherVault) {
    EXPECT_TRUE(claim(row(vault_)));
    EXPECT_FALSE(claim(row(other_vault_)));
    EXPECT_FALSE(read([&](Tx& tx) { return tx.vaults().find(other_vault_); }));
}

TEST_P(VaultContract, AFinishedTokenIsUseless) {
    EXPECT_TRUE(claim(row(vault_)));
    write([&](Tx& tx) { tx.vaults().finish_tokens_of(vault_); });
    EXPECT_FALSE(claim(row(vault_)));
}

TEST_P(VaultContract, ARolledBackClaimLeavesTheTokenFree) {
    write_and_throw(
        [&](Tx& tx) { static_cast<void>(tx.vaults().claim_token(kToken, row(vault_), kNow)); });
    EXPECT_FALSE(read([&](Tx& tx) { return tx.vaults().find(vault_); }));
    EXPECT_TRUE(claim(row(other_vault_)));
}

TEST_P(VaultContract, TheSameTokenAgainKeepsItsFirstExpiry) {
    write([](Tx& tx) { tx.vaults().insert_token(kToken, kNow + std::chrono::hours(9)); });
    EXPECT_FALSE(claim(row(vault_), kNow + std::chrono::hours(1)));
}

TEST_P(VaultContract, ATokenIsUsableWhereAClaimWouldBeTrue) {
    const auto usable = [&](const VaultId& vault, Instant now) {
        return read([&](Tx& tx) { return tx.vaults().is_token_usable(kToken, vault, now); });
    };
    EXPECT_TRUE(usable(vault_, kNow));
    EXPECT_FALSE(usable(vault_, kNow + std::chrono::hours(1)));
    EXPECT_TRUE(claim(row(vault_)));
    EXPECT_TRUE(usable(vault_, kNow + std::chrono::hours(1)));
    EXPECT_FALSE(usable(other_vault_, kNow));
    write([&](Tx& tx) { tx.vaults().finish_tokens_of(vault_); });
    EXPECT_FALSE(usable(vault_, kNow));
}

TEST_P(VaultContract, ListsVaultsAscending) {
    EXPECT_TRUE(claim(row(vault_)));
    write([&](Tx& tx) {
        tx.vaults().insert_token(hash_of("second"), kNow + std::chrono::hours(1));
        return tx.vaults().claim_token(hash_of("second"), row(other_vault_), kNow);
    });
    std::vector<VaultId> expected{vault_, other_vault_};
    std::ranges::sort(expected);
    EXPECT_EQ(read([](Tx& tx) { return tx.vaults().list(); }), expected);
}

TEST_P(VaultContract, FindsADeviceByItsTlsKey) {
    const DeviceRow device = a_device(vault_, "one");
    EXPECT_TRUE(replace(vault_, {device, a_device(vault_, "two")}));
    const auto found = find_device(vault_, device);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->vault, vault_);
    EXPECT_EQ(found->device, device.device);
    EXPECT_EQ(found->person, device.person);
    EXPECT_EQ(found->role, device.role);
    EXPECT_EQ(found->signing_key, device.signing_key);
    EXPECT_TRUE(found->is_active);
}

TEST_P(VaultContract, FindsARevokedDeviceAsRevoked) {
    DeviceRow device = a_device(vault_, "one");
    device.is_active = false;
    EXPECT_TRUE(replace(vault_, {device}));
    EXPECT_FALSE(find_device(vault_, device)->is_active);
}

TEST_P(VaultContract, ADeviceOfAnotherVaultIsAbsent) {
    const DeviceRow device = a_device(vault_, "one");
    EXPECT_TRUE(replace(vault_, {device}));
    EXPECT_FALSE(find_device(other_vault_, device));
}

TEST_P(VaultContract, ReplacingDropsTheLinesThatAreNotThere) {
    const DeviceRow old = a_device(vault_, "old");
    EXPECT_TRUE(replace(vault_, {old}));
    EXPECT_TRUE(replace(vault_, {a_device(vault_, "new")}));
    EXPECT_FALSE(find_device(vault_, old));
    EXPECT_TRUE(find_device(vault_, a_device(vault_, "new")));
}

TEST_P(VaultContract, AKeyOfAnotherVaultIsRefusedAndNothingChanges) {
    const DeviceRow taken = a_device(other_vault_, "taken");
    const DeviceRow own = a_device(vault_, "own");
    EXPECT_TRUE(replace(other_vault_, {taken}));
    EXPECT_TRUE(replace(vault_, {own}));
    DeviceRow same_tls = a_device(vault_, "a");
    same_tls.tls_key_sha256 = taken.tls_key_sha256;
    DeviceRow same_signing = a_device(vault_, "b");
    same_signing.signing_key = taken.signing_key;
    DeviceRow same_id = a_device(vault_, "c");
    same_id.device = taken.device;
    for (const DeviceRow& thief : {same_tls, same_signing, same_id}) {
        EXPECT_FALSE(replace(vault_, {a_device(vault_, "new"), thief}));
    }
    EXPECT_TRUE(find_device(vault_, own));
    EXPECT_FALSE(find_device(vault_, a_device(vault_, "new")));
    EXPECT_TRUE(find_device(other_vault_, taken));
}

TEST_P(VaultContract, AKeyTwiceInOneListIsRefused) {
    DeviceRow twin = a_device(vault_, "two");
    twin.signing_key = a_device(vault_, "one").signing_key;
    EXPECT_FALSE(replace(vault_, {a_device(vault_, "one"), twin}));
}

TEST_P(VaultContract, ARolledBackReplacementLeavesTheOldLines) {
    EXPECT_TRUE(replace(vault_, {a_device(vault_, "old")}));
    write_and_throw([&](Tx& tx) {
        static_cast<void>(tx.vaults().replace_devices(vault_, {a_device(vault_, "new")}));
    });
    EXPECT_TRUE(find_device(vault_, a_device(vault_, "old")));
    EXPECT_FALSE(find_device(vault_, a_device(vault_, "new")));
}

}  // namespace valv::store::testing
