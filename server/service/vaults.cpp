#include "server/service/vaults.h"

#include "common/base/encoding.h"
#include "common/protocol/wire_error.h"
#include "crypto/core/signed_note.h"
#include "server/service/log_events.h"
#include "server/service/notes.h"

namespace valv::service {
namespace {

using store::Tx;
using store::TxKind;

constexpr std::size_t kTokenBytes = 16;
constexpr std::size_t kPinBytes = 32;

// What the token's secret part hashes to; nothing for what cannot be a token.
std::optional<crypto::Hash> find_token_hash(std::string_view token) {
    try {
        const Bytes octets = from_base64url(token);
        if (octets.size() != kTokenBytes + kPinBytes) {
            return std::nullopt;
        }
        return crypto::sha256(ByteView(octets).first(kTokenBytes));
    } catch (const Error&) {
        return std::nullopt;  // expected: a mistyped token is refused as an unknown one is
    }
}

[[noreturn]] void refuse_token() {
    throw Error(ErrorCode::kForbidden, "vaults: the token is unknown, used or too old", "/token");
}

std::vector<store::DeviceRow> device_rows(const crypto::Directory& directory) {
    std::vector<store::DeviceRow> rows;
    for (const crypto::DeviceLine& line : directory.devices) {
        rows.push_back({.vault = directory.vault,
                        .device = line.device,
                        .person = line.person,
                        .role = std::string(to_string(line.role)),
                        .signing_key = to_bytes(line.signing_key),
                        .tls_key_sha256 = line.tls_key,
                        .is_active = line.status == crypto::DeviceStatus::kActive});
    }
    return rows;
}

struct CheckedDirectory {
    crypto::Directory directory;
    DeviceId signer;
    crypto::Hash note_sha256{};
};

// Signed by a device that the note itself lists; whether that device may is decided against the
// note before.
CheckedDirectory check_directory(const VaultId& vault, const protocol::Put& put) {
    return refuse_tampered("/note", [&]() -> CheckedDirectory {
        const ByteView octets = as_bytes(put.note);
        const DeviceId signer = crypto::claimed_signer(octets);
        const crypto::Directory claimed = crypto::decode_directory(crypto::parse_note(octets).text);
        const crypto::DeviceLine* const line = claimed.find_device(signer);
        if (line == nullptr || claimed.vault != vault) {
            throw Error(ErrorCode::kMalformed,
                        "directory: signed by a device that it does not list, or another vault's");
        }
        crypto::Directory verified =
            crypto::verify_directory_note(octets, signer, line->signing_key);
        if (verified.object != crypto::sha256(put.object)) {
            throw Error(ErrorCode::kMalformed, "directory: the object has another hash");
        }
        return {.directory = std::move(verified),
                .signer = signer,
                .note_sha256 = crypto::sha256(octets)};
    });
}

// The founder's right: the vault waits for its first note, and the caller's own key signs and is
// listed.
void check_first_right(Tx& tx, const CheckedDirectory& checked, const TlsKey& caller) {
    const std::optional<store::VaultRow> vault = tx.vaults().find(checked.directory.vault);
    const crypto::DeviceLine* const line = checked.directory.find_active(checked.signer);
    if (!vault || !caller || line == nullptr || line->tls_key != *caller) {
        throw Error(ErrorCode::kForbidden, "directory: not the founder");
    }
    if (checked.directory.number != 1) {
        refuse_conflict(0);
    }
    if (!equal(checked.directory.log_key, vault->log_key)) {
        throw Error(ErrorCode::kInvalidArgument, "directory: names another log key", "/note");
    }
    refuse_tampered("/note", [&] {
        crypto::check_first(checked.directory, checked.signer);
        return 0;
    });
}

void check_next_right(Tx& tx, const CheckedDirectory& checked, const store::NoteHead& head,
                      const TlsKey& caller) {
    const store::DeviceRow admin = require_admin(tx, checked.directory.vault, caller);
    if (checked.directory.number != head.number + 1 ||
        checked.directory.previous != head.note_sha256) {
        refuse_conflict(head.number);
    }
    if (admin.device != checked.signer) {
        throw Error(ErrorCode::kForbidden, "directory: signed by another device than the caller's");
    }
    const KnownDirectory before = newest_directory(tx, checked.directory.vault);
    refuse_tampered("/note", [&] {
        crypto::check_succession(before.directory, before.note_sha256, checked.directory,
                                 checked.signer);
        return 0;
    });
}

void keep(Tx& tx, const CheckedDirectory& checked, const std::optional<store::NoteHead>& head,
          const protocol::Put& put) {
    const crypto::Directory& directory = checked.directory;
    const std::optional<crypto::Hash> previous =
        head ? std::optional(head->note_sha256) : std::nullopt;
    const store::NoteRow row{.head = {.epoch = 0,
                                      .number = directory.number,
                                      .note_sha256 = checked.note_sha256,
                                      .directory_number = directory.number - 1},
                             .note = put.note,
                             .object = {.salt = {}, .octets = put.object}};
    if (!tx.notes().put_if(directory_chain(directory.vault), previous, row)) {
        refuse_conflict(head ? head->number : 0);
    }
    if (!tx.vaults().replace_devices(directory.vault, device_rows(directory))) {
        throw Error(ErrorCode::kInvalidArgument, "directory: a key stands in another vault",
                    "/note");
    }
}

}  // namespace

void Vaults::collect_tokens() {
    for (const PendingToken& token : environment_.tokens.list()) {
        environment_.store.transact(TxKind::kWrite, [&](Tx& tx) {
            tx.vaults().insert_token(token.sha256, token.expires_at);
        });
        environment_.tokens.remove(token.sha256);
    }
}

std::string Vaults::create(const protocol::CreateVault& request, const TlsKey& caller,
                           const Once& once) {
    if (!caller) {
        throw Error(ErrorCode::kForbidden, "vaults: no certificate");
    }
    const std::optional<crypto::Hash> token = find_token_hash(request.token);
    if (!token) {
        refuse_token();
    }
    collect_tokens();
    const Instant now = environment_.time.now();
    const crypto::SecretBytes seed =
        crypto::SecretBytes::random(limits::kSecretBytes, environment_.random);
    // The key is made only for who holds a token, and is durable before the row that names it.
    require_token(*token, request.vault, now);
    const crypto::SigningKey key = environment_.log_keys.make(request.vault, seed.clone());
    const Bytes log_key = to_bytes(key.public_key());
    return environment_.store.transact(TxKind::kWrite, [&](Tx& tx) {
        return run_once(tx, once, now, [&](Tx& inner) {
            if (!inner.vaults().claim_token(
                    *token, {.vault = request.vault, .log_key = log_key, .created_at = now}, now)) {
                refuse_token();
            }
            return encode(protocol::VaultCreated{.log_key = log_key});
        });
    });
}

void Vaults::require_token(const crypto::Hash& token, const VaultId& vault, Instant now) {
    const bool is_usable = environment_.store.transact(
        TxKind::kRead, [&](Tx& tx) { return tx.vaults().is_token_usable(token, vault, now); });
    if (!is_usable) {
        refuse_token();
    }
}

protocol::Head Vaults::put_directory(const VaultId& vault, const protocol::Put& put,
                                     const TlsKey& caller) {
    // Whoever may not write learns nothing from how a note is refused.
    environment_.store.transact(TxKind::kRead, [&](Tx& tx) {
        const bool has_directory = tx.notes().find_head(directory_chain(vault)).has_value();
        if (has_directory) {
            (void)require_admin(tx, vault, caller);
        } else if (!caller || !tx.vaults().find(vault)) {
            throw Error(ErrorCode::kForbidden, "directory: not the founder");
        }
    });
    const CheckedDirectory checked = check_directory(vault, put);
    const Instant now = environment_.time.now();
    const Bytes nonce = draw_log_nonce(environment_.random);
    const Event event = note_event({.kind = "directory",
                                    .case_id = "-",
                                    .object = vault.text(),
                                    .number = checked.directory.number,
                                    .note_sha256 = checked.note_sha256},
                                   now);
    const store::LogEntry entry = log_entry(event, nonce);
    return environment_.store.transact(TxKind::kWrite, [&](Tx& tx) -> protocol::Head {
        const std::optional<store::NoteHead> head = tx.notes().find_head(directory_chain(vault));
        if (head && head->number == checked.directory.number &&
            head->note_sha256 == checked.note_sha256) {
            return {.head = head->number};  // the same note again: the reply was lost on its way
        }
        if (head) {
            check_next_right(tx, checked, *head, caller);
        } else {
            check_first_right(tx, checked, caller);
        }
        keep(tx, checked, head, put);
        tx.vaults().finish_tokens_of(vault);
        tx.log().append(vault, entry);
        tx.raise_time(now);
        return {.head = checked.directory.number};
    });
}

protocol::Head Vaults::directory_head(const VaultId& vault, const TlsKey& caller) {
    return environment_.store.transact(TxKind::kRead, [&](Tx& tx) -> protocol::Head {
        (void)require_device(tx, vault, caller);
        const std::optional<store::NoteHead> head = tx.notes().find_head(directory_chain(vault));
        return {.head = head ? head->number : 0};
    });
}

protocol::Put Vaults::directory(const VaultId& vault, std::uint32_t number, const TlsKey& caller) {
    return environment_.store.transact(TxKind::kRead, [&](Tx& tx) -> protocol::Put {
        (void)require_device(tx, vault, caller);
        std::optional<store::NoteRow> row = tx.notes().find(directory_chain(vault), number);
        if (!row) {
            throw Error(ErrorCode::kNotFound, "directory: no such note");
        }
        return {.note = std::move(row->note), .object = std::move(row->object.octets)};
    });
}

}  // namespace valv::service
