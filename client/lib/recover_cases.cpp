#include "client/lib/recover_cases.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "client/lib/cases.h"
#include "client/lib/errors.h"
#include "client/lib/keyring_chain.h"
#include "crypto/sealed/age/x25519.h"
#include "crypto/sealed/keyring.h"

namespace valv::client {
namespace {

using protocol::RouteName;

std::vector<protocol::CaseHeads> list_all(Vault& vault) {
    const Call call = call_to(RouteName::kListRecoverable, {vault.id_text()});
    return about({.object = "recovery"},
                 [&] { return protocol::decode_cases(ask(vault.transport(), call).text()); });
}

// One case whose keyrings are read as an admin, because no device of ours is a member.
class LockedCase {
public:
    LockedCase(Vault& vault, const protocol::CaseHeads& heads,
               const sealed::X25519Identity& recovery)
        : vault_(vault), heads_(heads), recovery_(recovery) {}

    // The keyring chain, each note verified and following the one before. Returns the newest.
    const VerifiedNote& read_chain() {
        while (notes_.size() < heads_.keyring) {
            take(fetch(static_cast<std::uint32_t>(notes_.size() + 1)));
        }
        return notes_.back();
    }
    // Nothing when the newest keyring is not wrapped to this recovery key.
    [[nodiscard]] std::optional<sealed::Keyring> open_newest() const {
        const crypto::Hash recipient = crypto::sha256(as_bytes(recovery_.recipient().text()));
        if (notes_.back().note.recovery != recipient) {
            return std::nullopt;
        }
        const Subject what = subject(notes_.back().note.number);
        return about(what, [&] {
            try {
                sealed::Keyring opened = sealed::open_keyring(notes_.back().object, {&recovery_});
                check(opened);
                return std::optional(std::move(opened));
            } catch (const Error& error) {
                if (error.code() == ErrorCode::kTampered) {
                    throw;
                }
                throw Tampered(tamper::kHeader, error.what(), what);
            }
        });
    }
    // epoch + 1 for the members that are still active, and for this device.
    void put_next(const sealed::Keyring& opened) {
        sealed::Keyring next = opened.clone();
        next.number += 1;
        next.epoch += 1;
        add_key(next, vault_.environment().random);
        const std::vector<DeviceId> devices = next_devices();
        next.succession = opened.newest_keys().next_keyring_mac(
            next.epoch, next.number, *next.find_key(next.epoch), devices);
        Call call =
            call_to(RouteName::kPutRecoveredKeyring, {vault_.id_text(), heads_.case_id.text()});
        const NotedObject noted = seal_noted_keyring(vault_, next, devices, &notes_.back());
        call.json = protocol::encode(put_of(noted));
        ask(vault_.transport(), call);
        vault_.note_own_write(
            note_write("keyring", crypto::sha256(as_bytes(noted.note)), heads_.case_id));
    }

private:
    [[nodiscard]] Subject subject(std::uint32_t number) const {
        return {.object = "keyring " + std::to_string(number), .case_id = heads_.case_id};
    }
    // The path of a keyring needs its epoch; an epoch is that of the keyring before, or the next.
    VerifiedNote fetch(std::uint32_t number) {
        const Subject what = subject(number);
        const std::uint32_t first = notes_.empty() ? 1 : notes_.back().note.epoch;
        for (std::uint32_t epoch = first; epoch <= first + 1 && epoch <= heads_.epoch; ++epoch) {
            Response response =
                vault_.transport().call(call_to(RouteName::kGetRecoverableKeyring,
                                                {vault_.id_text(), heads_.case_id.text(),
                                                 std::to_string(epoch), std::to_string(number)}));
            if (response.status == 404) {
                continue;
            }
            protocol::Put put = about(
                what, [&] { return protocol::decode_put(expect(std::move(response)).text()); });
            return verified(put, number);
        }
        throw Tampered(tamper::kMissing, "the server does not deliver it", what);
    }
    VerifiedNote verified(protocol::Put& put, std::uint32_t number) {
        const Subject what = subject(number);
        VerifiedNote note = vault_.verify_note(put.note, std::move(put.object), what);
        if (note.note.kind != crypto::NoteKind::kKeyring || note.note.case_id != heads_.case_id ||
            note.note.number != number) {
            throw Tampered(tamper::kContext, "of another case or number", what);
        }
        return note;
    }
    void take(VerifiedNote note) {
        const Subject what = subject(note.note.number);
        if (!notes_.empty()) {
            check_keyring_order(notes_.back(), note, vault_.directory_at(note.note.directory, what),
                                what);
        } else if (!note.note.lists(note.signer) || note.note.epoch != 1) {
            throw Tampered(tamper::kSigner, "the first one does not list its maker", what);
        }
        notes_.push_back(std::move(note));
    }
    void check(const sealed::Keyring& opened) const {
        const VerifiedNote& newest = notes_.back();
        const sealed::NotedKeyring after{
            .keyring = opened, .note = newest.note, .signer = newest.signer};
        if (notes_.size() == 1) {
            sealed::check_first_keyring(after);
            return;
        }
        const VerifiedNote& before = notes_[notes_.size() - 2];
        const sealed::Keyring held = keyring_before(opened, before.note);
        sealed::check_keyring_succession(
            {.keyring = held, .note = before.note, .signer = before.signer}, before.hash, after,
            vault_.directory_at(newest.note.directory, subject(newest.note.number)));
    }
    [[nodiscard]] std::vector<DeviceId> next_devices() const {
        std::vector<DeviceId> devices;
        for (const DeviceId& device : notes_.back().note.devices) {
            if (vault_.directory().find_active(device) != nullptr) {
                devices.push_back(device);
            }
        }
        devices.push_back(vault_.profile().device());
        std::ranges::sort(devices);
        return devices;
    }

    Vault& vault_;
    protocol::CaseHeads heads_;
    const sealed::X25519Identity& recovery_;  // the caller's
    std::vector<VerifiedNote> notes_;         // keyring notes 1…n
};

RecoveredCase recover_case(Vault& vault, const protocol::CaseHeads& heads,
                           const sealed::X25519Identity& recovery) {
    LockedCase locked(vault, heads, recovery);
    (void)locked.read_chain();
    const std::optional<sealed::Keyring> opened = locked.open_newest();
    if (!opened) {
        return {.id = heads.case_id, .reference = {}, .is_recovered = false};
    }
    locked.put_next(*opened);
    Case ours = Cases(vault).open(heads.case_id);  // verified once more, as any member does
    const RecordState moved = ours.update_record([](casework::Record record) { return record; });
    return {.id = heads.case_id, .reference = moved.record.facts.reference, .is_recovered = true};
}

}  // namespace

std::vector<RecoveredCase> recover_cases(Vault& vault,
                                         std::span<const sealed::RecoveryShare> shares) {
    if (vault.own_line().role != crypto::Role::kAdmin) {
        throw Error(ErrorCode::kForbidden, "recovery: only an admin");
    }
    const auto recovery =
        sealed::X25519Identity::from_secret(sealed::combine_recovery_shares(shares));
    if (!vault.has_named_recovery(crypto::sha256(as_bytes(recovery.recipient().text())),
                                  vault.directory().number)) {
        throw Error(ErrorCode::kNotFound, "recovery: shares of another vault");
    }
    std::vector<CaseId> ours;
    for (const CaseSummary& summary : Cases(vault).list()) {
        ours.push_back(summary.id);
    }
    std::vector<RecoveredCase> recovered;
    for (const protocol::CaseHeads& heads : list_all(vault)) {
        if (std::ranges::find(ours, heads.case_id) == ours.end()) {
            recovered.push_back(recover_case(vault, heads, recovery));
        }
    }
    return recovered;
}

}  // namespace valv::client
