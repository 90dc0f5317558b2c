#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "common/base/bytes.h"
#include "common/base/random.h"
#include "crypto/core/body_root.h"
#include "crypto/core/secret_bytes.h"
#include "crypto/sealed/age/error.h"
#include "crypto/sealed/file_key.h"

// The payload of an age file: nonce (16) ‖ STREAM chunks of ChaCha20-Poly1305
// (c2sp.org/age "Payload"). A *body* of ours is exactly that. Nothing here is thread-safe; several
// threads take one ChunkCipher each over the same PayloadKey.
namespace valv::sealed {

constexpr std::size_t kPlainChunkBytes = crypto::kPlainChunkBytes;
constexpr std::size_t kBodyChunkBytes = crypto::kBodyChunkBytes;
constexpr std::size_t kBodyNonceBytes = crypto::kBodyNonceBytes;

using BodyNonce = std::array<std::uint8_t, kBodyNonceBytes>;
using PayloadKey = crypto::Key<struct PayloadKeyTag, 32>;

// HKDF(file key, salt = nonce, "payload").
[[nodiscard]] PayloadKey payload_key(const FileKey& file_key, ByteView nonce);

enum class ChunkPlace { kInner, kLast };

// Single chunks by index: random access, and work split over threads. One cipher context, the key
// set once.
class ChunkCipher {
public:
    explicit ChunkCipher(const PayloadKey& key);
    ChunkCipher(ChunkCipher&&) noexcept;
    ChunkCipher& operator=(ChunkCipher&&) noexcept;
    ~ChunkCipher();

    // `out` has plaintext.size() + 16 octets (checked). The nonce is (index, place): the caller
    // seals each index once and only the true last chunk as kLast. `plaintext` may be the front of
    // `out`.
    void seal_chunk(std::uint64_t index, ChunkPlace place, ByteView plaintext,
                    std::span<std::uint8_t> out);

    // Plaintext octets written to the front of `out` (ciphertext.size() - 16, checked), or nothing
    // when the tag does not hold; then `out` is wiped. A last chunk that is empty opens only as
    // chunk 0. `ciphertext` may be the front of `out`.
    [[nodiscard]] std::optional<std::size_t> open_chunk(std::uint64_t index, ChunkPlace place,
                                                        ByteView ciphertext,
                                                        std::span<std::uint8_t> out);

private:
    struct Context;
    std::unique_ptr<Context> context_;
};

// The view is valid during the call only.
using ByteSink = std::function<void(ByteView)>;

// Plaintext in any split to a body (nonce first). Constant memory.
class BodySealer {
public:
    // Draws the nonce, which keeps the payload key unique although a file key were used twice.
    BodySealer(const FileKey& file_key, RandomSource& random, ByteSink sink);
    void push(ByteView plaintext);
    void finish();  // seals the last chunk; nothing may follow

private:
    void seal(ChunkPlace place, ByteView plaintext);
    BodyNonce nonce_;
    ChunkCipher cipher_;
    ByteSink sink_;
    crypto::SecretBytes
        held_;  // an open chunk; a full one is held until it is known not to be the last
    std::size_t held_size_ = 0;
    Bytes sealed_;
    std::uint64_t index_ = 0;
    bool is_finished_ = false;
};

// A body in any split to plaintext. Releases each chunk once it is authenticated, as age does: that
// the *end* is authentic is known only after finish(). Throws AgeFailure::kPayload and then
// releases nothing more.
class BodyOpener {
public:
    BodyOpener(const FileKey& file_key, ByteSink sink);
    void push(ByteView body);
    void finish();

private:
    enum class State { kOpen, kLastSeen, kFailed, kFinished };
    [[nodiscard]] ByteView take_nonce(ByteView body);
    void open_full_chunk(ByteView chunk);
    [[nodiscard]] bool try_release(ChunkPlace place, ByteView chunk);
    [[noreturn]] void fail_payload(const char* text);
    FileKey file_key_;
    std::optional<ChunkCipher> cipher_;  // empty until the nonce is there
    ByteSink sink_;
    Bytes held_;  // nonce, then a chunk
    crypto::SecretBytes plain_;
    std::uint64_t index_ = 0;
    State state_ = State::kOpen;
};

}  // namespace valv::sealed
