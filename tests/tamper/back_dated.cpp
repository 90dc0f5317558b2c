// A removed member and the server together, in the one place that is left to them.
#include "crypto/sealed/age/file.h"
#include "tests/tamper/scenario.h"

namespace valv::client::test {
namespace {

using protocol::CaseHeads;
using protocol::Put;

crypto::ObjectNote note_of(const Put& put) {
    return crypto::decode_object_note(put.note.substr(0, put.note.find("\n\n") + 1));
}

// The last record that was written with the keys which the removed member has.
std::uint32_t last_of_first_epoch(Stage& stage) {
    std::uint32_t number = stage.heads().record;
    while (note_of(stage.fetch_put(stage.record_call(number))).epoch > 1) {
        --number;
    }
    return number;
}

// What it would have written before it was removed: keys, directory and log of that time.
Put record_of_then(Stage& stage, std::uint32_t number) {
    const Put before = stage.fetch_put(stage.record_call(number - 1));
    Case opened = stage.founder->open(stage.case_id);
    const casework::Record record = opened.read_record().record;
    const auto identity = opened.keyring().case_keys(1).case_identity();
    const Bytes object = sealed::seal(as_bytes(casework::encode_record(record)),
                                      {&identity.recipient()}, stage.world.random);
    crypto::ObjectNote note = note_of(before);
    note.number = number;
    note.previous = crypto::sha256(as_bytes(before.note));
    note.object = crypto::sha256(object);
    note.directory = stage.leaver->vault.head().head();
    note.checkpoint = stage.leaver->vault.log_head();
    const sealed::DeviceKeys& keys = stage.leaver->profile.keys();
    return {
        .note = std::string(as_text(crypto::sign_object_note(note, keys.id(), keys.signing_key))),
        .object = object};
}

}  // namespace

Scenario back_dated_record(Stage& stage) {
    const std::uint32_t number = last_of_first_epoch(stage) + 1;
    CaseHeads heads = stage.heads();
    --heads.keyring;  // the one that its removal made
    heads.record = number;
    return {.cheat = both(answer_at(stage.case_call(stage.case_id).path, protocol::encode(heads)),
                          put_at(stage.record_call(number).path, record_of_then(stage, number))),
            .unseen = Unseen::kRecordAndKeyring};
}

}  // namespace valv::client::test
