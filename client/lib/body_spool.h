#pragma once

#include <cstdint>
#include <filesystem>

#include "client/lib/errors.h"
#include "client/lib/progress.h"
#include "client/lib/transport.h"
#include "crypto/core/hash.h"
#include "crypto/local/files.h"
#include "crypto/sealed/file_key.h"

// Bodies (ciphertext) on their way through a file: a cut transfer goes on, and nothing is opened
// before all of it verified.
namespace valv::client {

// What a row promises about a body.
struct ExpectedBody {
    std::uint64_t plain_size = 0;
    crypto::Hash root{};
    Subject subject;
};

class BodySpool {
public:
    explicit BodySpool(std::filesystem::path file) : file_(std::move(file)) {}
    // Goes on after what is there. `call` is the body's route. Throws kNetwork when cut (what came
    // is kept); kTampered object_missing, body_truncated.
    void download(Transport& transport, Call call, const ExpectedBody& expected,
                  const Progress& progress);
    // Throws kTampered body_truncated or body_damaged, and drops the file: the next try begins
    // anew.
    void verify(const ExpectedBody& expected);
    // The plaintext, after verify.
    void open_into(local::OutputFile& output, const sealed::FileKey& key,
                   const ExpectedBody& expected) const;
    void copy_into(local::OutputFile& output) const;
    void remove() { local::remove_file(file_); }
    [[nodiscard]] const std::filesystem::path& file() const noexcept { return file_; }

private:
    [[nodiscard]] std::uint64_t size() const;
    std::filesystem::path file_;
};

// Calls `take` with the octets of a file, piece by piece, wiped between.
void for_each_piece(local::ReadableFile& file, const std::function<void(ByteView)>& take);

}  // namespace valv::client
