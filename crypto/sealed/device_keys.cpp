#include "crypto/sealed/device_keys.h"

#include "common/base/encoding.h"
#include "common/base/error.h"
#include "crypto/core/text_lines.h"
#include "crypto/core/x509.h"
#include "crypto/sealed/age/file.h"
#include "crypto/sealed/secret_text.h"

namespace valv::sealed {
namespace {

using crypto::SecretBuilder;
using crypto::SecretBytes;

constexpr std::string_view kFirstLine = "# resvalv device 1";

void append_encoded_line(SecretBuilder& text, std::string_view key, ByteView octets) {
    text.append(key);
    text.append(" ");
    append_base64url(text, octets);
    text.append("\n");
}

}  // namespace

DeviceKeys DeviceKeys::random(const VaultId& vault, RandomSource& random) {
    DeviceKeys keys{.vault = vault,
                    .identity = X25519Identity::random(random),
                    .signing_key = crypto::SigningKey::random(random),
                    .tls_key_pem = crypto::make_p256_key(random),
                    .tls_certificate_pem = {}};
    keys.tls_certificate_pem =
        crypto::make_device_certificate(keys.tls_key_pem, keys.id().text(), random);
    return keys;
}

DevicePublicKeys DeviceKeys::public_keys() const {
    return {.recipient = identity.recipient().point(),
            .signing_key = signing_key.public_key(),
            .tls_key = crypto::spki_hash_of_key_pem(tls_key_pem)};
}

SecretBytes encode_device_keys(const DeviceKeys& keys) {
    SecretBuilder text;
    text.append(kFirstLine);
    text.append("\n");
    append_secret_line(text, "# vault", keys.vault.text());
    append_secret_line(text, "# device", keys.id().text());
    append_encoded_line(text, "# signing-seed", keys.signing_key.seed().reveal());
    append_encoded_line(text, "# tls-key", keys.tls_key_pem.reveal());
    append_encoded_line(text, "# tls-certificate", as_bytes(keys.tls_certificate_pem));
    text.append(keys.identity.text().reveal());
    text.append("\n");
    return text.take();
}

DeviceKeys decode_device_keys(ByteView plaintext) {
    crypto::TextLines lines(as_text(plaintext), "device");
    if (lines.line() != kFirstLine) {
        lines.complain("not the keys of a device");
    }
    const VaultId vault = VaultId::parse(lines.value("# vault"));
    const DeviceId device = DeviceId::parse(lines.value("# device"));
    crypto::SigningKey signing_key =
        crypto::SigningKey::from_seed(secret_from_base64url(lines.value("# signing-seed")));
    SecretBytes tls_key = secret_from_base64url(lines.value("# tls-key"));
    const Bytes certificate = from_base64url(lines.value("# tls-certificate"));
    DeviceKeys keys{.vault = vault,
                    .identity = X25519Identity::parse(as_bytes(lines.line())),
                    .signing_key = std::move(signing_key),
                    .tls_key_pem = std::move(tls_key),
                    .tls_certificate_pem = std::string(as_text(certificate))};
    lines.expect_end();
    if (keys.id() != device || crypto::spki_hash_of_certificate_pem(keys.tls_certificate_pem) !=
                                   keys.public_keys().tls_key) {
        lines.complain("the id or the certificate is not of these keys");
    }
    return keys;
}

Bytes seal_device_keys(const DeviceKeys& keys, SecretBytes passphrase, WorkFactor work,
                       RandomSource& random) {
    const PassphraseRecipient recipient(std::move(passphrase), work);
    return seal(encode_device_keys(keys).reveal(), {&recipient}, random);
}

DeviceKeys open_device_keys(ByteView file, SecretBytes passphrase) {
    const PassphraseIdentity identity(std::move(passphrase));
    return decode_device_keys(open(file, {&identity}).reveal());
}

}  // namespace valv::sealed
