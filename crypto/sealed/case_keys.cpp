#include "crypto/sealed/case_keys.h"

#include <algorithm>

#include "crypto/core/kdf.h"

namespace valv::sealed {

using crypto::expand_label;

CaseKeys::CaseKeys(const CaseId& case_id, std::uint32_t epoch, const CaseKey& key)
    : case_id_(case_id),
      epoch_(epoch),
      prk_(crypto::hkdf_extract(as_bytes("resvalv/v1/case"), key.reveal())) {}

X25519Identity CaseKeys::case_identity() const {
    return X25519Identity::from_secret(expand_label(prk_.reveal(), "resvalv/v1/case/identity",
                                                    concat({case_id_.bytes(), be32(epoch_)}),
                                                    kX25519Bytes));
}

X25519Identity CaseKeys::reply_identity(const LinkId& link) const {
    return X25519Identity::from_secret(
        expand_label(prk_.reveal(), "resvalv/v1/case/reply", link.bytes(), kX25519Bytes));
}

crypto::Hash CaseKeys::next_keyring_mac(std::uint32_t epoch, std::uint32_t number,
                                        const CaseKey& key,
                                        const std::vector<DeviceId>& devices) const {
    const crypto::SecretBytes mac_key =
        expand_label(prk_.reveal(), "resvalv/v1/case/next",
                     concat({case_id_.bytes(), be32(epoch), be32(number)}), crypto::kHashBytes);
    return crypto::hmac_sha256(mac_key.reveal(),
                               {crypto::sha256(key.reveal()), device_list_hash(devices)});
}

crypto::Hash device_list_hash(const std::vector<DeviceId>& devices) {
    std::vector<DeviceId> ascending = devices;
    std::ranges::sort(ascending);
    crypto::Sha256 sha;
    for (const DeviceId& device : ascending) {
        sha.update(device.bytes());
    }
    return sha.finish();
}

}  // namespace valv::sealed
