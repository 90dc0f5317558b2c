#include "server/store/files/file_blob_store.h"

#include <chrono>

#include "common/base/error.h"
#include "server/store/files/file.h"

namespace valv::store {
namespace {

constexpr std::size_t kFanCharacters = 2;  // 1,024 folders at most

// Of an unfinished or failed blob. The name is nobody's yet, so a failure leaves only an orphan for
// the sweep.
void drop_file(const std::filesystem::path& path) noexcept {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
}

class FileBlobWriter final : public BlobWriter {
public:
    explicit FileBlobWriter(std::filesystem::path path)
        : path_(std::move(path)), file_(create_file(path_, Existing::kRefuse)) {}
    FileBlobWriter(const FileBlobWriter&) = delete;
    FileBlobWriter& operator=(const FileBlobWriter&) = delete;
    ~FileBlobWriter() override {
        if (!is_committed_) {
            drop_file(path_);
        }
    }

    void append(ByteView octets) override { file_.write_all(octets); }
    void commit() override {
        file_.sync();
        sync_folder(path_.parent_path());
        // Always, not only when this writer made the folder: its maker may not have come to its
        // fsync yet.
        sync_folder(path_.parent_path().parent_path());
        is_committed_ = true;
    }

private:
    std::filesystem::path path_;
    File file_;
    bool is_committed_ = false;
};

class FileBlobReader final : public BlobReader {
public:
    explicit FileBlobReader(File file) : file_(std::move(file)), size_(file_.size()) {}
    [[nodiscard]] std::uint64_t size() const override { return size_; }
    [[nodiscard]] std::size_t read_at(std::uint64_t offset, std::span<std::uint8_t> out) override {
        return file_.read_at(offset, out);
    }

private:
    File file_;
    std::uint64_t size_;  // blobs never change
};

Instant modified_at(const std::filesystem::directory_entry& entry) {
    const auto time = std::chrono::file_clock::to_sys(entry.last_write_time());
    return std::chrono::floor<std::chrono::seconds>(time);
}

}  // namespace

FileBlobStore::FileBlobStore(std::filesystem::path folder, FileBlobOptions options)
    : folder_(std::move(folder)), options_(std::move(options)) {}

std::unique_ptr<BlobWriter> FileBlobStore::create(const BlobId& blob) {
    if (options_.has_room && !options_.has_room()) {
        throw Error(ErrorCode::kStorageFull,
                    "blobs: what is left is kept for revoking and erasing");
    }
    const auto fan = fan_of(blob);
    if (!std::filesystem::exists(fan)) {
        make_folder(fan);
    }
    return std::make_unique<FileBlobWriter>(fan / blob.text());
}

std::unique_ptr<BlobReader> FileBlobStore::open(const BlobId& blob) {
    auto file = open_file(fan_of(blob) / blob.text());
    if (!file) {
        throw Error(ErrorCode::kNotFound, "blobs: no blob " + blob.text());
    }
    return std::make_unique<FileBlobReader>(std::move(*file));
}

void FileBlobStore::remove(const BlobId& blob) {
    unlink_file(fan_of(blob) / blob.text());
}

std::vector<ListedBlob> FileBlobStore::list() {
    std::vector<ListedBlob> blobs;
    for (const auto& fan : std::filesystem::directory_iterator(folder_)) {
        for (const auto& entry : std::filesystem::directory_iterator(fan)) {
            blobs.push_back({.blob = BlobId::parse(entry.path().filename().string()),
                             .modified_at = modified_at(entry)});
        }
    }
    return blobs;
}

std::filesystem::path FileBlobStore::fan_of(const BlobId& blob) const {
    return folder_ / blob.text().substr(0, kFanCharacters);
}

}  // namespace valv::store
