#include "tests/server/store/contract/contract.h"

namespace valv::store::testing {

class CaseContract : public StoreContract {
protected:
    bool insert(const VaultId& vault, const CaseId& case_id) {
        return write([&](Tx& tx) { return tx.cases().insert(vault, case_id, kNow); });
    }
    void replace(const CaseId& case_id, const std::vector<DeviceId>& devices) {
        write([&](Tx& tx) { tx.cases().replace_members(vault_, case_id, devices); });
    }
    bool is_member(const VaultId& vault, const CaseId& case_id, const DeviceId& device) {
        return read([&](Tx& tx) { return tx.cases().is_member(vault, case_id, device); });
    }
    DeviceId one_ = id_of<DeviceId>("one");
    DeviceId two_ = id_of<DeviceId>("two");
};
VALV_FOR_EVERY_STORE(CaseContract);

TEST_P(CaseContract, ACaseIsInsertedOnceInAnyVault) {
    EXPECT_TRUE(insert(vault_, case_));
    EXPECT_FALSE(insert(vault_, case_));
    EXPECT_FALSE(insert(other_vault_, case_));
    EXPECT_TRUE(read([&](Tx& tx) { return tx.cases().list(other_vault_); }).empty());
}

TEST_P(CaseContract, ARolledBackCaseIsFree) {
    write_and_throw([&](Tx& tx) { static_cast<void>(tx.cases().insert(vault_, case_, kNow)); });
    EXPECT_TRUE(insert(other_vault_, case_));
}

TEST_P(CaseContract, MembersAreTheDevicesOfTheNewestKeyring) {
    EXPECT_TRUE(insert(vault_, case_));
    replace(case_, {one_});
    EXPECT_TRUE(is_member(vault_, case_, one_));
    replace(case_, {two_});
    EXPECT_FALSE(is_member(vault_, case_, one_));
    EXPECT_TRUE(is_member(vault_, case_, two_));
}

TEST_P(CaseContract, AMemberIsOneOnlyInItsVaultAndCase) {
    EXPECT_TRUE(insert(vault_, case_));
    EXPECT_TRUE(insert(vault_, other_case_));
    replace(case_, {one_});
    EXPECT_FALSE(is_member(other_vault_, case_, one_));
    EXPECT_FALSE(is_member(vault_, other_case_, one_));
}

TEST_P(CaseContract, MembersOfAnAbsentCaseAreRefused) {
    EXPECT_EQ(code_thrown_by([&] { replace(case_, {one_}); }), ErrorCode::kStore);
    EXPECT_TRUE(insert(other_vault_, case_));
    EXPECT_EQ(code_thrown_by([&] { replace(case_, {one_}); }),
              ErrorCode::kStore);  // the case of another vault
}

TEST_P(CaseContract, ListsTheCasesOfAMemberAscending) {
    EXPECT_TRUE(insert(vault_, case_));
    EXPECT_TRUE(insert(vault_, other_case_));
    EXPECT_TRUE(insert(vault_, id_of<CaseId>("third")));
    replace(case_, {one_, two_});
    replace(other_case_, {one_});
    std::vector<CaseId> expected{case_, other_case_};
    std::ranges::sort(expected);
    EXPECT_EQ(read([&](Tx& tx) { return tx.cases().list_of_member(vault_, one_); }), expected);
    EXPECT_EQ(read([&](Tx& tx) { return tx.cases().list_of_member(vault_, two_); }),
              std::vector{case_});
    EXPECT_TRUE(
        read([&](Tx& tx) { return tx.cases().list_of_member(other_vault_, one_); }).empty());
    EXPECT_EQ(read([&](Tx& tx) { return tx.cases().list(vault_).size(); }), 3U);
}

TEST_P(CaseContract, ARolledBackReplacementLeavesTheMembers) {
    EXPECT_TRUE(insert(vault_, case_));
    replace(case_, {one_});
    write_and_throw([&](Tx& tx) { tx.cases().replace_members(vault_, case_, {two_}); });
    EXPECT_TRUE(is_member(vault_, case_, one_));
    EXPECT_FALSE(is_member(vault_, case_, two_));
}

}  // namespace valv::store::testing
