#include "tests/fuzz/edited_body.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <vector>

#include "crypto/sealed/aead.h"
#include "crypto/sealed/age/file.h"
#include "crypto/sealed/age/stream.h"
#include "tests/crypto/seeded_random.h"

namespace valv::fuzz {
namespace {

constexpr std::size_t kChunk = sealed::kPlainChunkBytes;
constexpr std::size_t kMaxChunks = 16;
constexpr std::array<std::size_t, 8> kPlainSizes{0,      1,          40,         kChunk - 1,
                                                 kChunk, kChunk + 1, 2 * kChunk, 8 * kChunk + 1};
// Chosen by one octet only, because it takes ten times as long: more than the parallel reader's
// batch of 8 chunks.
constexpr std::size_t kLongest = kPlainSizes.size() - 1;
constexpr std::uint8_t kLongestChoice = 0xff;

std::size_t size_choice(std::uint8_t octet) {
    return octet == kLongestChoice ? kLongest : octet % kLongest;
}

struct World {
    sealed::FileKey file_key = sealed::FileKey::from(Bytes(sealed::FileKey::kBytes, 7));
    Bytes nonce = Bytes(sealed::kBodyNonceBytes, 9);
    Bytes plaintext = Bytes(kMaxChunks * kChunk);
    std::vector<Bytes> bodies;

    World() {
        for (std::size_t at = 0; at < plaintext.size(); ++at) {
            plaintext[at] = static_cast<std::uint8_t>(at * 31 + (at >> 8U) + (at >> 16U));
        }
        for (const std::size_t size : kPlainSizes) {
            test::ScriptedRandom random(nonce);
            bodies.push_back(sealed::seal_body(ByteView(plaintext).first(size), file_key, random));
        }
    }
};
const World& world() {
    static const World kWorld;
    return kWorld;
}

// Each edit is 4 octets.
constexpr std::size_t kEditBytes = 4;
enum class Kind : std::uint8_t { kChange, kCut, kInsert, kErase, kRepeat, kDrop, kSeal };
constexpr unsigned kKinds = 7;

class BodyEditor {
public:
    explicit BodyEditor(Bytes body) : body_(std::move(body)) {}
    [[nodiscard]] Bytes take() { return std::move(body_); }

    void apply(ByteView edit) {
        chunk_ = edit[1] % kMaxChunks;
        distance_ = static_cast<std::int8_t>(edit[2]);
        value_ = edit[3];
        switch (static_cast<Kind>(edit[0] % kKinds)) {
            case Kind::kChange:
                return change();
            case Kind::kCut:
                return body_.resize(place());
            case Kind::kInsert:
                body_.insert(iterator(place()), value_, value_);
                return;
            case Kind::kErase:
                body_.erase(iterator(place()), iterator(place() + value_));
                return;
            case Kind::kRepeat:
                return append(body_, to_bytes(chunk()));
            case Kind::kDrop:
                body_.erase(iterator(start()), iterator(start() + chunk().size()));
                return;
            case Kind::kSeal:
                return append(body_, sealed_chunk());
        }
    }

private:
    [[nodiscard]] std::size_t start() const {
        return std::min(sealed::kBodyNonceBytes + chunk_ * sealed::kBodyChunkBytes, body_.size());
    }
    [[nodiscard]] ByteView chunk() const {
        const ByteView rest = ByteView(body_).subspan(start());
        return rest.first(std::min(sealed::kBodyChunkBytes, rest.size()));
    }
    [[nodiscard]] std::size_t place() const {
        const auto size = static_cast<std::ptrdiff_t>(body_.size());
        const std::ptrdiff_t place = static_cast<std::ptrdiff_t>(start()) + distance_;
        return static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(place, 0, size));
    }
    [[nodiscard]] Bytes::const_iterator iterator(std::size_t at) const {
        return body_.begin() + static_cast<std::ptrdiff_t>(std::min(at, body_.size()));
    }

    void change() {
        if (place() < body_.size()) {
            body_[place()] ^= value_;
        }
    }
    // Under this chunk's index, empty, short or full, inner or last: ChunkCipher would refuse some.
    [[nodiscard]] Bytes sealed_chunk() const {
        const std::array<std::size_t, 4> sizes{0, static_cast<std::size_t>(std::abs(distance_)),
                                               kChunk, kChunk};
        const ByteView plain =
            ByteView(world().plaintext).subspan(chunk_ * kChunk, sizes[value_ / 2U % sizes.size()]);
        sealed::AeadNonce nonce{};
        nonce[10] = static_cast<std::uint8_t>(chunk_);
        nonce[11] = value_ % 2U;
        Bytes sealed(plain.size() + sealed::kAeadTagBytes);
        sealed::Aead(sealed::payload_key(world().file_key, world().nonce).reveal())
            .seal(nonce, plain, sealed);
        return sealed;
    }

    Bytes body_;
    std::size_t chunk_ = 0;
    int distance_ = 0;
    std::uint8_t value_ = 0;
};

}  // namespace

const sealed::FileKey& body_file_key() {
    return world().file_key;
}

const Bytes& body_plaintext() {
    return world().plaintext;
}

Bytes edited_body(ByteView input) {
    if (input.empty()) {
        return {};
    }
    BodyEditor editor(world().bodies[size_choice(input.front())]);
    constexpr std::size_t kMaxEdits = 12;
    input = input.subspan(1);
    for (std::size_t count = 0; count < kMaxEdits && input.size() >= kEditBytes; ++count) {
        editor.apply(input.first(kEditBytes));
        input = input.subspan(kEditBytes);
    }
    return editor.take();
}

}  // namespace valv::fuzz
