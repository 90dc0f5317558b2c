#include "client/lib/cases.h"

#include <algorithm>
#include <utility>

#include "client/lib/errors.h"
#include "client/lib/keyring_chain.h"
#include "crypto/sealed/age/file.h"

namespace valv::client {
namespace {

using protocol::RouteName;

constexpr int kMaxRaces = 16;

NotedObject first_record(Vault& vault, const sealed::Keyring& keyring,
                         const casework::Record& record) {
    const sealed::X25519Identity identity = keyring.newest_keys().case_identity();
    NotedObject noted;
    noted.object = sealed::seal(as_bytes(casework::encode_record(record)), {&identity.recipient()},
                                vault.environment().random);
    crypto::ObjectNote note = vault.new_note(crypto::NoteKind::kRecord, keyring.case_id);
    note.object = crypto::sha256(noted.object);
    noted.note = vault.sign(note);
    return noted;
}

void check_new_record(const Environment& environment, const casework::Record& record) {
    const auto refusals =
        casework::check_record(record, environment.places, environment.clock.now());
    if (!refusals.empty()) {
        throw Error(ErrorCode::kInvalidArgument, "record: " + refusals.front().code,
                    refusals.front().path, refusals.front().code);
    }
}

}  // namespace

// ---- membership ----

void Case::put_keyring(sealed::Keyring next, const std::vector<DeviceId>& devices) {
    const NotedObject noted = seal_noted_keyring(vault_, next, devices, &newest());
    Call call = call_to(RouteName::kPutKeyring, {vault_.id_text(), id_.text()});
    call.json = protocol::encode(put_of(noted));
    ask(vault_.transport(), call);
    vault_.note_own_write(note_write("keyring", crypto::sha256(as_bytes(noted.note)), id_));
}

void Case::change_keyring(
    const std::function<void(sealed::Keyring&, std::vector<DeviceId>&)>& change) {
    for (int race = 0; race < kMaxRaces; ++race) {
        const crypto::NoteHead directory = vault_.head().head();
        sync();
        sealed::Keyring next = keyring_->clone();
        std::vector<DeviceId> devices = members();
        next.number += 1;
        next.record = read_record_chain().head();
        if (vault_.head().head() != directory) {
            continue;  // the record must be the newest under the directory that the note names
        }
        change(next, devices);
        std::ranges::sort(devices);
        next.succession = keyring_->newest_keys().next_keyring_mac(
            next.epoch, next.number, *next.find_key(next.epoch), devices);
        try {
            put_keyring(std::move(next), devices);
            return;
        } catch (const Error& error) {
            if (error.code() != ErrorCode::kConflict) {
                throw;
            }
        }
    }
    throw Error(ErrorCode::kConflict, "keyring: lost every race");
}

void Case::share(const std::vector<DeviceId>& devices) {
    rotate_if_needed();
    change_keyring([&](sealed::Keyring& /*next*/, std::vector<DeviceId>& listed) {
        for (const DeviceId& device : devices) {
            if (std::ranges::find(listed, device) == listed.end()) {
                listed.push_back(device);
            }
        }
    });
    sync();
}

void Case::unshare(const std::vector<DeviceId>& devices) {
    if (std::ranges::find(devices, vault_.profile().device()) != devices.end()) {
        throw Error(ErrorCode::kInvalidArgument, "unshare: another member takes this device out",
                    "/devices");
    }
    begin_epoch(devices);
    sync();
    update_record([](casework::Record record) { return record; });  // under the new key
}

void Case::begin_epoch(const std::vector<DeviceId>& without) {
    change_keyring([&](sealed::Keyring& next, std::vector<DeviceId>& listed) {
        std::erase_if(listed, [&](const DeviceId& device) {
            return std::ranges::find(without, device) != without.end();
        });
        next.epoch += 1;
        add_key(next, vault_.environment().random);
    });
}

bool Case::leave() {
    std::vector<DeviceId> own;
    std::ranges::copy_if(members(), std::back_inserter(own), [&](const DeviceId& device) {
        const crypto::DeviceLine* const line = vault_.directory().find_device(device);
        return line != nullptr && line->person == vault_.own_line().person;
    });
    if (own.size() + inactive_members().size() >= members().size()) {
        return false;
    }
    begin_epoch(own);
    return true;
}

// The person accepted a recovery recipient that the keyring is not wrapped to yet.
void Case::wrap_for_recovery_if_needed() {
    const std::string& accepted = vault_.profile().pins().recovery;
    if (!accepted.empty() && newest().note.recovery != crypto::sha256(as_bytes(accepted))) {
        change_keyring([](sealed::Keyring& /*next*/, std::vector<DeviceId>& /*listed*/) {});
        sync();
    }
}

void Case::rotate_if_needed() {
    if (needs_new_keys()) {
        unshare(inactive_members());
        sync();
    }
}

// ---- the vault's cases ----

CaseId Cases::create(casework::Record record) {
    Environment& environment = vault_.environment();
    sealed::Keyring keyring;
    keyring.vault = vault_.id();
    keyring.case_id = CaseId::random(environment.random);
    add_key(keyring, environment.random);
    record.facts.id = keyring.case_id;
    check_new_record(environment, record);
    const NotedObject ring =
        seal_noted_keyring(vault_, keyring, {vault_.profile().device()}, nullptr);
    const NotedObject first = first_record(vault_, keyring, record);
    Call call = call_to(RouteName::kCreateCase, {vault_.id_text()});
    call.json =
        protocol::encode(protocol::CreateCase{.keyring = put_of(ring), .record = put_of(first)});
    call.key = RequestKey::random(environment.random);
    ask(vault_.transport(), call);
    vault_.profile().update_pins([&](Pins& pins) {
        pins.pin_keyring(keyring.case_id, {.epoch = 1, .head = ring.head(1)});
        pins.pin_record(keyring.case_id, first.head(1));
    });
    const CaseId& id = keyring.case_id;
    vault_.note_own_write(note_write("keyring", ring.head(1).hash, id));
    vault_.note_own_write(note_write("record", first.head(1).hash, id));
    return keyring.case_id;
}

std::vector<CaseSummary> Cases::list() {
    const Call call = call_to(RouteName::kListCases, {vault_.id_text()});
    const auto heads = about({.object = "cases"}, [&] {
        return protocol::decode_cases(ask(vault_.transport(), call).text());
    });
    std::vector<CaseSummary> summaries;
    for (const protocol::CaseHeads& row : heads) {
        if (std::ranges::find(summaries, row.case_id, &CaseSummary::id) != summaries.end()) {
            throw Tampered(tamper::kProtocol, "a case listed twice", {.object = "cases"});
        }
        summaries.push_back(
            {.id = row.case_id, .epoch = row.epoch, .keyring = row.keyring, .record = row.record});
    }
    return summaries;
}

Case Cases::open(const CaseId& id) {
    return {vault_, id};
}

}  // namespace valv::client
