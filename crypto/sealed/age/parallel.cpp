#include "crypto/sealed/age/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "common/base/error.h"
#include "crypto/core/secret_bytes.h"
#include "crypto/sealed/age/body_reader.h"
#include "crypto/sealed/age/stream.h"

namespace valv::sealed {
namespace {

// Measured: 4 to 16 chunks are best; at 64 and more the batch falls out of the cache.
constexpr std::uint64_t kBatchChunks = 8;
constexpr std::uint64_t kPlainBatchBytes = kBatchChunks * kPlainChunkBytes;
constexpr std::uint64_t kBodyBatchBytes = kBatchChunks * kBodyChunkBytes;

// Hands out batch numbers and keeps the first failure.
class Batches {
public:
    explicit Batches(std::uint64_t count) : count_(count) {}

    // Until all are taken or one failed. Called by every thread.
    void work_through(const std::function<void(std::uint64_t)>& work) noexcept {
        try {
            for (std::uint64_t batch = next_++; batch < count_ && !has_failed_; batch = next_++) {
                work(batch);
            }
        } catch (...) {  // rethrown on the caller's thread
            const std::scoped_lock lock(mutex_);
            if (!has_failed_.exchange(true)) {
                failure_ = std::current_exception();
            }
        }
    }
    void rethrow_failure() const {
        if (failure_) {
            std::rethrow_exception(failure_);
        }
    }

private:
    std::uint64_t count_;
    std::atomic<std::uint64_t> next_ = 0;
    std::atomic<bool> has_failed_ = false;
    std::mutex mutex_;  // guards failure_
    std::exception_ptr failure_;
};

// One worker a thread: made on it, so that buffers and cipher contexts are near.
template <typename MakeWorker>
void for_each_batch(std::uint64_t chunk_count, unsigned threads, const MakeWorker& make_worker) {
    VALV_CHECK(threads >= 1);
    const std::uint64_t batch_count = (chunk_count + kBatchChunks - 1) / kBatchChunks;
    Batches batches(batch_count);
    const auto run = [&]() {
        std::optional<std::decay_t<decltype(make_worker())>> worker;
        batches.work_through([&](std::uint64_t batch) {
            if (!worker) {
                worker.emplace(make_worker());
            }
            (*worker)(batch);
        });
    };
    {
        std::vector<std::jthread> others;
        for (unsigned count = 1; count < threads && count < batch_count; ++count) {
            others.emplace_back(run);
        }
        run();
    }
    batches.rethrow_failure();
}

// The part of a whole that a batch is.
struct Range {
    std::uint64_t offset;
    std::size_t size;
};
Range range_of(std::uint64_t batch, std::uint64_t batch_bytes, std::uint64_t whole_bytes) {
    const std::uint64_t offset = batch * batch_bytes;
    return {.offset = offset,
            .size = static_cast<std::size_t>(std::min(batch_bytes, whole_bytes - offset))};
}

ChunkPlace place_of(std::uint64_t chunk, std::uint64_t chunk_count) {
    return chunk + 1 == chunk_count ? ChunkPlace::kLast : ChunkPlace::kInner;
}

class BatchSealer {
public:
    BatchSealer(const PositionedReader& plaintext, std::uint64_t plain_bytes, const PayloadKey& key,
                PositionedWriter& body)
        : plaintext_(&plaintext), plain_bytes_(plain_bytes), cipher_(key), body_(&body) {}

    void operator()(std::uint64_t batch) {
        const Range range = range_of(batch, kPlainBatchBytes, plain_bytes_);
        const std::span<std::uint8_t> plain = plain_.reveal_for_writing().first(range.size);
        plaintext_->read_at(range.offset, plain);
        const std::uint64_t chunk_count = crypto::chunk_count(plain_bytes_);
        std::uint64_t chunk = batch * kBatchChunks;
        std::size_t sealed_bytes = 0;
        for (std::size_t at = 0; at < plain.size() || chunk == 0; at += kPlainChunkBytes, ++chunk) {
            const ByteView part =
                ByteView(plain).subspan(at, std::min(kPlainChunkBytes, plain.size() - at));
            const std::size_t part_bytes = part.size() + crypto::kTagBytes;
            cipher_.seal_chunk(chunk, place_of(chunk, chunk_count), part,
                               std::span(sealed_).subspan(sealed_bytes, part_bytes));
            sealed_bytes += part_bytes;
        }
        body_->write_at(kBodyNonceBytes + batch * kBodyBatchBytes,
                        ByteView(sealed_).first(sealed_bytes));
    }

private:
    const PositionedReader* plaintext_;
    std::uint64_t plain_bytes_;
    ChunkCipher cipher_;
    PositionedWriter* body_;
    crypto::SecretBytes plain_{kPlainBatchBytes};
    Bytes sealed_ = Bytes(kBodyBatchBytes);
};

class BatchOpener {
public:
    BatchOpener(const PositionedReader& body, std::uint64_t plain_bytes, const PayloadKey& key,
                PositionedWriter& plaintext)
        : body_(&body), plain_bytes_(plain_bytes), cipher_(key), plaintext_(&plaintext) {}

    void operator()(std::uint64_t batch) {
        const Range range = range_of(batch, kBodyBatchBytes, body_->size() - kBodyNonceBytes);
        const std::span<std::uint8_t> octets = octets_.reveal_for_writing().first(range.size);
        body_->read_at(kBodyNonceBytes + range.offset, octets);
        std::uint64_t chunk = batch * kBatchChunks;
        for (std::size_t at = 0; at < octets.size(); at += kBodyChunkBytes, ++chunk) {
            open(chunk, octets.subspan(at, std::min(kBodyChunkBytes, octets.size() - at)));
        }
    }

private:
    // Where it lies, which halves what the cache must hold.
    void open(std::uint64_t chunk, std::span<std::uint8_t> octets) {
        const std::optional<std::size_t> opened = cipher_.open_chunk(
            chunk, place_of(chunk, crypto::chunk_count(plain_bytes_)), octets, octets);
        if (!opened) {
            fail(AgeFailure::kPayload, "a chunk does not open");
        }
        plaintext_->write_at(chunk * kPlainChunkBytes, octets.first(*opened));
    }
    const PositionedReader* body_;
    std::uint64_t plain_bytes_;
    ChunkCipher cipher_;
    PositionedWriter* plaintext_;
    crypto::SecretBytes octets_{kBodyBatchBytes};  // sealed, then opened
};

}  // namespace

void seal_body_parallel(const PositionedReader& plaintext, const FileKey& file_key,
                        RandomSource& random, PositionedWriter& body, unsigned threads) {
    BodyNonce nonce{};
    random.fill(nonce);
    body.write_at(0, nonce);
    const PayloadKey key = payload_key(file_key, nonce);
    const std::uint64_t plain_bytes = plaintext.size();
    for_each_batch(crypto::chunk_count(plain_bytes), threads,
                   [&] { return BatchSealer(plaintext, plain_bytes, key, body); });
}

void open_body_parallel(const PositionedReader& body, const FileKey& file_key,
                        PositionedWriter& plaintext, unsigned threads) {
    const BodyFront front = read_body_front(body, file_key);
    for_each_batch(crypto::chunk_count(front.plain_bytes), threads,
                   [&] { return BatchOpener(body, front.plain_bytes, front.key, plaintext); });
}

}  // namespace valv::sealed
