#include <fstream>
#include <sys/stat.h>

#include "server/store/files/file_erasure_keys.h"
#include "tests/server/store/contract/contract.h"

namespace valv::store::testing {

// For every ErasureKeys.
class ErasureKeyContract : public ::testing::TestWithParam<std::string> {
protected:
    ErasureKeys& keys() { return *keys_; }
    void SetUp() override {
        if (GetParam() == "Memory") {
            keys_ = std::make_unique<MemoryErasureKeys>();
        } else {
            keys_ = std::make_unique<FileErasureKeys>(folder_.path());
        }
    }
    static crypto::SecretBytes key(std::string_view name) {
        return crypto::SecretBytes::from(hash_of(name));
    }
    bool holds(std::string_view name) {
        const auto found = keys().find(id_);
        return found && equal(found->reveal(), hash_of(name));
    }
    ErasureKeyId id_ = id_of<ErasureKeyId>("case");
    TemporaryFolder folder_;

private:
    std::unique_ptr<ErasureKeys> keys_;
};
INSTANTIATE_TEST_SUITE_P(Every, ErasureKeyContract, ::testing::Values("Memory", "File"),
                         [](const auto& tested) { return tested.param; });

TEST_P(ErasureKeyContract, KeepsAKey) {
    EXPECT_FALSE(keys().find(id_));
    keys().put(id_, key("key"));
    EXPECT_TRUE(holds("key"));
}

TEST_P(ErasureKeyContract, TheSameKeyAgainIsFineAnotherIsNot) {
    keys().put(id_, key("key"));
    keys().put(id_, key("key"));
    EXPECT_EQ(code_thrown_by([&] { keys().put(id_, key("other")); }), ErrorCode::kConflict);
    EXPECT_TRUE(holds("key"));
}

TEST_P(ErasureKeyContract, DestroysOneKeyAndIsFineWithAbsent) {
    const auto other = id_of<ErasureKeyId>("other");
    keys().put(id_, key("key"));
    keys().put(other, key("other"));
    keys().destroy(id_);
    keys().destroy(id_);
    EXPECT_FALSE(keys().find(id_));
    EXPECT_EQ(keys().list(), std::vector{other});
}

TEST_P(ErasureKeyContract, ListsAscending) {
    std::vector<ErasureKeyId> expected{id_, id_of<ErasureKeyId>("a"), id_of<ErasureKeyId>("b")};
    for (const auto& id : expected) {
        keys().put(id, key("key"));
    }
    std::ranges::sort(expected);
    EXPECT_EQ(keys().list(), expected);
}

// What only files can get wrong.
class FileErasureKeyTest : public ::testing::Test {
protected:
    std::filesystem::path path() { return folder_.path() / id_.text().substr(0, 2) / id_.text(); }
    TemporaryFolder folder_;
    FileErasureKeys keys_{folder_.path()};
    ErasureKeyId id_ = id_of<ErasureKeyId>("case");
};

TEST_F(FileErasureKeyTest, AKeyIsTheOwnersAlone) {
    keys_.put(id_, crypto::SecretBytes::from(hash_of("key")));
    struct stat status {};
    ASSERT_EQ(::stat(path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(FileErasureKeyTest, AKeyThatACrashCutShortIsAbsentAndMayBePutAnew) {
    std::filesystem::create_directories(path().parent_path());
    std::ofstream(path()) << "short";
    EXPECT_FALSE(keys_.find(id_));
    keys_.put(id_, crypto::SecretBytes::from(hash_of("key")));
    EXPECT_TRUE(equal(keys_.find(id_)->reveal(), hash_of("key")));
}

}  // namespace valv::store::testing
