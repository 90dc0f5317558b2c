// Every fuzz target over every file of its corpus, and over mutations of them, so that a machine
// without libFuzzer fuzzes a little too. A target that finds something aborts.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "common/base/bytes.h"
#include "tests/crypto/sealed/age/kit.h"
#include "tests/crypto/seeded_random.h"

namespace valv::fuzz {

// LLVMFuzzerTestOneInput of each target, renamed by CMakeLists.txt.
extern "C" {
int fuzz_armor(const std::uint8_t* data, std::size_t size);
int fuzz_bech32(const std::uint8_t* data, std::size_t size);
int fuzz_contents(const std::uint8_t* data, std::size_t size);
int fuzz_encoding(const std::uint8_t* data, std::size_t size);
int fuzz_header(const std::uint8_t* data, std::size_t size);
int fuzz_hybrid(const std::uint8_t* data, std::size_t size);
int fuzz_identity(const std::uint8_t* data, std::size_t size);
int fuzz_messages(const std::uint8_t* data, std::size_t size);
int fuzz_notes(const std::uint8_t* data, std::size_t size);
int fuzz_passphrase(const std::uint8_t* data, std::size_t size);
int fuzz_stream(const std::uint8_t* data, std::size_t size);
int fuzz_x25519(const std::uint8_t* data, std::size_t size);
}

namespace {

struct Target {
    const char* name;
    int (*run)(const std::uint8_t* data, std::size_t size);
    int mutations;  // as many as take a fraction of a second
};

Bytes contents(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    return to_bytes(as_bytes(text));
}

// By name: a folder's order is the file system's.
std::vector<Bytes> corpus_of(const std::string& target) {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator("tests/fuzz/corpus/" + target)) {
        paths.push_back(entry.path());
    }
    std::ranges::sort(paths);
    std::vector<Bytes> corpus;
    std::ranges::transform(paths, std::back_inserter(corpus), contents);
    return corpus;
}

class Mutator {
public:
    explicit Mutator(std::string_view seed) : random_(seed) {}

    // One of the corpus with one to four changes.
    [[nodiscard]] Bytes next(const std::vector<Bytes>& corpus) {
        Bytes input = corpus[below(corpus.size())];
        for (std::size_t count = 1 + below(4); count > 0; --count) {
            change(input, corpus[below(corpus.size())]);
        }
        return input;
    }

private:
    enum class Change { kFlipBit, kReplace, kInsert, kErase, kSplice };
    static constexpr std::size_t kChanges = 5;

    std::size_t below(std::size_t bound) {
        std::array<std::uint8_t, 4> octets{};
        random_.fill(octets);
        return from_be32(octets) % bound;
    }
    void change(Bytes& input, const Bytes& other) {
        const std::size_t at = below(input.size() + 1);
        const auto place = input.begin() + static_cast<std::ptrdiff_t>(at);
        const auto what = static_cast<Change>(below(kChanges));
        const auto octet = static_cast<std::uint8_t>(below(256));
        if (what == Change::kInsert) {
            input.insert(place, octet);
        } else if (what == Change::kSplice) {
            input.resize(at);
            append(input, ByteView(other).subspan(std::min(at, other.size())));
        } else if (at == input.size()) {
            return;
        } else if (what == Change::kFlipBit) {
            input[at] ^= static_cast<std::uint8_t>(1U << octet % 8U);
        } else if (what == Change::kReplace) {
            input[at] = octet;
        } else {
            const std::size_t erased = std::min<std::size_t>(1 + octet % 8U, input.size() - at);
            input.erase(place, place + static_cast<std::ptrdiff_t>(erased));
        }
    }

    test::SeededRandom random_;
};

class CorpusTest : public testing::TestWithParam<Target> {};

TEST_P(CorpusTest, EveryFileKeepsTheProperty) {
    const std::vector<Bytes> corpus = corpus_of(GetParam().name);
    ASSERT_FALSE(corpus.empty());
    for (const Bytes& input : corpus) {
        EXPECT_EQ(GetParam().run(input.data(), input.size()), 0);
    }
}

TEST_P(CorpusTest, MutationsKeepTheProperty) {
    const std::vector<Bytes> corpus = corpus_of(GetParam().name);
    ASSERT_FALSE(corpus.empty());
    Mutator mutator(GetParam().name);
    for (int count = 0; count < GetParam().mutations; ++count) {
        const Bytes input = mutator.next(corpus);
        EXPECT_EQ(GetParam().run(input.data(), input.size()), 0);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Targets, CorpusTest,
    testing::Values(Target{"armor", fuzz_armor, 3000}, Target{"bech32", fuzz_bech32, 3000},
                    Target{"contents", fuzz_contents, 300}, Target{"encoding", fuzz_encoding, 3000},
                    Target{"header", fuzz_header, 3000}, Target{"hybrid", fuzz_hybrid, 3000},
                    Target{"identity", fuzz_identity, 2000},
                    Target{"messages", fuzz_messages, 3000}, Target{"notes", fuzz_notes, 3000},
                    Target{"passphrase", fuzz_passphrase, 3000},
                    Target{"stream", fuzz_stream, 1000}, Target{"x25519", fuzz_x25519, 3000}),
    [](const testing::TestParamInfo<Target>& tested) { return std::string(tested.param.name); });

// ctest's entry `vectors.corpus` unpacks the age test kit first: its files, armored ones and
// others, are inputs too.
TEST(CorpusCctvTest, EveryVectorKeepsTheProperties) {
    for (const sealed::kit::Vector& vector : sealed::kit::read_all()) {
        EXPECT_EQ(fuzz_header(vector.file.data(), vector.file.size()), 0) << vector.name;
        if (vector.is_armored()) {
            EXPECT_EQ(fuzz_armor(vector.file.data(), vector.file.size()), 0) << vector.name;
        }
    }
}

}  // namespace
}  // namespace valv::fuzz
