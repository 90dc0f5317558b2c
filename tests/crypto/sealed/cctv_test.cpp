// The age test kit (C2SP/CCTV, npm cctv-age 0.2.0), unpacked by tests/vectors/unpack_cctv.mjs into
// $VALV_CCTV_DIR: all vectors that need neither armor nor a hybrid key. ctest's `vectors` entries
// set the variable and unpack; without it the tests skip, with it a missing vector fails.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>

#include <gtest/gtest.h>

#include "common/base/encoding.h"
#include "crypto/core/hash.h"
#include "crypto/sealed/age_file.h"
#include "crypto/sealed/age_stream.h"
#include "tests/crypto/seeded_random.h"

namespace valv::sealed {
namespace {

struct Vector {
    std::string name;
    std::multimap<std::string, std::string> fields;
    Bytes file;

    [[nodiscard]] std::string field(const std::string& key) const {
        const auto found = fields.find(key);
        return found == fields.end() ? std::string() : found->second;
    }
    [[nodiscard]] bool needs_more() const {
        const auto [begin, end] = fields.equal_range("identity");
        return fields.contains("armored") || std::any_of(begin, end, [](const auto& field) {
                   return field.second.starts_with("AGE-SECRET-KEY-PQ-");
               });
    }
};

Vector read_vector(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::string all(std::filesystem::file_size(path), '\0');
    in.read(all.data(), static_cast<std::streamsize>(all.size()));
    Vector vector{.name = path.filename().string(), .fields = {}, .file = {}};
    std::size_t at = 0;
    while (all.at(at) != '\n') {
        const std::size_t end = all.find('\n', at);
        const std::size_t colon = all.find(": ", at);
        vector.fields.emplace(all.substr(at, colon - at), all.substr(colon + 2, end - colon - 2));
        at = end + 1;
    }
    vector.file = to_bytes(as_bytes(std::string_view(all).substr(at + 1)));
    return vector;
}

// What our reader makes of a file, as the kit tells it: its class of failure, and the SHA-256 of
// everything released.
struct Outcome {
    std::string expect;
    std::string payload;
};

struct OwnedIdentities {
    std::vector<std::unique_ptr<AgeIdentity>> owners;
    AgeIdentities views;
    template <typename Identity>
    void add(Identity identity) {
        owners.push_back(std::make_unique<Identity>(std::move(identity)));
        views.push_back(owners.back().get());
    }
};

OwnedIdentities identities_of(const Vector& vector) {
    OwnedIdentities identities;
    for (const auto& [key, value] : vector.fields) {
        if (key == "identity") {
            identities.add(X25519Identity::parse(as_bytes(value)));
        } else if (key == "passphrase") {
            identities.add(PassphraseIdentity(crypto::SecretBytes::from(as_bytes(value))));
        }
    }
    return identities;
}

std::string kit_name(AgeFailure failure) {
    switch (failure) {
        case AgeFailure::kHeader:
            return "header failure";
        case AgeFailure::kHmac:
            return "HMAC failure";
        case AgeFailure::kNoMatch:
            return "no match";
        case AgeFailure::kPayload:
            return "payload failure";
    }
    return {};
}

void read_file(const Vector& vector, std::size_t step, Bytes& released) {
    const std::optional<std::size_t> header_size = find_age_header_end(vector.file);
    if (!header_size) {
        fail(AgeFailure::kHeader, "no end");
    }
    const OwnedIdentities identities = identities_of(vector);
    const std::optional<FileKey> file_key =
        unwrap_file_key(ByteView(vector.file).first(*header_size), identities.views);
    if (!file_key) {
        fail(AgeFailure::kNoMatch, "no identity opens it");
    }
    BodyOpener opener(*file_key, [&released](ByteView part) { append(released, part); });
    for (std::size_t at = *header_size; at < vector.file.size(); at += step) {
        opener.push(ByteView(vector.file).subspan(at, std::min(step, vector.file.size() - at)));
    }
    opener.finish();
}

Outcome outcome_of(const Vector& vector, std::size_t step) {
    Bytes released;
    std::string expect = "success";
    try {
        read_file(vector, step, released);
    } catch (const Error& error) {
        const std::optional<AgeFailure> failure = age_failure(error);
        expect = failure ? kit_name(*failure) : std::string("another error: ") + error.what();
    }
    return {.expect = expect, .payload = to_hex(crypto::sha256(released))};
}

class CctvTest : public testing::Test {
protected:
    void SetUp() override {
        const char* const folder =
            std::getenv("VALV_CCTV_DIR");  // NOLINT(concurrency-mt-unsafe): one thread
        ASSERT_NE(folder, nullptr)
            << "VALV_CCTV_DIR is not set: run ctest -R vectors, which unpacks the kit";
        ASSERT_TRUE(std::filesystem::is_directory(folder))
            << folder << ": run tests/vectors/unpack_cctv.mjs";
        std::size_t all = 0;
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            ++all;
            Vector vector = read_vector(entry.path());
            if (!vector.needs_more()) {
                vectors_.push_back(std::move(vector));
            }
        }
        ASSERT_EQ(all, kAllVectors);
        ASSERT_EQ(vectors_.size(), kOurVectors);
    }

    static constexpr std::size_t kAllVectors = 143;
    static constexpr std::size_t kOurVectors = 92;  // without 33 armored and 18 hybrid ones
    std::vector<Vector> vectors_;
};

TEST_F(CctvTest, EveryVectorHasItsOutcomeAndReleasesExactlyItsPayload) {
    const std::string nothing = to_hex(crypto::sha256(ByteView{}));
    for (const Vector& vector : vectors_) {
        for (const std::size_t step :
             {std::size_t{1'000}, kBodyChunkBytes, std::size_t{100'000'000}}) {
            const Outcome outcome = outcome_of(vector, step);
            EXPECT_EQ(outcome.expect, vector.field("expect")) << vector.name;
            const std::string payload = vector.field("payload");
            EXPECT_EQ(outcome.payload, payload.empty() ? nothing : payload)
                << vector.name << " by " << step;
        }
    }
}

TEST_F(CctvTest, WholeFilesOpenAllOrNothing) {
    for (const Vector& vector : vectors_) {
        const OwnedIdentities identities = identities_of(vector);
        const std::string expect = vector.field("expect");
        try {
            const crypto::SecretBytes plaintext = open(vector.file, identities.views);
            EXPECT_EQ(expect, "success") << vector.name;
            EXPECT_EQ(to_hex(crypto::sha256(plaintext.reveal())), vector.field("payload"))
                << vector.name;
        } catch (const Error& error) {
            EXPECT_EQ(kit_name(age_failure(error).value()), expect) << vector.name;
        }
    }
}

TEST_F(CctvTest, EveryHeaderThatParsesIsEncodedToTheSameOctets) {
    for (const Vector& vector : vectors_) {
        if (vector.field("expect") == "header failure") {
            continue;
        }
        const ByteView header =
            ByteView(vector.file).first(find_age_header_end(vector.file).value());
        EXPECT_EQ(encode_age_header(parse_age_header(header)), to_bytes(header)) << vector.name;
    }
}

TEST_F(CctvTest, EverySuccessIsSealedToTheSameOctets) {
    std::size_t sealed = 0;
    for (const Vector& vector : vectors_) {
        if (vector.field("expect") != "success") {
            continue;
        }
        const FileKey file_key = FileKey::from(from_hex(vector.field("file key")));
        const std::size_t header_size = find_age_header_end(vector.file).value();
        const ByteView body = ByteView(vector.file).subspan(header_size);
        test::ScriptedRandom nonce(to_bytes(body.first(kBodyNonceBytes)));
        EXPECT_EQ(seal_body(open_body(body, file_key).reveal(), file_key, nonce), to_bytes(body))
            << vector.name;
        const AgeHeader header = parse_age_header(ByteView(vector.file).first(header_size));
        EXPECT_EQ(age_header_mac(header.stanzas, file_key), header.mac) << vector.name;
        ++sealed;
    }
    EXPECT_EQ(sealed, 15U);
}

}  // namespace
}  // namespace valv::sealed
