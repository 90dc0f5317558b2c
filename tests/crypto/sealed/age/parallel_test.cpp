// The three readers and writers of one body agree (stream.h, parallel.h, body_reader.h).
#include "crypto/sealed/age/parallel.h"

#include <atomic>

#include <gtest/gtest.h>

#include "crypto/sealed/age/body_reader.h"
#include "crypto/sealed/age/file.h"
#include "tests/crypto/expect_error.h"
#include "tests/crypto/sealed/age/memory_file.h"
#include "tests/crypto/seeded_random.h"

namespace valv::sealed {
namespace {

constexpr std::size_t kBatchBytes = 8 * kPlainChunkBytes;
constexpr std::size_t kSizes[] = {0,
                                  1,
                                  kPlainChunkBytes - 1,
                                  kPlainChunkBytes,
                                  kPlainChunkBytes + 1,
                                  2 * kPlainChunkBytes,
                                  kBatchBytes - 1,
                                  kBatchBytes,
                                  kBatchBytes + 1,
                                  2 * kBatchBytes,
                                  3 * kBatchBytes + kPlainChunkBytes + 5};

class BodySizeTest : public testing::TestWithParam<std::size_t> {
protected:
    test::SeededRandom random_{"parallel"};
    FileKey file_key_ = FileKey::random(random_);
    Bytes plaintext_ = [this] {
        Bytes octets(GetParam());
        random_.fill(octets);
        return octets;
    }();
    Bytes nonce_ = Bytes(kBodyNonceBytes, 7);
    Bytes body_ = [this] {
        test::ScriptedRandom nonce(nonce_);
        return seal_body(plaintext_, file_key_, nonce);
    }();
};

TEST_P(BodySizeTest, IsSealedAlikeByAnyNumberOfThreads) {
    for (const unsigned threads : {1U, 2U, 7U}) {
        test::ScriptedRandom nonce(nonce_);
        test::MemoryWriter body;
        seal_body_parallel(test::MemoryReader(plaintext_), file_key_, nonce, body, threads);
        EXPECT_EQ(body.front(), body_) << threads;
    }
}

TEST_P(BodySizeTest, IsOpenedByAnyNumberOfThreads) {
    for (const unsigned threads : {1U, 2U, 7U}) {
        test::MemoryWriter plaintext;
        open_body_parallel(test::MemoryReader(body_), file_key_, plaintext, threads);
        EXPECT_EQ(plaintext.front(), plaintext_) << threads;
    }
}

TEST_P(BodySizeTest, IsReadAtAnyPlace) {
    const test::MemoryReader body(body_);
    BodyReader reader(body, file_key_);
    ASSERT_EQ(reader.size(), plaintext_.size());
    constexpr std::size_t kLength = 3 * kPlainChunkBytes;
    for (std::size_t at = plaintext_.size() + 1; at > 0;) {  // backwards
        at = at > kPlainChunkBytes / 2 + 13 ? at - kPlainChunkBytes / 2 - 13 : 0;
        Bytes part(std::min(kLength, plaintext_.size() - at));
        reader.read(at, part);
        EXPECT_TRUE(equal(part, ByteView(plaintext_).subspan(at, part.size()))) << at;
    }
    EXPECT_EQ(test::error_of([&] {
                  Bytes part(1);
                  reader.read(reader.size(), part);
              }),
              "invalid_argument");
}

TEST_P(BodySizeTest, EveryCutAtAChunkIsNoticedByAll) {
    for (std::size_t size = 0; size < body_.size(); size += kBodyChunkBytes) {
        for (const std::size_t cut : {size, std::min(size + kBodyNonceBytes, body_.size() - 1)}) {
            const test::MemoryReader body(ByteView(body_).first(cut));
            const std::string expected = cut < kBodyNonceBytes ? "malformed age_header_invalid"
                                                               : "tampered age_payload_invalid";
            EXPECT_EQ(test::error_of([&] {
                          test::MemoryWriter plaintext;
                          open_body_parallel(body, file_key_, plaintext, 2);
                      }),
                      expected)
                << cut;
            EXPECT_EQ(test::error_of([&] { const BodyReader reader(body, file_key_); }), expected)
                << cut;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Boundaries, BodySizeTest, testing::ValuesIn(kSizes));

class ParallelTest : public testing::Test {
protected:
    test::SeededRandom random_{"damaged"};
    FileKey file_key_ = FileKey::random(random_);
    Bytes plaintext_ = Bytes(2 * kBatchBytes + 10, 3);
    Bytes body_ = seal_body(plaintext_, file_key_, random_);
};

TEST_F(ParallelTest, ADamagedChunkIsNoticedWhereverItIs) {
    for (std::size_t at = kBodyNonceBytes; at < body_.size(); at += kBodyChunkBytes) {
        body_[at] ^= 1U;
        EXPECT_EQ(test::error_of([&] {
                      test::MemoryWriter plaintext;
                      open_body_parallel(test::MemoryReader(body_), file_key_, plaintext, 2);
                  }),
                  "tampered age_payload_invalid")
            << at;
        body_[at] ^= 1U;
    }
}

TEST_F(ParallelTest, SwappedChunksAreNoticed) {
    std::swap_ranges(body_.begin() + kBodyNonceBytes,
                     body_.begin() + kBodyNonceBytes + kBodyChunkBytes,
                     body_.begin() + kBodyNonceBytes + kBodyChunkBytes);
    EXPECT_EQ(test::error_of([&] {
                  test::MemoryWriter plaintext;
                  open_body_parallel(test::MemoryReader(body_), file_key_, plaintext, 2);
              }),
              "tampered age_payload_invalid");
}

// The reader at any place finds a false end before it gives a single octet.
TEST_F(ParallelTest, TheRandomReaderAuthenticatesTheEndFirst) {
    body_.back() ^= 1U;
    const test::MemoryReader body(body_);
    EXPECT_EQ(test::error_of([&] { const BodyReader reader(body, file_key_); }),
              "tampered age_payload_invalid");
}

TEST_F(ParallelTest, TheRandomReaderGivesNothingOfADamagedChunk) {
    body_[kBodyNonceBytes + kBodyChunkBytes] ^= 1U;
    const test::MemoryReader body(body_);
    BodyReader reader(body, file_key_);
    Bytes part(10);
    reader.read(0, part);
    EXPECT_EQ(part, Bytes(10, 3));
    Bytes untouched(10, 9);
    EXPECT_EQ(test::error_of([&] { reader.read(kPlainChunkBytes, untouched); }),
              "tampered age_payload_invalid");
    EXPECT_EQ(untouched, Bytes(10, 9));
    reader.read(2 * kPlainChunkBytes, part);
    EXPECT_EQ(part, Bytes(10, 3));
}

class FullDisk final : public PositionedWriter {
public:
    void write_at(std::uint64_t /*offset*/, ByteView /*octets*/) override {
        if (++writes_ > 1) {
            throw Error(ErrorCode::kStorageFull, "write: no space");
        }
    }

private:
    std::atomic<int> writes_ = 0;
};

TEST_F(ParallelTest, AFailureOfAnyThreadReachesTheCaller) {
    FullDisk disk;
    EXPECT_EQ(test::error_of([&] {
                  seal_body_parallel(test::MemoryReader(plaintext_), file_key_, random_, disk, 2);
              }),
              "storage_full");
}

}  // namespace
}  // namespace valv::sealed
