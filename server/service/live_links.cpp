#include "server/service/live_links.h"

#include "server/service/log_events.h"

namespace valv::service {

void LiveLinks::revoke_all(store::Tx& tx) const {
    for (const store::LinkRow& row : tx.links().list(vault_, case_id_)) {
        if (row.not_after > now_ && tx.links().revoke(vault_, case_id_, row.link, now_)) {
            const Event event = link_revoked_event(case_id_, row.link, now_);
            tx.log().append(vault_, log_entry(event, nonce_of(row.link)));
            tx.raise_time(now_);
        }
    }
}

Bytes LiveLinks::nonce_of(const LinkId& link) const {
    return to_bytes(crypto::hmac_sha256(seed_, {link.bytes()}));
}

}  // namespace valv::service
