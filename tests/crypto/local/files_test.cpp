#include "crypto/local/files.h"

#include <sys/stat.h>

#include <gtest/gtest.h>

#include "tests/common/temp_folder.h"
#include "tests/crypto/expect_error.h"

namespace valv::local {
namespace {

std::size_t file_count(const std::filesystem::path& folder) {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder)) {
        ++count;
    }
    return count;
}

TEST(OutputFileTest, CommitGivesTheFileItsName) {
    const test::TempFolder folder;
    OutputFile output(folder / "a", Overwrite::kNo);
    output.write(as_bytes("text"));
    EXPECT_EQ(file_count(folder.path()), 0U);
    output.commit();
    EXPECT_EQ(test::snapshot(folder / "a"), "text");
}

TEST(OutputFileTest, WithoutCommitNothingStays) {
    const test::TempFolder folder;
    {
        OutputFile output(folder / "a", Overwrite::kNo);
        output.write(as_bytes("text"));
    }
    EXPECT_EQ(file_count(folder.path()), 0U);
}

TEST(OutputFileTest, ExistingFileIsNotReplaced) {
    const test::TempFolder folder;
    test::write_file(folder / "a", as_bytes("old"));
    EXPECT_EQ(test::error_of([&] {
                  const OutputFile output(folder / "a", Overwrite::kNo);
                  return 0;
              }),
              "conflict");
}

TEST(OutputFileTest, FileThatAppearedMeanwhileIsNotReplaced) {
    const test::TempFolder folder;
    OutputFile output(folder / "a", Overwrite::kNo);
    output.write(as_bytes("new"));
    test::write_file(folder / "a", as_bytes("theirs"));
    EXPECT_EQ(test::error_of([&] {
                  output.commit();
                  return 0;
              }),
              "conflict");
    EXPECT_EQ(test::snapshot(folder / "a"), "theirs");
}

TEST(OutputFileTest, OverwriteReplacesAtOnce) {
    const test::TempFolder folder;
    test::write_file(folder / "a", as_bytes("old"));
    OutputFile output(folder / "a", Overwrite::kYes);
    output.write(as_bytes("new"));
    EXPECT_EQ(test::snapshot(folder / "a"), "old");
    output.commit();
    EXPECT_EQ(test::snapshot(folder / "a"), "new");
    EXPECT_EQ(file_count(folder.path()), 1U);
}

TEST(FilesTest, ReplacedFileIsForItsOwnerOnly) {
    const test::TempFolder folder;
    replace_file(folder / "a", as_bytes("x"));
    struct stat status {};
    ASSERT_EQ(::stat((folder / "a").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST(FilesTest, FolderIsNoReadableFile) {
    const test::TempFolder folder;
    EXPECT_EQ(test::error_of([&] {
                  const ReadableFile file(folder.path());
                  return 0;
              }),
              "invalid_argument");
}

TEST(FilesTest, AbsentFileIsNotFound) {
    const test::TempFolder folder;
    EXPECT_EQ(test::error_of([&] {
                  const ReadableFile file(folder / "a");
                  return 0;
              }),
              "not_found");
    EXPECT_FALSE(read_file_if(folder / "a", 10).has_value());
}

}  // namespace
}  // namespace valv::local
