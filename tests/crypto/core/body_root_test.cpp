#include "crypto/core/body_root.h"

#include <gtest/gtest.h>

#include "tests/crypto/expect_error.h"
#include "tests/crypto/seeded_random.h"

namespace valv::crypto {
namespace {

Bytes octets(std::size_t size) {
    test::SeededRandom random("body");
    Bytes body(size);
    random.fill(body);
    return body;
}

TEST(BodyRootTest, TheLeavesAreTheNonceAndTheChunks) {
    const Bytes body = octets(16 + kBodyChunkBytes + 100);
    const ByteView view(body);
    const std::vector<Hash> leaves{leaf_hash(view.first(16)),
                                   leaf_hash(view.subspan(16, kBodyChunkBytes)),
                                   leaf_hash(view.last(100))};
    EXPECT_EQ(body_root(body), root_of(leaves));
}

TEST(BodyRootTest, TheSplitOfPushesDoesNotMatter) {
    const Bytes body = octets(16 + 2 * kBodyChunkBytes + 1);
    const Hash whole = body_root(body);
    for (const std::size_t step :
         {1UL, 7UL, 16UL, 17UL, kBodyChunkBytes - 1, kBodyChunkBytes, kBodyChunkBytes + 16}) {
        BodyRoot root;
        for (std::size_t at = 0; at < body.size(); at += step) {
            root.push(ByteView(body).subspan(at, std::min(step, body.size() - at)));
        }
        EXPECT_EQ(root.size(), body.size());
        EXPECT_EQ(root.finish(), whole) << step;
    }
}

TEST(BodyRootTest, EachChangeChangesTheRoot) {
    const Bytes body = octets(16 + 40);
    const Hash whole = body_root(body);
    for (std::size_t at = 0; at < body.size(); ++at) {
        Bytes damaged = body;
        damaged[at] ^= 0x80U;
        EXPECT_NE(body_root(damaged), whole);
        EXPECT_NE(body_root(ByteView(body).first(at)), whole);
    }
}

TEST(BodyRootTest, NothingHasTheEmptyRoot) {
    EXPECT_EQ(body_root({}), empty_root());
}

TEST(BodySizeTest, IsTheInverseOfThePlainSize) {
    for (const std::uint64_t plain :
         {0ULL, 1ULL, 65'535ULL, 65'536ULL, 65'537ULL, 131'072ULL, 1ULL << 40U}) {
        EXPECT_EQ(plain_size(body_size(plain)), plain);
    }
    EXPECT_EQ(body_size(0), 32U);
    EXPECT_EQ(body_size(65'536), 16U + 65'552U);
    EXPECT_EQ(body_size(65'537), 16U + 65'552U + 17U);
}

TEST(BodySizeTest, SizesThatNoBodyHasAreMalformed) {
    for (const std::uint64_t size : {0ULL, 16ULL, 31ULL, 16ULL + 65'552 + 1, 16ULL + 65'552 + 16}) {
        EXPECT_EQ(test::error_of([&] { static_cast<void>(plain_size(size)); }), "malformed")
            << size;
    }
}

}  // namespace
}  // namespace valv::crypto
