// The record chain of a case, read and written.
#include <chrono>
#include <utility>

#include "client/lib/cases.h"
#include "client/lib/errors.h"
#include "client/lib/paper_keys.h"
#include "crypto/sealed/age/file.h"

namespace valv::client {
namespace {

using protocol::RouteName;

constexpr int kMaxRaces = 16;
// A colleague's clock may be ahead of ours: what was right there is read here.
constexpr std::chrono::hours kClockSlack{24};

constexpr CaseChain kRecordChain{
    .kind = crypto::NoteKind::kRecord, .route = RouteName::kGetRecord, .name = "record"};

std::string note_name(const CaseChain& chain, std::uint32_t number) {
    return std::string(chain.name) + " " + std::to_string(number);
}
std::string record_name(std::uint32_t number) {
    return note_name(kRecordChain, number);
}

void check_follows(const VerifiedNote& before, const VerifiedNote& next, const Subject& subject) {
    if (next.note.previous != before.hash || next.note.epoch < before.note.epoch ||
        next.note.directory.number < before.note.directory.number) {
        throw Tampered(tamper::kChain, "does not follow the one before", subject);
    }
}

}  // namespace

// The newest record head that is known for sure: pinned, or told by the keyring to who was added.
std::optional<crypto::NoteHead> Case::known_record() const {
    const auto& cases = vault_.profile().pins().cases;
    const auto pinned = cases.find(id_);
    const std::optional<crypto::NoteHead> pin =
        pinned == cases.end() ? std::nullopt : pinned->second.record;
    const std::optional<crypto::NoteHead>& told = keyring_->record;
    if (pin && told && pin->number == told->number && pin->hash != told->hash) {
        throw Tampered(tamper::kForked, "the keyring names another one than the one seen here",
                       subject(record_name(pin->number)));
    }
    if (!pin || (told && told->number > pin->number)) {
        return told;
    }
    return pin;
}

VerifiedNote Case::fetch_note(const CaseChain& chain, std::uint32_t number) {
    const Subject what = subject(note_name(chain, number));
    const Call call = call_to(chain.route, {vault_.id_text(), id_.text(), std::to_string(number)});
    protocol::Put put = must_be_there(
        what, [&] { return protocol::decode_put(ask(vault_.transport(), call).text()); });
    VerifiedNote verified = vault_.verify_note(put.note, std::move(put.object), what);
    const crypto::ObjectNote& note = verified.note;
    if (note.kind != chain.kind || note.case_id != id_ || note.number != number) {
        throw Tampered(tamper::kContext, "of another case or number", what);
    }
    if (note.epoch > epoch()) {
        sync();  // a member rotated meanwhile
    }
    if (!was_member(verified.signer, note.epoch)) {
        throw Tampered(tamper::kSigner, "signed by a device that was no member", what, {},
                       verified.signer.text());
    }
    if (chain.kind == kRecordChain.kind) {
        check_not_back_dated(verified);
    }
    return verified;
}

// The newest keyring names the record that its maker saw, and the directory. Who was revoked in
// that directory wrote nothing later than that record, however far back its note claims to stand.
// Who recovers a case cannot see its records, and names an older one.
void Case::check_not_back_dated(const VerifiedNote& record) {
    const std::optional<crypto::NoteHead>& told = keyring_->record;
    const bool is_from_a_member =
        notes_.size() > 1 && notes_[notes_.size() - 2].note.lists(newest().signer);
    if (!told || !is_from_a_member || record.note.number <= told->number) {
        return;
    }
    const Subject what = subject(record_name(record.note.number));
    if (vault_.directory_at(newest().note.directory, what).find_active(record.signer) == nullptr) {
        throw Tampered(tamper::kSigner, "signed by a device that was no longer active", what, {},
                       record.signer.text());
    }
}

VerifiedNote Case::read_chain(const CaseChain& chain, const std::optional<crypto::NoteHead>& known,
                              std::uint32_t head) {
    if (head == 0 || (known && head < known->number)) {
        throw Tampered(tamper::kRolledBack, "older than the one seen before",
                       subject(std::string(chain.name)), std::to_string(known ? known->number : 1),
                       std::to_string(head));
    }
    // The known one is read again: it shows what the next may not fall behind.
    std::uint32_t number = known ? known->number : 1;
    VerifiedNote note = fetch_note(chain, number);
    if (known && note.hash != known->hash) {
        throw Tampered(tamper::kForked, "not the one seen before",
                       subject(note_name(chain, number)));
    }
    if (!known) {
        vault_.meet_beyond_pins(note.signer, note.hash);
    }
    while (number < head) {
        VerifiedNote next = fetch_note(chain, ++number);
        check_follows(note, next, subject(note_name(chain, number)));
        vault_.meet_beyond_pins(next.signer, next.hash);
        note = std::move(next);
    }
    return note;
}

VerifiedNote Case::fetch_record_after(const VerifiedNote& before) {
    VerifiedNote next = fetch_note(kRecordChain, before.note.number + 1);
    check_follows(before, next, subject(record_name(next.note.number)));
    return next;
}

VerifiedNote Case::read_record_chain() {
    VerifiedNote note = read_chain(kRecordChain, known_record(), heads_.record);
    vault_.profile().update_pins([&](Pins& pins) { pins.pin_record(id_, note.head()); });
    return note;
}

RecordState Case::open_record(const VerifiedNote& note) const {
    const Subject what = subject(record_name(note.note.number));
    const sealed::X25519Identity identity = keyring_->case_keys(note.note.epoch).case_identity();
    crypto::SecretBytes plain;
    try {
        plain = sealed::open(note.object, {&identity});
    } catch (const Error& error) {
        throw Tampered(tamper::kHeader, error.what(), what);
    }
    const Environment& environment = vault_.environment();
    casework::DecodedRecord decoded = casework::decode_record(
        as_text(plain.reveal()), environment.places, environment.clock.now() + kClockSlack);
    if (!decoded.record) {
        const std::string why = decoded.refusals.empty() ? "" : decoded.refusals.front().code;
        throw Tampered(tamper::kProtocol, "not a record: " + why, what);
    }
    return {.record = std::move(*decoded.record),
            .read_only_newer_format = decoded.read_only_newer_format,
            .head = note.head(),
            .signer = note.signer};
}

RecordState Case::read_record() {
    sync();
    return open_record(read_record_chain());
}

RecordState Case::read_record(std::uint32_t number) {
    sync();
    const VerifiedNote newest = read_record_chain();
    if (number == 0 || number > newest.note.number) {
        throw Error(ErrorCode::kNotFound, "record: no such number");
    }
    const VerifiedNote wanted = fetch_note(kRecordChain, number);
    VerifiedNote note = wanted;
    while (note.note.number < newest.note.number) {
        note = fetch_record_after(note);
    }
    if (note.hash != newest.hash) {
        throw Tampered(tamper::kForked, "does not lead to the newest",
                       subject(record_name(number)));
    }
    return open_record(wanted);
}

casework::Record Case::changed(
    const RecordState& state,
    const std::function<casework::Record(casework::Record)>& change) const {
    if (state.read_only_newer_format) {
        throw Error(ErrorCode::kClientTooOld, "record: written by a newer version", "/format");
    }
    casework::Record record = change(state.record);
    record.facts.id = id_;
    const Environment& environment = vault_.environment();
    const auto refusals =
        casework::check_record(record, environment.places, environment.clock.now());
    if (!refusals.empty()) {
        throw Error(ErrorCode::kInvalidArgument, "record: " + refusals.front().code,
                    refusals.front().path, refusals.front().code);
    }
    return record;
}

// A member rotated between our look and our write: the server refuses the old epoch as an invalid
// argument.
bool Case::was_overtaken(const Error& error) {
    if (error.code() != ErrorCode::kInvalidArgument) {
        return false;
    }
    const std::size_t known = notes_.size();
    sync();
    return notes_.size() != known;
}

// Nothing when the race was lost.
std::optional<RecordState> Case::try_put_record(const VerifiedNote& before,
                                                casework::Record record) {
    const std::string json = casework::encode_record(record);
    const sealed::X25519Identity identity = keyring_->newest_keys().case_identity();
    const Bytes object =
        sealed::seal(as_bytes(json), {&identity.recipient()}, vault_.environment().random);
    crypto::ObjectNote note = vault_.new_note(crypto::NoteKind::kRecord, id_);
    note.epoch = epoch();
    note.number = before.note.number + 1;
    note.previous = before.hash;
    note.object = crypto::sha256(object);
    const std::string text = vault_.sign(note);
    const crypto::NoteHead head{.number = note.number, .hash = crypto::sha256(as_bytes(text))};
    Call call = call_to(RouteName::kPutRecord, {vault_.id_text(), id_.text()});
    call.json = protocol::encode(protocol::Put{.note = text, .object = object});
    try {
        ask(vault_.transport(), call);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::kConflict || was_overtaken(error)) {
            return std::nullopt;
        }
        if (error.code() != ErrorCode::kNetwork) {
            throw;
        }
        sync();  // did it arrive?
        if (read_record_chain().head() != head) {
            throw;
        }
    }
    vault_.profile().update_pins([&](Pins& pins) { pins.pin_record(id_, head); });
    vault_.note_own_write(note_write("record", head.hash, id_));
    return RecordState{
        .record = std::move(record), .head = head, .signer = vault_.profile().device()};
}

// False when the case moved on meanwhile.
bool Case::try_move_papers(casework::Record& record) {
    try {
        move_papers(*this, record);
        return true;
    } catch (const Error& error) {
        if (error.code() != ErrorCode::kConflict) {
            throw;
        }
        return false;
    }
}

RecordState Case::update_record(const std::function<casework::Record(casework::Record)>& change) {
    for (int race = 0; race < kMaxRaces; ++race) {
        sync();
        rotate_if_needed();
        wrap_for_recovery_if_needed();
        const VerifiedNote before = read_record_chain();
        RecordState state = open_record(before);
        if (!state.read_only_newer_format && !try_move_papers(state.record)) {
            continue;
        }
        if (auto written = try_put_record(before, changed(state, change))) {
            return std::move(*written);
        }
    }
    throw Error(ErrorCode::kConflict, "record: lost every race");
}

}  // namespace valv::client
