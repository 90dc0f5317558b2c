#include "crypto/sealed/age/stream.h"

#include <algorithm>

#include <openssl/crypto.h>

#include "common/base/error.h"
#include "crypto/core/kdf.h"
#include "crypto/sealed/aead.h"

namespace valv::sealed {
namespace {

// STREAM (c2sp.org/age "Payload"): 11 octets of counter, big-endian, and 01 on the last chunk. A
// u64 counter stands in octets 3…10.
AeadNonce chunk_nonce(std::uint64_t index, ChunkPlace place) {
    AeadNonce nonce{};
    constexpr std::size_t kLastCounterOctet = 10;
    for (std::size_t at = 0; at < sizeof(index); ++at) {
        nonce[kLastCounterOctet - at] = static_cast<std::uint8_t>(index >> (8 * at));
    }
    nonce.back() = place == ChunkPlace::kLast ? 1 : 0;
    return nonce;
}

}  // namespace

PayloadKey payload_key(const FileKey& file_key, ByteView nonce) {
    VALV_CHECK(nonce.size() == kBodyNonceBytes);
    const crypto::SecretBytes prk = crypto::hkdf_extract(nonce, file_key.reveal());
    return PayloadKey(crypto::hkdf_expand(prk.reveal(), as_bytes("payload"), PayloadKey::kBytes));
}

struct ChunkCipher::Context {
    Aead aead;
};

ChunkCipher::ChunkCipher(const PayloadKey& key)
    : context_(std::make_unique<Context>(Context{.aead = Aead(key.reveal())})) {}
ChunkCipher::ChunkCipher(ChunkCipher&&) noexcept = default;
ChunkCipher& ChunkCipher::operator=(ChunkCipher&&) noexcept = default;
ChunkCipher::~ChunkCipher() = default;

void ChunkCipher::seal_chunk(std::uint64_t index, ChunkPlace place, ByteView plaintext,
                             std::span<std::uint8_t> out) {
    VALV_CHECK(place == ChunkPlace::kLast ? plaintext.size() <= kPlainChunkBytes
                                          : plaintext.size() == kPlainChunkBytes);
    VALV_CHECK(!plaintext.empty() || index == 0);
    context_->aead.seal(chunk_nonce(index, place), plaintext, out);
}

std::optional<std::size_t> ChunkCipher::open_chunk(std::uint64_t index, ChunkPlace place,
                                                   ByteView ciphertext,
                                                   std::span<std::uint8_t> out) {
    if (ciphertext.size() < kAeadTagBytes || ciphertext.size() > kBodyChunkBytes) {
        return std::nullopt;
    }
    const std::size_t size = ciphertext.size() - kAeadTagBytes;
    VALV_CHECK(out.size() >= size);
    const bool is_right_size =
        place == ChunkPlace::kLast ? size > 0 || index == 0 : size == kPlainChunkBytes;
    // OpenSSL opens an empty last chunk happily; the format allows it only alone.
    if (!is_right_size ||
        !context_->aead.try_open(chunk_nonce(index, place), ciphertext, out.first(size))) {
        return std::nullopt;
    }
    return size;
}

BodySealer::BodySealer(const FileKey& file_key, RandomSource& random, ByteSink sink)
    : nonce_([&random] {
          BodyNonce nonce{};
          random.fill(nonce);
          return nonce;
      }()),
      cipher_(payload_key(file_key, nonce_)),
      sink_(std::move(sink)),
      held_(kPlainChunkBytes),
      sealed_(kBodyChunkBytes) {
    sink_(nonce_);
}

void BodySealer::seal(ChunkPlace place, ByteView plaintext) {
    const std::span<std::uint8_t> out =
        std::span(sealed_).first(plaintext.size() + crypto::kTagBytes);
    cipher_.seal_chunk(index_++, place, plaintext, out);
    sink_(out);
}

void BodySealer::push(ByteView plaintext) {
    VALV_CHECK(!is_finished_);
    while (!plaintext.empty()) {
        if (held_size_ == kPlainChunkBytes) {  // more follows, so the held chunk is not the last
            seal(ChunkPlace::kInner, held_.reveal());
            held_size_ = 0;
        }
        if (held_size_ == 0 && plaintext.size() > kPlainChunkBytes) {
            seal(ChunkPlace::kInner, plaintext.first(kPlainChunkBytes));
            plaintext = plaintext.subspan(kPlainChunkBytes);
            continue;
        }
        const std::size_t taken = std::min(plaintext.size(), kPlainChunkBytes - held_size_);
        std::ranges::copy(plaintext.first(taken),
                          held_.reveal_for_writing().subspan(held_size_).begin());
        held_size_ += taken;
        plaintext = plaintext.subspan(taken);
    }
}

void BodySealer::finish() {
    VALV_CHECK(!is_finished_);
    is_finished_ = true;
    seal(ChunkPlace::kLast, held_.reveal().first(held_size_));
}

BodyOpener::BodyOpener(const FileKey& file_key, ByteSink sink)
    : file_key_(file_key.clone()), sink_(std::move(sink)), plain_(kPlainChunkBytes) {
    held_.reserve(kBodyChunkBytes);
}

void BodyOpener::fail_payload(const char* text) {
    state_ = State::kFailed;
    fail(AgeFailure::kPayload, text);
}

ByteView BodyOpener::take_nonce(ByteView body) {
    const std::size_t taken = std::min(body.size(), kBodyNonceBytes - held_.size());
    append(held_, body.first(taken));
    if (held_.size() == kBodyNonceBytes) {
        cipher_.emplace(payload_key(file_key_, held_));
        held_.clear();
    }
    return body.subspan(taken);
}

bool BodyOpener::try_release(ChunkPlace place, ByteView chunk) {
    const std::optional<std::size_t> size =
        cipher_->open_chunk(index_, place, chunk, plain_.reveal_for_writing());
    if (!size) {
        return false;
    }
    ++index_;
    sink_(plain_.reveal().first(*size));
    return true;
}

// As age's reader: a full chunk that is not an inner one may be the last one.
void BodyOpener::open_full_chunk(ByteView chunk) {
    if (try_release(ChunkPlace::kInner, chunk)) {
        return;
    }
    if (!try_release(ChunkPlace::kLast, chunk)) {
        fail_payload("a chunk does not open");
    }
    state_ = State::kLastSeen;
}

void BodyOpener::push(ByteView body) {
    VALV_CHECK(state_ != State::kFinished);
    while (!body.empty()) {
        if (state_ != State::kOpen) {
            fail_payload("something follows the last chunk");
        }
        if (!cipher_) {
            body = take_nonce(body);
        } else if (held_.empty() && body.size() >= kBodyChunkBytes) {
            open_full_chunk(body.first(kBodyChunkBytes));
            body = body.subspan(kBodyChunkBytes);
        } else {
            const std::size_t taken = std::min(body.size(), kBodyChunkBytes - held_.size());
            append(held_, body.first(taken));
            body = body.subspan(taken);
            if (held_.size() == kBodyChunkBytes) {
                open_full_chunk(held_);
                held_.clear();
            }
        }
    }
}

void BodyOpener::finish() {
    VALV_CHECK(state_ != State::kFinished);
    if (state_ == State::kFailed) {
        fail_payload("a chunk did not open");
    }
    if (!cipher_) {
        state_ = State::kFailed;
        fail(AgeFailure::kHeader, "the payload's nonce is missing");  // the class of the test kit
    }
    if (state_ == State::kOpen && !try_release(ChunkPlace::kLast, held_)) {
        fail_payload("the last chunk is missing or does not open");
    }
    state_ = State::kFinished;
}

}  // namespace valv::sealed
