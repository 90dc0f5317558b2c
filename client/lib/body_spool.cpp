#include "client/lib/body_spool.h"

#include <string>
#include <utility>

#include "crypto/core/body_root.h"
#include "crypto/sealed/age/stream.h"

namespace valv::client {
namespace {

constexpr std::size_t kPieceBytes = 256 * 1024;
constexpr int kWholeBody = 200;

}  // namespace

void for_each_piece(local::ReadableFile& file, const std::function<void(ByteView)>& take) {
    crypto::SecretBytes buffer(kPieceBytes);  // plaintext, when the file is a paper
    while (const std::size_t got = file.read(buffer.reveal_for_writing())) {
        take(buffer.reveal().first(got));
    }
}

std::uint64_t BodySpool::size() const {
    std::error_code none;
    const auto size = std::filesystem::file_size(file_, none);
    return none ? 0 : size;
}

void BodySpool::download(Transport& transport, Call call, const ExpectedBody& expected,
                         const Progress& progress) {
    const std::uint64_t total = crypto::body_size(expected.plain_size);
    local::make_private_folder(file_.parent_path());
    std::uint64_t have = size();
    if (have > total) {
        remove();
        have = 0;
    }
    if (have == total) {
        return;
    }
    const std::uint64_t start = have;
    if (start > 0) {
        call.range = ByteRange{.first = start, .last = {}};
    }
    local::AppendFile spool(file_);
    call.max_reply_bytes = total + 1;
    call.sink = [&](ByteView octets) {
        have += octets.size();
        if (have > total) {
            throw Tampered(tamper::kTruncated, "longer than its row says", expected.subject);
        }
        spool.write(octets);
        if (progress) {
            progress({.done = have, .total = total});
        }
    };
    try {
        const Response response =
            must_be_there(expected.subject, [&] { return ask(transport, call); });
        if (start > 0 && response.status ==
                             kWholeBody) {  // a server that knows no ranges: what we have is a mix
            remove();
            call.range.reset();
            return download(transport, std::move(call), expected, progress);
        }
    } catch (const Tampered&) {
        remove();
        throw;
    }
}

void BodySpool::verify(const ExpectedBody& expected) {
    const bool is_whole = size() == crypto::body_size(expected.plain_size);
    crypto::BodyRoot root;
    if (is_whole) {
        local::ReadableFile spool(file_);
        for_each_piece(spool, [&](ByteView octets) { root.push(octets); });
    }
    if (!is_whole || root.finish() != expected.root) {
        remove();
        throw Tampered(is_whole ? tamper::kBody : tamper::kTruncated,
                       is_whole ? "not the body of its row" : "shorter than its row says",
                       expected.subject);
    }
}

void BodySpool::open_into(local::OutputFile& output, const sealed::FileKey& key,
                          const ExpectedBody& expected) const {
    try {
        sealed::BodyOpener opener(key, [&](ByteView plain) { output.write(plain); });
        local::ReadableFile spool(file_);
        for_each_piece(spool, [&](ByteView octets) { opener.push(octets); });
        opener.finish();
    } catch (const Error& error) {
        if (sealed::age_failure(error)) {
            throw Tampered(tamper::kBody, error.what(), expected.subject);
        }
        throw;
    }
}

void BodySpool::copy_into(local::OutputFile& output) const {
    local::ReadableFile spool(file_);
    for_each_piece(spool, [&](ByteView octets) { output.write(octets); });
}

}  // namespace valv::client
