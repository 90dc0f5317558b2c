#include "crypto/sealed/age/stream.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "crypto/sealed/age/file.h"
#include "tests/crypto/expect_error.h"
#include "tests/crypto/seeded_random.h"

namespace valv::sealed {
namespace {

constexpr const char* kPayload = "tampered age_payload_invalid";
constexpr std::size_t kChunk = kPlainChunkBytes;

Bytes pattern(std::size_t size) {
    Bytes octets(size);
    for (std::size_t at = 0; at < size; ++at) {
        octets[at] = static_cast<std::uint8_t>(at * 31 + (at >> 8U));
    }
    return octets;
}

class StreamTest : public testing::Test {
protected:
    test::SeededRandom random_{"stream"};
    FileKey file_key_ = FileKey::random(random_);
    [[nodiscard]] Bytes sealed(std::size_t size) {
        return seal_body(pattern(size), file_key_, random_);
    }

    // What a streaming reader releases before it fails, and how it ends.
    struct Reading {
        Bytes released;
        std::string end;
    };
    [[nodiscard]] Reading read(ByteView body, std::size_t step, const FileKey& file_key) const {
        Reading reading;
        reading.end = test::error_of([&] {
            BodyOpener opener(file_key, [&](ByteView part) { append(reading.released, part); });
            for (std::size_t at = 0; at < body.size(); at += step) {
                opener.push(body.subspan(at, std::min(step, body.size() - at)));
            }
            opener.finish();
        });
        return reading;
    }
    [[nodiscard]] Reading read(ByteView body, std::size_t step = 10'000) const {
        return read(body, step, file_key_);
    }
};

TEST_F(StreamTest, EverySizeComesBackInEverySplit) {
    for (const std::size_t size : {0UL, 1UL, kChunk - 1, kChunk, kChunk + 1, 2 * kChunk - 1,
                                   2 * kChunk, 2 * kChunk + 1, 3 * kChunk}) {
        const Bytes body = sealed(size);
        EXPECT_EQ(body.size(), crypto::body_size(size));
        for (const std::size_t step :
             {17UL, kBodyChunkBytes - 1, kBodyChunkBytes, kBodyChunkBytes + 16, 10'000'000UL}) {
            const Reading reading = read(body, step);
            EXPECT_EQ(reading.end, "nothing") << size << " by " << step;
            EXPECT_EQ(reading.released, pattern(size));
        }
    }
}

TEST_F(StreamTest, TheSplitOfThePlaintextDoesNotMatter) {
    const Bytes plaintext = pattern(2 * kChunk + 5);
    Bytes first;
    for (const std::size_t step :
         {1'000UL, kChunk - 1, kChunk, kChunk + 1, 2 * kChunk, 10'000'000UL}) {
        test::SeededRandom same("nonce");
        Bytes body;
        BodySealer sealer(file_key_, same, [&](ByteView part) { append(body, part); });
        for (std::size_t at = 0; at < plaintext.size(); at += step) {
            sealer.push(ByteView(plaintext).subspan(at, std::min(step, plaintext.size() - at)));
        }
        sealer.finish();
        first = first.empty() ? body : first;
        EXPECT_EQ(body, first) << step;
    }
}

TEST_F(StreamTest, AnotherFileKeyOpensNothing) {
    const Reading reading = read(sealed(100), 1'000, FileKey::random(random_));
    EXPECT_EQ(reading.end, kPayload);
    EXPECT_TRUE(reading.released.empty());
}

TEST_F(StreamTest, EachFlippedOctetOfAShortBodyIsNoticedAndNothingReleased) {
    const Bytes body = sealed(40);
    for (std::size_t at = 0; at < body.size(); ++at) {
        Bytes damaged = body;
        damaged[at] ^= 1U;
        const Reading reading = read(damaged);
        EXPECT_EQ(reading.end, kPayload) << at;
        EXPECT_TRUE(reading.released.empty());
    }
}

TEST_F(StreamTest, EachShorterBodyIsNoticed) {
    const Bytes body = sealed(40);
    for (std::size_t size = 0; size < body.size(); ++size) {
        const Reading reading = read(ByteView(body).first(size));
        EXPECT_EQ(reading.end, size < kBodyNonceBytes ? "malformed age_header_invalid" : kPayload)
            << size;
        EXPECT_TRUE(reading.released.empty());
    }
}

TEST_F(StreamTest, ACutAtAnyPlaceOfALongBodyReleasesWholeChunksOnly) {
    const Bytes body = sealed(2 * kChunk + 100);
    for (const std::size_t cut :
         {16UL, 17UL, 16 + kBodyChunkBytes - 1, 16 + kBodyChunkBytes, 16 + kBodyChunkBytes + 1,
          16 + 2 * kBodyChunkBytes, body.size() - 1}) {
        const Reading reading = read(ByteView(body).first(cut));
        EXPECT_EQ(reading.end, kPayload) << cut;
        EXPECT_EQ(reading.released.size() % kChunk, 0U);
        EXPECT_TRUE(std::ranges::equal(
            reading.released, ByteView(pattern(2 * kChunk)).first(reading.released.size())));
    }
}

TEST_F(StreamTest, ChunksDoNotChangePlaces) {
    const Bytes body = sealed(3 * kChunk);
    Bytes swapped = body;
    std::swap_ranges(swapped.begin() + 16, swapped.begin() + 16 + kBodyChunkBytes,
                     swapped.begin() + 16 + kBodyChunkBytes);
    EXPECT_EQ(read(swapped).end, kPayload);
    Bytes dropped = body;
    dropped.erase(dropped.begin() + 16, dropped.begin() + 16 + kBodyChunkBytes);
    EXPECT_EQ(read(dropped).end, kPayload);
    const Bytes doubled = concat({body, ByteView(body).last(kBodyChunkBytes)});
    EXPECT_EQ(read(doubled).end, kPayload);
    EXPECT_EQ(read(concat({body, Bytes(1)})).end, kPayload);
}

TEST_F(StreamTest, AFailedReaderReleasesNothingMore) {
    Bytes body = sealed(2 * kChunk);
    body[20] ^= 1U;
    Bytes released;
    BodyOpener opener(file_key_, [&](ByteView part) { append(released, part); });
    EXPECT_EQ(test::error_of([&] { opener.push(ByteView(body).first(16 + kBodyChunkBytes)); }),
              kPayload);
    EXPECT_EQ(test::error_of([&] { opener.push(ByteView(body).subspan(16 + kBodyChunkBytes)); }),
              kPayload);
    EXPECT_EQ(test::error_of([&] { opener.finish(); }), kPayload);
    EXPECT_TRUE(released.empty());
}

TEST_F(StreamTest, EveryBodyHasItsOwnNonce) {
    EXPECT_NE(sealed(10), sealed(10));
}

TEST_F(StreamTest, ChunksOpenByIndex) {
    const Bytes body = sealed(2 * kChunk + 100);
    ChunkCipher cipher(payload_key(file_key_, ByteView(body).first(kBodyNonceBytes)));
    const auto chunk = [&](std::uint64_t index) {
        const std::size_t at = kBodyNonceBytes + index * kBodyChunkBytes;
        return ByteView(body).subspan(at, std::min(kBodyChunkBytes, body.size() - at));
    };
    Bytes out(kChunk);
    const Bytes plaintext = pattern(2 * kChunk + 100);
    // The last chunk first: it authenticates the length.
    EXPECT_EQ(cipher.open_chunk(2, ChunkPlace::kLast, chunk(2), out), 100U);
    EXPECT_TRUE(std::ranges::equal(ByteView(out).first(100), ByteView(plaintext).last(100)));
    EXPECT_EQ(cipher.open_chunk(1, ChunkPlace::kInner, chunk(1), out), kChunk);
    EXPECT_TRUE(std::ranges::equal(out, ByteView(plaintext).subspan(kChunk, kChunk)));
    EXPECT_FALSE(cipher.open_chunk(0, ChunkPlace::kInner, chunk(1), out));
    EXPECT_FALSE(cipher.open_chunk(1, ChunkPlace::kLast, chunk(1), out));
    EXPECT_FALSE(cipher.open_chunk(2, ChunkPlace::kInner, chunk(2), out));
    EXPECT_FALSE(cipher.open_chunk(2, ChunkPlace::kLast, chunk(2).first(15), out));
}

TEST_F(StreamTest, AnEmptyLastChunkStandsAlone) {
    const PayloadKey key = payload_key(file_key_, Bytes(kBodyNonceBytes));
    ChunkCipher cipher(key);
    Bytes empty(crypto::kTagBytes);
    cipher.seal_chunk(0, ChunkPlace::kLast, {}, empty);
    Bytes out(kChunk);
    EXPECT_EQ(cipher.open_chunk(0, ChunkPlace::kLast, empty, out), 0U);
    EXPECT_FALSE(cipher.open_chunk(1, ChunkPlace::kLast, empty, out));
    EXPECT_FALSE(cipher.open_chunk(0, ChunkPlace::kInner, empty, out));
}

TEST_F(StreamTest, TheCounterHasEightOctets) {
    ChunkCipher cipher(payload_key(file_key_, Bytes(kBodyNonceBytes)));
    constexpr std::uint64_t kFar = 0x0123456789abcdefULL;
    Bytes sealed_chunk(1 + crypto::kTagBytes);
    cipher.seal_chunk(kFar, ChunkPlace::kLast, Bytes(1, 7), sealed_chunk);
    Bytes out(1);
    EXPECT_TRUE(cipher.open_chunk(kFar, ChunkPlace::kLast, sealed_chunk, out));
    EXPECT_FALSE(cipher.open_chunk(kFar & 0xffffffffU, ChunkPlace::kLast, sealed_chunk, out));
}

}  // namespace
}  // namespace valv::sealed
