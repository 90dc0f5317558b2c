// Every vector of the age test kit (kit.h) through every reader and writer. The hybrid ones skip
// where OpenSSL has no ML-KEM-768, and are counted apart. ctest's entry `vectors.cctv` unpacks the
// kit; without it the tests fail.
#include <algorithm>

#include <gtest/gtest.h>

#include "common/base/encoding.h"
#include "crypto/core/hash.h"
#include "crypto/sealed/age/armor.h"
#include "crypto/sealed/age/detached.h"
#include "crypto/sealed/age/file.h"
#include "crypto/sealed/age/hybrid.h"
#include "crypto/sealed/age/parallel.h"
#include "tests/crypto/sealed/age/kit.h"
#include "tests/crypto/sealed/age/memory_file.h"
#include "tests/crypto/sealed/age/ml_kem_or_skip.h"
#include "tests/crypto/seeded_random.h"

namespace valv::sealed {
namespace {

enum class Family { kClassic, kHybrid };

class CctvTest : public testing::TestWithParam<Family> {
protected:
    void SetUp() override {
        if (GetParam() == Family::kHybrid && !test::ml_kem_or_skip()) {
            return;
        }
        std::vector<kit::Vector> all = kit::read_all();
        ASSERT_EQ(all.size(), kit::kVectors);
        for (kit::Vector& vector : all) {
            if (vector.needs_hybrid() == (GetParam() == Family::kHybrid)) {
                vectors_.push_back(std::move(vector));
            }
        }
        ASSERT_EQ(vectors_.size(),
                  GetParam() == Family::kHybrid ? kit::kHybridVectors : kit::kClassicVectors);
    }
    [[nodiscard]] std::size_t successes() const {
        return static_cast<std::size_t>(std::ranges::count_if(
            vectors_,
            [](const kit::Vector& vector) { return vector.field("expect") == "success"; }));
    }
    std::vector<kit::Vector> vectors_;
};

std::string hash_of(const Bytes& octets) {
    return to_hex(crypto::sha256(octets));
}

TEST_P(CctvTest, TheStreamingReaderGivesTheOutcomeAndReleasesExactlyThePayload) {
    for (const kit::Vector& vector : vectors_) {
        for (const std::size_t step :
             {std::size_t{1'000}, kBodyChunkBytes, std::size_t{100'000'000}}) {
            const kit::Outcome outcome = kit::read_streaming(vector, step);
            EXPECT_EQ(outcome.expect, vector.field("expect")) << vector.name << " by " << step;
            EXPECT_EQ(hash_of(outcome.released), vector.payload()) << vector.name << " by " << step;
        }
    }
}

// These know the size before they begin, so of a damaged file they may release less than a reader
// from front to back.
void expect_the_outcome_and_a_prefix(const kit::Vector& vector, const kit::Outcome& outcome) {
    EXPECT_EQ(outcome.expect, vector.field("expect")) << vector.name;
    if (outcome.expect == "success") {
        EXPECT_EQ(hash_of(outcome.released), vector.payload()) << vector.name;
    }
    const Bytes linear = kit::read_streaming(vector, vector.file.size() + 1).released;
    ASSERT_LE(outcome.released.size(), linear.size()) << vector.name;
    EXPECT_TRUE(
        std::ranges::equal(outcome.released, ByteView(linear).first(outcome.released.size())))
        << vector.name;
}

TEST_P(CctvTest, TheParallelReaderGivesTheOutcomeAndReleasesAPrefix) {
    for (const kit::Vector& vector : vectors_) {
        expect_the_outcome_and_a_prefix(vector, kit::read_parallel(vector));
    }
}

TEST_P(CctvTest, TheRandomReaderGivesTheOutcomeAndReleasesAPrefix) {
    for (const kit::Vector& vector : vectors_) {
        expect_the_outcome_and_a_prefix(vector, kit::read_randomly(vector));
    }
}

TEST_P(CctvTest, WholeFilesOpenAllOrNothing) {
    for (const kit::Vector& vector : vectors_) {
        const kit::Outcome outcome = kit::read_whole(vector);
        EXPECT_EQ(outcome.expect, vector.field("expect")) << vector.name;
        EXPECT_EQ(outcome.released.empty() || outcome.expect == "success", true) << vector.name;
    }
}

TEST_P(CctvTest, EveryHeaderThatParsesIsEncodedToTheSameOctets) {
    std::size_t encoded = 0;
    for (const kit::Vector& vector : vectors_) {
        const std::string expect = vector.field("expect");
        if (expect == "header failure" || expect == "armor failure") {
            continue;
        }
        const Bytes file = kit::without_armor(vector);
        const ByteView header = split_file(file).header;
        EXPECT_EQ(encode_age_header(parse_age_header(header)), to_bytes(header)) << vector.name;
        ++encoded;
    }
    EXPECT_GE(encoded, successes());
}

TEST_P(CctvTest, EverySuccessIsSealedToTheSameOctetsByEveryWriter) {
    std::size_t sealed = 0;
    for (const kit::Vector& vector : vectors_) {
        if (vector.field("expect") != "success") {
            continue;
        }
        const FileKey file_key = FileKey::from(from_hex(vector.field("file key")));
        const Bytes file = kit::without_armor(vector);
        const SplitFile parts = split_file(file);
        const crypto::SecretBytes plaintext = open_body(parts.body, file_key);
        const Bytes nonce = to_bytes(parts.body.first(kBodyNonceBytes));
        test::ScriptedRandom streaming(nonce);
        EXPECT_EQ(seal_body(plaintext.reveal(), file_key, streaming), to_bytes(parts.body))
            << vector.name;
        test::ScriptedRandom parallel(nonce);
        test::MemoryWriter body;
        constexpr unsigned kThreads = 2;
        seal_body_parallel(test::MemoryReader(plaintext.reveal()), file_key, parallel, body,
                           kThreads);
        EXPECT_EQ(body.front(), to_bytes(parts.body)) << vector.name;
        EXPECT_TRUE(DetachedHeader(parts.header).is_of(file_key)) << vector.name;
        ++sealed;
    }
    EXPECT_EQ(sealed, successes());
    EXPECT_GT(sealed, 0U);
}

TEST_P(CctvTest, ArmorIsWrittenAsItWasRead) {
    for (const kit::Vector& vector : vectors_) {
        if (!vector.is_armored() || vector.field("expect") != "success") {
            continue;
        }
        const Bytes file = kit::without_armor(vector);
        Bytes text;
        ArmorWriter writer([&](ByteView part) { append(text, part); });
        writer.push(file);
        writer.finish();
        kit::Vector again = vector;
        again.file = text;
        EXPECT_EQ(kit::without_armor(again), file) << vector.name;
        if (vector.name == "armor" || vector.name == "armor_hybrid") {  // no leniency in these
            EXPECT_EQ(text, vector.file) << vector.name;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Families, CctvTest, testing::Values(Family::kClassic, Family::kHybrid),
                         [](const testing::TestParamInfo<Family>& tested) {
                             return tested.param == Family::kHybrid ? "Hybrid" : "Classic";
                         });

}  // namespace
}  // namespace valv::sealed
