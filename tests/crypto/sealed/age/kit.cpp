#include "tests/crypto/sealed/age/kit.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <stdexcept>

#include "common/base/encoding.h"
#include "common/base/error.h"
#include "crypto/core/hash.h"
#include "crypto/sealed/age/armor.h"
#include "crypto/sealed/age/body_reader.h"
#include "crypto/sealed/age/detached.h"
#include "crypto/sealed/age/file.h"
#include "crypto/sealed/age/hybrid.h"
#include "crypto/sealed/age/parallel.h"
#include "crypto/sealed/age/passphrase.h"
#include "crypto/sealed/age/x25519.h"
#include "tests/crypto/sealed/age/memory_file.h"

namespace valv::sealed::kit {
namespace {

constexpr std::string_view kHybridPrefix = "AGE-SECRET-KEY-PQ-";

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

// Runs a reader and names how it ended.
Outcome outcome_of(const std::function<void(Bytes& released)>& read) {
    Outcome outcome{.expect = "success", .released = {}};
    try {
        read(outcome.released);
    } catch (const Error& error) {
        const std::optional<AgeFailure> failure = age_failure(error);
        outcome.expect =
            failure ? kit_name(*failure) : std::string("another error: ") + error.what();
    }
    return outcome;
}

// Takes a file in pieces, as a program does that reads from a pipe: header first, then the body.
class StreamingReader {
public:
    StreamingReader(const Vector& vector, ByteSink sink)
        : identities_(identities_of(vector)), sink_(std::move(sink)) {}

    void push(ByteView octets) {
        if (!opener_) {
            append(front_, octets);
            const std::optional<std::size_t> header_size = find_age_header_end(front_);
            if (!header_size) {
                return;
            }
            opener_.emplace(file_key_of(ByteView(front_).first(*header_size), identities_.views),
                            sink_);
            opener_->push(ByteView(front_).subspan(*header_size));
            return;
        }
        opener_->push(octets);
    }
    void finish() {
        if (!opener_) {
            fail(AgeFailure::kHeader, "no end");
        }
        opener_->finish();
    }

private:
    OwnedIdentities identities_;
    ByteSink sink_;
    Bytes front_;
    std::optional<BodyOpener> opener_;
};

void push_in_steps(ByteView octets, std::size_t step, const ByteSink& sink) {
    for (std::size_t at = 0; at < octets.size(); at += step) {
        sink(octets.subspan(at, std::min(step, octets.size() - at)));
    }
}

}  // namespace

std::string Vector::field(const std::string& key) const {
    const auto found = fields.find(key);
    return found == fields.end() ? std::string() : found->second;
}

bool Vector::needs_hybrid() const {
    const auto [begin, end] = fields.equal_range("identity");
    return std::any_of(begin, end,
                       [](const auto& named) { return named.second.starts_with(kHybridPrefix); });
}

std::string Vector::payload() const {
    const std::string hash = field("payload");
    return hash.empty() ? to_hex(crypto::sha256(ByteView{})) : hash;
}

std::vector<Vector> read_all() {
    const char* const folder =
        std::getenv("VALV_CCTV_DIR");  // NOLINT(concurrency-mt-unsafe): one thread
    if (folder == nullptr || !std::filesystem::is_directory(folder)) {
        throw std::runtime_error("run ctest -R vectors, which unpacks the kit into VALV_CCTV_DIR");
    }
    std::vector<Vector> vectors;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        vectors.push_back(read_vector(entry.path()));
    }
    std::ranges::sort(vectors, {}, &Vector::name);
    return vectors;
}

OwnedIdentities identities_of(const Vector& vector) {
    OwnedIdentities identities;
    for (const auto& [key, value] : vector.fields) {
        if (key == "passphrase") {
            identities.owners.push_back(
                std::make_unique<PassphraseIdentity>(crypto::SecretBytes::from(as_bytes(value))));
        } else if (key == "identity" && value.starts_with(kHybridPrefix)) {
            identities.owners.push_back(
                std::make_unique<HybridIdentity>(HybridIdentity::parse(as_bytes(value))));
        } else if (key == "identity") {
            identities.owners.push_back(
                std::make_unique<X25519Identity>(X25519Identity::parse(as_bytes(value))));
        }
    }
    for (const auto& owner : identities.owners) {
        identities.views.push_back(owner.get());
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
        case AgeFailure::kArmor:
            return "armor failure";
    }
    return {};
}

Outcome read_streaming(const Vector& vector, std::size_t step) {
    return outcome_of([&](Bytes& released) {
        StreamingReader reader(vector, [&](ByteView part) { append(released, part); });
        if (!vector.is_armored()) {
            push_in_steps(vector.file, step, [&](ByteView part) { reader.push(part); });
            return reader.finish();
        }
        ArmorReader armor([&](ByteView part) { reader.push(part); });
        push_in_steps(vector.file, step, [&](ByteView part) { armor.push(part); });
        armor.finish();
        reader.finish();
    });
}

Outcome read_parallel(const Vector& vector) {
    return outcome_of([&](Bytes& released) {
        const Bytes file = without_armor(vector);
        const SplitFile parts = split_file(file);
        const OwnedIdentities identities = identities_of(vector);
        const FileKey file_key = file_key_of(parts.header, identities.views);
        test::MemoryWriter plaintext;
        constexpr unsigned kThreads = 2;
        try {
            open_body_parallel(test::MemoryReader(parts.body), file_key, plaintext, kThreads);
        } catch (const Error&) {
            released = plaintext.front();
            throw;
        }
        released = plaintext.front();
    });
}

Outcome read_randomly(const Vector& vector) {
    return outcome_of([&](Bytes& released) {
        const Bytes file = without_armor(vector);
        const SplitFile parts = split_file(file);
        const OwnedIdentities identities = identities_of(vector);
        const FileKey file_key = file_key_of(parts.header, identities.views);
        const test::MemoryReader body(parts.body);
        BodyReader reader(body, file_key);
        constexpr std::uint64_t kStep = 1000;
        for (std::uint64_t at = 0; at < reader.size(); at += kStep) {
            Bytes part(static_cast<std::size_t>(std::min(kStep, reader.size() - at)));
            reader.read(at, part);
            append(released, part);
        }
    });
}

Outcome read_whole(const Vector& vector) {
    return outcome_of([&](Bytes& released) {
        const Bytes file = without_armor(vector);
        released = to_bytes(open(file, identities_of(vector).views).reveal());
    });
}

Bytes without_armor(const Vector& vector) {
    if (!vector.is_armored()) {
        return vector.file;
    }
    Bytes octets;
    ArmorReader armor([&](ByteView part) { append(octets, part); });
    armor.push(vector.file);
    armor.finish();
    return octets;
}

}  // namespace valv::sealed::kit
