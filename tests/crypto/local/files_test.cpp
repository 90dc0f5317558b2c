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

TEST(FilesTest, AFileIsKnownByWhateverName) {
    const test::TempFolder folder;
    test::write_file(folder / "a", as_bytes("x"));
    std::filesystem::create_symlink(folder / "a", folder / "link");
    std::filesystem::create_hard_link(folder / "a", folder / "other");
    EXPECT_EQ(find_file_id(folder / "link"), find_file_id(folder / "a"));
    EXPECT_EQ(find_file_id(folder / "other"), ReadableFile(folder / "a").file_id());
    EXPECT_FALSE(find_file_id(folder / "none"));
    EXPECT_FALSE(find_file_id("/dev/null"));
}

TEST(FilesTest, OnlyAPipeOrADeviceIsWrittenStraight) {
    const test::TempFolder folder;
    test::write_file(folder / "a", as_bytes("x"));
    EXPECT_FALSE(find_device(folder / "a"));
    EXPECT_FALSE(find_device(folder / "none"));
    EXPECT_FALSE(find_device(folder.path()));
    EXPECT_TRUE(find_device("/dev/null"));
}

TEST(FilesTest, ADeviceIsReadWhenAnyKindWillDo) {
    Bytes octets(1);
    EXPECT_EQ(ReadableFile("/dev/null", FileKind::kAny).read(octets), 0U);
    EXPECT_EQ(test::error_of([] { const ReadableFile file("/dev/null"); }), "invalid_argument");
}

TEST(FilesTest, ASecretIsReadWholeAndNotBeyondItsLimit) {
    const test::TempFolder folder;
    const Bytes octets(10'000, 0x61);
    test::write_file(folder / "a", octets);
    ReadableFile file(folder / "a");
    EXPECT_TRUE(equal(read_secret(file, octets.size()).reveal(), octets));
    file.seek(0);
    EXPECT_EQ(test::error_of([&] { static_cast<void>(read_secret(file, octets.size() - 1)); }),
              "too_large");
}

}  // namespace
}  // namespace valv::local
