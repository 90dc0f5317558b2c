#include "crypto/core/openssl.h"

#include <array>
#include <string>

#include <openssl/err.h>

#include "common/base/bytes.h"
#include "common/base/error.h"

namespace valv::crypto {

void require(bool succeeded, std::string_view operation) {
    if (succeeded) {
        return;
    }
    std::string text(operation);
    while (const unsigned long code = ::ERR_get_error()) {
        constexpr std::size_t kErrorTextBytes = 256;
        std::array<char, kErrorTextBytes> line{};
        ::ERR_error_string_n(code, line.data(), line.size());
        text.append(": ").append(line.data());
    }
    throw Error(ErrorCode::kCryptoLibrary, text);
}

void forget_errors() noexcept {
    ::ERR_clear_error();
}

OSSL_PARAM octets_parameter(const char* name, ByteView octets) {
    // OpenSSL reads only; its parameters are not const because others are written to.
    return ::OSSL_PARAM_construct_octet_string(
        name,
        const_cast<std::uint8_t*>(  // NOLINT(cppcoreguidelines-pro-type-const-cast)
            octets.data()),
        octets.size());
}

SecretBytes contents_of(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    require(size > 0 && data != nullptr, "BIO_get_mem_data");
    return SecretBytes::from(as_bytes({data, static_cast<std::size_t>(size)}));
}

const EVP_MD* sha256_algorithm() {
    // Immutable after its one thread-safe initialisation; freed never, like OpenSSL's own tables.
    static const EVP_MD* const algorithm = ::EVP_MD_fetch(nullptr, "SHA2-256", nullptr);
    require(algorithm != nullptr, "EVP_MD_fetch SHA2-256");
    return algorithm;
}

}  // namespace valv::crypto
