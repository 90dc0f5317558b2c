#include "server/store/files/data_folder.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "server/store/files/file_blob_store.h"
#include "tests/server/store/contract/contract.h"

namespace valv::store::testing {

class DataFolderTest : public ::testing::Test {
protected:
    static constexpr std::uint64_t kSmallReserve = 64 * 1024;
    TemporaryFolder parent_;
    std::filesystem::path path_ = parent_.path() / "data";
};

TEST_F(DataFolderTest, MakesItsFoldersForTheOwnerAlone) {
    const DataFolder folder(path_, kSmallReserve);
    for (const auto& made : {path_, folder.blobs(), folder.erasure(), folder.secrets()}) {
        EXPECT_EQ(std::filesystem::status(made).permissions(), std::filesystem::perms::owner_all)
            << made;
    }
    EXPECT_EQ(folder.database(), path_ / "store.db");
}

TEST_F(DataFolderTest, ASecondOneIsRefusedWhileTheFirstLives) {
    {
        const DataFolder folder(path_, kSmallReserve);
        EXPECT_EQ(code_thrown_by([&] { const DataFolder second(path_, kSmallReserve); }),
                  ErrorCode::kUnavailable);
    }
    EXPECT_FALSE(code_thrown_by([&] { const DataFolder second(path_, kSmallReserve); }));
}

TEST_F(DataFolderTest, TheReserveIsAllocatedFreedAndMadeAgain) {
    DataFolder folder(path_, kSmallReserve);
    EXPECT_EQ(std::filesystem::file_size(path_ / "reserve"), kSmallReserve);
    folder.free_reserve();
    EXPECT_FALSE(std::filesystem::exists(path_ / "reserve"));
    EXPECT_TRUE(folder.has_room());
    EXPECT_TRUE(std::filesystem::exists(path_ / "reserve"));
}

TEST_F(DataFolderTest, WithoutAReserveThereIsNoRoomForBlobs) {
    DataFolder folder(path_, ~std::uint64_t{0} >> 1U);  // more than any disk has
    EXPECT_FALSE(folder.has_room());
    FileBlobStore blobs(folder.blobs(), {.has_room = [&] { return folder.has_room(); }});
    EXPECT_EQ(code_thrown_by([&] { static_cast<void>(blobs.create(id_of<BlobId>("blob"))); }),
              ErrorCode::kStorageFull);
}

}  // namespace valv::store::testing
