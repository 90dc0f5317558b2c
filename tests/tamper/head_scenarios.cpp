// Numbers and lists by which a client finds what is newest.
#include <algorithm>

#include "crypto/sealed/age/file.h"
#include "tests/tamper/scenario.h"

namespace valv::client::test {
namespace {

using protocol::CaseHeads;
using protocol::RouteName;

Cheat directory_head(Stage& stage, std::uint32_t number) {
    return answer_at(call_to(RouteName::kGetDirectoryHead, {stage.vault_text()}).path,
                     protocol::encode(protocol::Head{.head = number}));
}

std::vector<Scenario> directory_head_scenarios(Stage& stage, Change change) {
    const std::string path = call_to(RouteName::kGetDirectoryHead, {stage.vault_text()}).path;
    const std::uint32_t newest = stage.directory_head();
    if (const ChangeResponse broken = broken_json(change)) {
        return {{.cheat = at(path, broken)}};
    }
    if (change == Change::kSwap) {  // that of the other vault
        return {{.cheat = directory_head(stage, 1)}};
    }
    if (change == Change::kDrop) {
        return {{.cheat = absent_at(path)}};
    }
    if (change == Change::kInvent) {
        return {{.cheat = directory_head(stage, newest + 1)}};
    }
    const Cheat older = directory_head(stage, newest - 1);
    if (change == Change::kDelay) {
        return {{.cheat = older, .unseen = Unseen::kDirectory}};
    }
    return {{.cheat = older}, {.cheat = older, .unseen = Unseen::kDirectory, .is_unmet = true}};
}

Cheat heads_of(Stage& stage, const CaseHeads& heads) {
    return answer_at(stage.case_call(stage.case_id).path, protocol::encode(heads));
}

std::vector<Scenario> case_head_scenarios(Stage& stage, Change change) {
    const std::string path = stage.case_call(stage.case_id).path;
    if (const ChangeResponse broken = broken_json(change)) {
        return {{.cheat = at(path, broken)}};
    }
    CaseHeads heads = stage.heads();
    if (change == Change::kSwap) {
        return {
            {.cheat = heads_of(stage, protocol::decode_case_heads(
                                          stage.fetch(stage.case_call(stage.other_case)).text()))}};
    }
    if (change == Change::kDrop) {
        return {{.cheat = absent_at(path)}};
    }
    CaseHeads keyring = heads;
    CaseHeads record = heads;
    if (change == Change::kInvent) {
        ++keyring.keyring;
        ++record.record;
        return {{.cheat = heads_of(stage, keyring)}, {.cheat = heads_of(stage, record)}};
    }
    --keyring.keyring;
    --record.record;
    const Scenario older_keyring{.cheat = heads_of(stage, keyring)};
    const Scenario older_record{.cheat = heads_of(stage, record)};
    const Scenario hidden_keyring{
        .cheat = older_keyring.cheat, .unseen = Unseen::kKeyring, .is_unmet = true};
    const Scenario hidden_record{
        .cheat = older_record.cheat, .unseen = Unseen::kRecord, .is_unmet = true};
    if (change == Change::kDelay) {
        return {{.cheat = older_keyring.cheat, .unseen = Unseen::kKeyring},
                {.cheat = older_record.cheat, .unseen = Unseen::kRecord}};
    }
    return {older_keyring, older_record, hidden_keyring, hidden_record};
}

// A case of the server's own, for this device: everything but a right to write it.
Cheat invented_case(Stage& stage, const sealed::DeviceKeys& keys) {
    const CaseHeads heads{
        .case_id = CaseId::random(stage.world.random), .epoch = 1, .keyring = 1, .record = 1};
    crypto::ObjectNote note;
    note.kind = crypto::NoteKind::kKeyring;
    note.vault = stage.founder->vault.id();
    note.case_id = heads.case_id;
    note.directory = stage.founder->vault.head().head();
    note.devices = {keys.id()};
    const Bytes object =
        sealed::seal(as_bytes("forged"), {&keys.identity.recipient()}, stage.world.random);
    note.object = crypto::sha256(object);
    const protocol::Put keyring{
        .note = std::string(as_text(crypto::sign_object_note(note, keys.id(), keys.signing_key))),
        .object = object};
    const Call list = call_to(RouteName::kListCases, {stage.vault_text()});
    const Call ring =
        call_to(RouteName::kGetKeyring, {stage.vault_text(), heads.case_id.text(), "1", "1"});
    const Cheat case_itself =
        both(answer_at(stage.case_call(heads.case_id).path, protocol::encode(heads)),
             put_at(ring.path, keyring));
    return both(case_itself, answer_at(list.path, protocol::encode_cases({heads})));
}

void change_rows(std::vector<CaseHeads>& rows, Change change) {
    if (change == Change::kSwap) {
        std::swap(rows.at(0).case_id, rows.at(1).case_id);
    } else if (change == Change::kDrop) {
        rows.pop_back();
    } else if (change == Change::kReorder) {
        std::ranges::reverse(rows);
    } else if (change == Change::kDuplicate) {
        rows.push_back(rows.front());
    } else {
        for (CaseHeads& row : rows) {
            row.record -= 1;
        }
    }
}

std::vector<Scenario> case_list_scenarios(Stage& stage, Change change) {
    const std::string path = call_to(RouteName::kListCases, {stage.vault_text()}).path;
    if (const ChangeResponse broken = broken_json(change)) {
        return {{.cheat = at(path, broken)}};
    }
    if (change == Change::kInvent) {
        const auto keys = sealed::DeviceKeys::random(stage.founder->vault.id(), stage.world.random);
        return {{.cheat = invented_case(stage, keys)}};
    }
    if (change == Change::kDelay) {
        return {{.cheat = silent_at(path)}};
    }
    return {{.cheat = at(
                 path,
                 in_json([](std::string_view json) { return protocol::decode_cases(json); },
                         [](const std::vector<CaseHeads>& rows) {
                             return protocol::encode_cases(rows);
                         },
                         [change](std::vector<CaseHeads>& rows) { change_rows(rows, change); }))}};
}

}  // namespace

std::vector<Scenario> head_scenarios(Stage& stage, Object object, Change change) {
    if (object == Object::kDirectoryHead) {
        return directory_head_scenarios(stage, change);
    }
    return object == Object::kCaseHeads ? case_head_scenarios(stage, change)
                                        : case_list_scenarios(stage, change);
}

}  // namespace valv::client::test
