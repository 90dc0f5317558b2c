// The keyring chain of a case (docs/formats.md section 5), read.
#include <algorithm>
#include <utility>

#include "client/lib/cases.h"
#include "client/lib/errors.h"
#include "client/lib/keyring_chain.h"
#include "crypto/local/files.h"
#include "crypto/sealed/age/file.h"

namespace valv::client {
namespace {

using protocol::RouteName;

constexpr std::size_t kMaxKeyringBytes = limits::kMaxJsonBytes;

}  // namespace

Case::Case(Vault& vault, const CaseId& id) : vault_(vault), id_(id) {
    sync();
}

std::filesystem::path Case::keyring_file(std::uint32_t number, std::string_view ending) const {
    return vault_.profile().cache() / "cases" / id_.text() /
           ("keyring-" + std::to_string(number) + std::string(ending));
}

VerifiedNote Case::verify_keyring(std::string_view note, Bytes object, std::uint32_t number) {
    const Subject what = subject("keyring " + std::to_string(number));
    VerifiedNote verified = vault_.verify_note(note, std::move(object), what);
    if (verified.note.kind != crypto::NoteKind::kKeyring || verified.note.case_id != id_ ||
        verified.note.number != number) {
        throw Tampered(tamper::kContext, "of another case or number", what);
    }
    const std::optional<crypto::Hash>& recovery = verified.note.recovery;
    if (recovery && !vault_.has_named_recovery(*recovery, verified.note.directory.number)) {
        throw Tampered(tamper::kContext, "wrapped to a recovery recipient that nobody named", what);
    }
    return verified;
}

// The path of a keyring needs its epoch; an epoch is that of the keyring before, or the next.
VerifiedNote Case::fetch_keyring(std::uint32_t number) {
    const Subject what = subject("keyring " + std::to_string(number));
    const std::uint32_t first = notes_.empty() ? 1 : newest().note.epoch;
    for (std::uint32_t epoch = first; epoch <= first + 1 && epoch <= heads_.epoch; ++epoch) {
        const Call call =
            call_to(RouteName::kGetKeyring,
                    {vault_.id_text(), id_.text(), std::to_string(epoch), std::to_string(number)});
        Response response = vault_.transport().call(call);
        if (response.status == 404) {
            continue;
        }
        protocol::Put put =
            about(what, [&] { return protocol::decode_put(expect(std::move(response)).text()); });
        VerifiedNote verified = verify_keyring(put.note, std::move(put.object), number);
        if (verified.note.epoch != epoch) {
            throw Tampered(tamper::kContext, "of another epoch", what, std::to_string(epoch),
                           std::to_string(verified.note.epoch));
        }
        return verified;
    }
    throw Tampered(tamper::kMissing, "the server does not deliver it", what);
}

VerifiedNote Case::keyring_note(std::uint32_t number) {
    std::optional<Bytes> note =
        local::read_file_if(keyring_file(number, ".note"), limits::kMaxNoteBytes);
    std::optional<Bytes> object =
        local::read_file_if(keyring_file(number, ".age"), kMaxKeyringBytes);
    if (note && object) {
        try {
            return verify_keyring(as_text(*note), std::move(*object), number);
        } catch (const Tampered&) {  // a damaged copy: the server has it
            local::remove_file(keyring_file(number, ".note"));
        }
    }
    return fetch_keyring(number);
}

void Case::open_keyring(const VerifiedNote& note) {
    const Subject what = subject("keyring " + std::to_string(note.note.number));
    if (!note.note.lists(vault_.profile().device())) {
        keyring_.reset();
        if (!notes_.empty()) {
            check_keyring_order(notes_.back(), note, vault_.directory_at(note.note.directory, what),
                                what);
        } else if (!note.note.lists(note.signer) || note.note.epoch != 1) {
            throw Tampered(tamper::kSigner, "the first one does not list its maker", what);
        }
        return;
    }
    sealed::Keyring opened = about(what, [&] {
        try {
            return sealed::open_keyring(note.object, {&vault_.profile().keys().identity});
        } catch (const Error& error) {
            throw Tampered(tamper::kHeader, error.what(), what);
        }
    });
    about(what, [&] {
        const sealed::NotedKeyring after{
            .keyring = opened, .note = note.note, .signer = note.signer};
        if (notes_.empty()) {
            sealed::check_first_keyring(after);
            return;
        }
        const VerifiedNote& last = notes_.back();
        const sealed::Keyring before =
            keyring_ ? keyring_->clone() : keyring_before(opened, last.note);
        sealed::check_keyring_succession(
            {.keyring = before, .note = last.note, .signer = last.signer}, last.hash, after,
            vault_.directory_at(note.note.directory, what));
    });
    keyring_ = std::move(opened);
}

void Case::keep_keyring(const VerifiedNote& note) const {
    const std::uint32_t number = note.note.number;
    if (std::filesystem::exists(keyring_file(number, ".note"))) {
        return;
    }
    local::make_private_folder(keyring_file(number, "").parent_path());
    local::replace_file(keyring_file(number, ".age"), note.object);
    local::replace_file(keyring_file(number, ".note"), as_bytes(note.text));
}

void Case::take_keyring(VerifiedNote note) {
    check_keyring_pin(note);
    open_keyring(note);
    notes_.push_back(std::move(note));
}

// Up to the newest; kept only when all of them hold: one that goes another way than the pinned one
// would be in the way of the right one for ever.
void Case::read_keyrings() {
    const auto before = static_cast<std::ptrdiff_t>(notes_.size());
    std::optional<sealed::Keyring> opened;
    if (keyring_) {
        opened = keyring_->clone();
    }
    try {
        while (notes_.size() < heads_.keyring) {
            take_keyring(keyring_note(static_cast<std::uint32_t>(notes_.size() + 1)));
        }
    } catch (...) {  // what was verified before stays as it was
        notes_.erase(notes_.begin() + before, notes_.end());
        keyring_ = std::move(opened);
        throw;
    }
    std::for_each(notes_.begin() + before, notes_.end(), [&](const VerifiedNote& note) {
        keep_keyring(note);
        if (note.note.number > pinned_keyring()) {
            vault_.meet_beyond_pins(note.signer, note.hash);
        }
    });
}

std::uint32_t Case::pinned_keyring() const {
    const auto& cases = vault_.profile().pins().cases;
    const auto pinned = cases.find(id_);
    return pinned != cases.end() && pinned->second.keyring ? pinned->second.keyring->head.number
                                                           : 0;
}

void Case::check_keyring_pin(const VerifiedNote& note) const {
    const auto& cases = vault_.profile().pins().cases;
    const auto pinned = cases.find(id_);
    if (pinned == cases.end() || !pinned->second.keyring) {
        return;
    }
    const crypto::NoteHead& head = pinned->second.keyring->head;
    if (note.note.number == head.number && note.hash != head.hash) {
        throw Tampered(tamper::kForked, "not the keyring seen before",
                       subject("keyring " + std::to_string(head.number)));
    }
}

void Case::sync() {
    const Subject what = subject("case");
    heads_ = about(what, [&] {
        const Call call = call_to(RouteName::kGetCase, {vault_.id_text(), id_.text()});
        return protocol::decode_case_heads(ask(vault_.transport(), call).text());
    });
    const std::uint32_t known = std::max(pinned_keyring(), 1U);
    if (heads_.case_id != id_ || heads_.keyring < std::max<std::size_t>(known, notes_.size())) {
        throw Tampered(heads_.case_id != id_ ? tamper::kContext : tamper::kRolledBack,
                       "the keyring is older than the one seen before", subject("keyring"),
                       std::to_string(known), std::to_string(heads_.keyring));
    }
    read_keyrings();
    if (!keyring_) {
        throw Error(ErrorCode::kNotFound, "case: this device is not a member");
    }
    if (heads_.epoch != newest().note.epoch) {
        throw Tampered(tamper::kContext, "the case claims another epoch than its keyring", what);
    }
    vault_.profile().update_pins([&](Pins& pins) {
        pins.pin_keyring(id_, {.epoch = newest().note.epoch, .head = newest().head()});
    });
}

// The newest keyring of the epoch: within an epoch members are only added.
bool Case::was_member(const DeviceId& device, std::uint32_t of_epoch) const {
    const auto last = std::find_if(notes_.rbegin(), notes_.rend(), [&](const VerifiedNote& note) {
        return note.note.epoch == of_epoch;
    });
    return last != notes_.rend() && last->note.lists(device);
}

std::vector<DeviceId> Case::inactive_members() const {
    std::vector<DeviceId> inactive;
    std::ranges::copy_if(members(), std::back_inserter(inactive), [&](const DeviceId& device) {
        return vault_.directory().find_active(device) == nullptr;
    });
    return inactive;
}

bool Case::needs_new_keys() const {
    return !inactive_members().empty() || !newest().note.lists(newest().signer);
}

}  // namespace valv::client
