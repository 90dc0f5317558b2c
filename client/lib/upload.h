#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "client/lib/cases.h"
#include "client/lib/progress.h"
#include "crypto/core/hash.h"
#include "crypto/local/files.h"
#include "crypto/sealed/file_key.h"

// An upload that survives being cut: the sealed body and a state file lie in the cache until the
// row is written. The body is sealed once and sent from the cache, so no nonce is ever used for two
// texts even when the source changes meanwhile.
namespace valv::client {

struct UploadState {
    CaseId case_id;
    DocumentId document;
    std::optional<UploadId> upload;
    std::uint64_t plain_size = 0;
    std::uint32_t epoch = 0;  // of the case identity that `header` is made for
    crypto::Hash
        source{};  // SHA-256 of the plaintext: the same file again goes on with this upload
    crypto::Hash body_root{};
    crypto::Hash file_key_hash{};
    Bytes header;
};

class Upload {
public:
    // The one of this case that was cut for a source of this hash.
    [[nodiscard]] static std::optional<Upload> find(Case& opened, const crypto::Hash& source);
    // Seals `source` into the cache.
    [[nodiscard]] static Upload start(Case& opened, local::ReadableFile& source,
                                      const crypto::Hash& source_hash);

    [[nodiscard]] const UploadState& state() const noexcept { return state_; }
    // Until the server has it all and has confirmed the body root.
    void run(const Progress& progress);
    void remove();

private:
    Upload(Case& opened, std::filesystem::path folder, UploadState state)
        : case_(opened), folder_(std::move(folder)), state_(std::move(state)) {}
    void save() const;
    void renew_header();
    [[nodiscard]] bool is_kept() const;
    [[nodiscard]] Response create();
    void take_new_id();
    [[nodiscard]] std::uint64_t begin_or_resume();
    [[nodiscard]] std::uint64_t send_piece(local::ReadableFile& body, std::uint64_t offset);
    void finish();
    [[nodiscard]] Call call(protocol::RouteName route) const;
    Case& case_;
    std::filesystem::path folder_;
    UploadState state_;
};

[[nodiscard]] crypto::Hash hash_of(local::ReadableFile& file);

}  // namespace valv::client
