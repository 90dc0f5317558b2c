// Notes and their objects: directory, keyring, record.
#include <utility>

#include "common/base/encoding.h"
#include "crypto/sealed/age/file.h"
#include "tests/tamper/scenario.h"

namespace valv::client::test {
namespace {

using protocol::Put;
using protocol::RouteName;

// One chain as the cheating server sees it.
struct Chain {
    std::uint32_t number = 0;  // of the newest note
    std::string path;
    std::string path_before;
    std::string path_next;
    Put newest;
    Put before;
    Put other;
    Put fork;
    Put invented;
    Put removed;
    Cheat one_more;  // the head is one more
    Unseen unseen = Unseen::kNothing;
};

// A device of the server's own, unknown to any directory.
struct OwnDevice {
    explicit OwnDevice(Stage& stage)
        : keys(sealed::DeviceKeys::random(stage.founder->vault.id(), stage.world.random)) {}
    sealed::DeviceKeys keys;
};

Put signed_note(const crypto::ObjectNote& note, const Bytes& object,
                const sealed::DeviceKeys& keys) {
    return {
        .note = std::string(as_text(crypto::sign_object_note(note, keys.id(), keys.signing_key))),
        .object = object};
}

crypto::ObjectNote note_in(const Put& put) {
    return crypto::decode_object_note(put.note.substr(0, put.note.find("\n\n") + 1));
}

// The newest with other contents, as whoever has no key of the case can make it.
Put forged(Stage& stage, const Put& newest, const sealed::DeviceKeys& keys) {
    crypto::ObjectNote note = note_in(newest);
    const Bytes object =
        sealed::seal(as_bytes("forged"), {&keys.identity.recipient()}, stage.world.random);
    note.object = crypto::sha256(object);
    note.directory = stage.founder->vault.head().head();
    return signed_note(note, object, keys);
}

void fill_case_chain(Stage& stage, Chain& chain, const Put& other) {
    chain.other = other;
    chain.invented = forged(stage, chain.newest, OwnDevice(stage).keys);
    chain.removed = forged(stage, chain.newest, stage.leaver->profile.keys());
}

Cheat more_heads(Stage& stage, const std::function<void(protocol::CaseHeads&)>& change) {
    return at(
        stage.case_call(stage.case_id).path,
        in_json([](std::string_view json) { return protocol::decode_case_heads(json); },
                [](const protocol::CaseHeads& heads) { return protocol::encode(heads); }, change));
}

Chain keyring_chain(Stage& stage) {
    Chain chain{.number = stage.heads().keyring, .unseen = Unseen::kKeyring};
    chain.path = stage.keyring_call(chain.number).path;
    chain.path_before = stage.keyring_call(chain.number - 1).path;
    chain.path_next = stage.keyring_call(chain.number + 1).path;
    chain.newest = stage.fetch_put(stage.keyring_call(chain.number));
    chain.before = stage.fetch_put(stage.keyring_call(chain.number - 1));
    chain.fork = stage.loot.forked_keyring;
    chain.one_more = more_heads(stage, [](protocol::CaseHeads& heads) { ++heads.keyring; });
    fill_case_chain(
        stage, chain,
        stage.fetch_put(call_to(RouteName::kGetKeyring,
                                {stage.vault_text(), stage.other_case.text(), "1", "2"})));
    return chain;
}

Chain record_chain(Stage& stage) {
    Chain chain{.number = stage.heads().record, .unseen = Unseen::kRecord};
    chain.path = stage.record_call(chain.number).path;
    chain.path_before = stage.record_call(chain.number - 1).path;
    chain.path_next = stage.record_call(chain.number + 1).path;
    chain.newest = stage.fetch_put(stage.record_call(chain.number));
    chain.before = stage.fetch_put(stage.record_call(chain.number - 1));
    chain.fork = stage.loot.forked_record;
    chain.one_more = more_heads(stage, [](protocol::CaseHeads& heads) { ++heads.record; });
    fill_case_chain(stage, chain,
                    stage.fetch_put(call_to(RouteName::kGetRecord,
                                            {stage.vault_text(), stage.other_case.text(), "1"})));
    return chain;
}

// The newest with other names, signed by `keys`.
Put forged_directory(Stage& stage, const sealed::DeviceKeys& keys) {
    crypto::Directory next = stage.founder->vault.directory();
    const Bytes object = sealed::seal(as_bytes(encode_names(stage.founder->vault.names())),
                                      {&keys.identity.recipient()}, stage.world.random);
    next.object = crypto::sha256(object);
    return {.note = std::string(as_text(crypto::sign_directory(next, keys.id(), keys.signing_key))),
            .object = object};
}

Chain directory_chain(Stage& stage) {
    Chain chain{.number = stage.directory_head(), .unseen = Unseen::kDirectory};
    chain.path = stage.directory_call(chain.number).path;
    chain.path_before = stage.directory_call(chain.number - 1).path;
    chain.path_next = stage.directory_call(chain.number + 1).path;
    chain.newest = stage.fetch_put(stage.directory_call(chain.number));
    chain.before = stage.fetch_put(stage.directory_call(chain.number - 1));
    chain.fork = stage.loot.forked_directory;
    chain.other = protocol::decode_put(
        ask(stage.elsewhere->vault.transport(),
            call_to(RouteName::kGetDirectory, {stage.elsewhere->vault.id_text(), "1"}))
            .text());
    chain.invented = forged_directory(stage, OwnDevice(stage).keys);
    chain.removed = forged_directory(stage, stage.leaver->profile.keys());
    const Call head = call_to(RouteName::kGetDirectoryHead, {stage.vault_text()});
    chain.one_more =
        answer_at(head.path, protocol::encode(protocol::Head{.head = chain.number + 1}));
    return chain;
}

Chain chain_of(Stage& stage, Object object) {
    if (object == Object::kDirectoryNote || object == Object::kNames) {
        return directory_chain(stage);
    }
    const bool is_keyring = object == Object::kKeyringNote || object == Object::kKeyring;
    return is_keyring ? keyring_chain(stage) : record_chain(stage);
}

Cheat with_note(const Chain& chain, const std::function<void(Bytes&)>& change) {
    return at(chain.path, in_put([change](Put& put) {
                  Bytes note = to_bytes(as_bytes(put.note));
                  change(note);
                  put.note = std::string(as_text(note));
              }));
}

Cheat with_object(const Chain& chain, const Bytes& object) {
    return at(chain.path, in_put([object](Put& put) { put.object = object; }));
}

std::vector<Scenario> note_scenarios(const Chain& chain, Change change) {
    if (const auto octets = octet_change(change)) {
        return {{.cheat = with_note(chain, octets)}};
    }
    const auto in_its_place = [&](const Put& put) {
        return std::vector<Scenario>{{.cheat = put_at(chain.path, put), .unseen = chain.unseen}};
    };
    switch (change) {
        case Change::kSwap:
            return in_its_place(chain.other);
        case Change::kDrop:
            return {{.cheat = absent_at(chain.path)}};
        case Change::kReorder:
            return {{.cheat = both(put_at(chain.path, chain.before),
                                   put_at(chain.path_before, chain.newest)),
                     .unseen = chain.unseen}};
        case Change::kDuplicate:
            return {{.cheat = both(chain.one_more, put_at(chain.path_next, chain.newest))}};
        case Change::kReplay:
            return in_its_place(chain.before);
        case Change::kFork:
            return {{.cheat = put_at(chain.path, chain.fork)},
                    {.cheat = put_at(chain.path, chain.fork),
                     .unseen = chain.unseen,
                     .is_unmet = true}};
        case Change::kInvent:
            return in_its_place(chain.invented);
        case Change::kRemoved:
            return in_its_place(chain.removed);
        case Change::kDelay:
            return {{.cheat = silent_at(chain.path)}};
        case Change::kFlip:
        case Change::kTruncate:
        case Change::kExtend:
            break;
    }
    return {};
}

std::vector<Scenario> object_scenarios(const Chain& chain, Change change) {
    if (const auto octets = octet_change(change)) {
        return {{.cheat = at(chain.path, in_put([octets](Put& put) { octets(put.object); }))}};
    }
    switch (change) {
        case Change::kSwap:
            return {{.cheat = with_object(chain, chain.other.object)}};
        case Change::kDrop:
            return {{.cheat = with_object(chain, {})}};
        case Change::kReplay:
            return {{.cheat = with_object(chain, chain.before.object)}};
        case Change::kFork:
            return {{.cheat = with_object(chain, chain.fork.object)}};
        case Change::kInvent:
            return {{.cheat = with_object(chain, chain.invented.object)}};
        case Change::kFlip:
        case Change::kTruncate:
        case Change::kExtend:
        case Change::kReorder:
        case Change::kDuplicate:
        case Change::kRemoved:
        case Change::kDelay:
            break;
    }
    return {};
}

}  // namespace

std::vector<Scenario> chain_scenarios(Stage& stage, Object object, Change change) {
    const bool is_object =
        object == Object::kNames || object == Object::kKeyring || object == Object::kRecord;
    const Chain chain = chain_of(stage, object);
    if (is_object) {
        return object_scenarios(chain, change);
    }
    std::vector<Scenario> scenarios = note_scenarios(chain, change);
    if (object == Object::kRecordNote && change == Change::kRemoved) {
        scenarios.push_back(back_dated_record(stage));
    }
    return scenarios;
}

}  // namespace valv::client::test
