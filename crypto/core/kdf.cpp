#include "crypto/core/kdf.h"

#include <algorithm>
#include <array>

#include <openssl/crypto.h>

#include "common/base/error.h"
#include "crypto/core/hash.h"

namespace valv::crypto {

SecretBytes hkdf_extract(ByteView salt, ByteView ikm) {
    Hash prk = hmac_sha256(salt, {ikm});
    SecretBytes secret = SecretBytes::from(prk);
    ::OPENSSL_cleanse(prk.data(), prk.size());
    return secret;
}

SecretBytes hkdf_expand(ByteView prk, ByteView info, std::size_t size) {
    constexpr std::size_t kMaxBlocks = 255;
    VALV_CHECK(size <= kMaxBlocks * kHashBytes);
    SecretBytes out(size);
    Hmac hmac(prk);
    Hash block{};
    std::size_t block_size = 0;  // T(0) is empty
    std::size_t done = 0;
    for (std::uint8_t counter = 1; done < size; ++counter) {
        const std::array<std::uint8_t, 1> number{counter};
        block = hmac({ByteView(block).first(block_size), info, number});
        block_size = block.size();
        const std::size_t taken = std::min(block.size(), size - done);
        std::ranges::copy(ByteView(block).first(taken),
                          out.reveal_for_writing().begin() + static_cast<std::ptrdiff_t>(done));
        done += taken;
    }
    ::OPENSSL_cleanse(block.data(), block.size());
    return out;
}

SecretBytes expand_label(ByteView prk, std::string_view label, ByteView context, std::size_t size) {
    constexpr std::array<std::uint8_t, 1> kSeparator{};
    return hkdf_expand(prk, concat({as_bytes(label), kSeparator, context}), size);
}

}  // namespace valv::crypto
