// A link as its sender sees it.
#include <algorithm>
#include <utility>

#include "common/base/encoding.h"
#include "tests/tamper/scenario.h"

namespace valv::client::test {
namespace {

using protocol::LinkState;
using protocol::RouteName;
using StateChange = std::function<void(LinkState&)>;

Call list_call(Stage& stage) {
    return call_to(RouteName::kListLinks, {stage.vault_text(), stage.case_id.text()});
}

Call state_call(Stage& stage, const LinkId& link) {
    return call_to(RouteName::kGetLink, {stage.vault_text(), stage.case_id.text(), link.text()});
}

LinkState state_of(Stage& stage, const LinkId& link) {
    return protocol::decode_link_state(stage.fetch(state_call(stage, link)).text());
}

Scenario with_state_of(Stage& stage, const LinkId& link, const StateChange& change) {
    return {.cheat = at(
                state_call(stage, link).path,
                in_json([](std::string_view json) { return protocol::decode_link_state(json); },
                        [](const LinkState& state) { return protocol::encode(state); }, change))};
}

Scenario with_state(Stage& stage, const StateChange& change) {
    return with_state_of(stage, stage.link->id, change);
}

// A policy note of that link, signed with `keys` under the newest directory.
std::string policy_note(Stage& stage, const LinkState& state, const sealed::DeviceKeys& keys) {
    const std::string& genuine = state.policy_note;
    crypto::ObjectNote note =
        crypto::decode_object_note(genuine.substr(0, genuine.find("\n\n") + 1));
    note.directory = stage.founder->vault.head().head();
    return std::string(as_text(crypto::sign_object_note(note, keys.id(), keys.signing_key)));
}

std::string invented_note(Stage& stage, const LinkState& state) {
    return policy_note(stage, state,
                       sealed::DeviceKeys::random(stage.founder->vault.id(), stage.world.random));
}

std::string removed_members_note(Stage& stage, const LinkState& state) {
    return policy_note(stage, state, stage.leaver->profile.keys());
}

// The same, as the removed member would have made it before.
std::string back_dated_note(Stage& stage, const LinkState& state) {
    const std::string& genuine = state.policy_note;
    crypto::ObjectNote note =
        crypto::decode_object_note(genuine.substr(0, genuine.find("\n\n") + 1));
    note.epoch = 1;
    note.directory = stage.leaver->vault.head().head();
    note.checkpoint = stage.leaver->vault.log_head();
    const sealed::DeviceKeys& keys = stage.leaver->profile.keys();
    return std::string(as_text(crypto::sign_object_note(note, keys.id(), keys.signing_key)));
}

// ---- the list ----

LinkState own_link(Stage& stage, Change change) {
    LinkState state = state_of(stage, stage.link->id);
    state.policy_note = change == Change::kInvent ? invented_note(stage, state)
                                                  : removed_members_note(stage, state);
    return state;
}

void change_list(Stage& stage, std::vector<LinkState>& rows, Change change) {
    switch (change) {
        case Change::kSwap:
            rows.at(0) = rows.at(1);
            rows.at(0).link = state_of(stage, stage.link->id).link;
            break;
        case Change::kDrop:
            rows.pop_back();
            break;
        case Change::kReorder:
            std::ranges::reverse(rows);
            break;
        case Change::kDuplicate:
            rows.push_back(rows.front());
            break;
        case Change::kReplay:
            *std::ranges::find(rows, stage.revoked_link->id, &LinkState::link) =
                stage.loot.unrevoked;
            break;
        case Change::kInvent:
        case Change::kRemoved:
            *std::ranges::find(rows, stage.link->id, &LinkState::link) = own_link(stage, change);
            break;
        case Change::kFlip:
        case Change::kTruncate:
        case Change::kExtend:
        case Change::kFork:
        case Change::kDelay:
            break;
    }
}

std::vector<Scenario> list_scenarios(Stage& stage, Change change) {
    const std::string path = list_call(stage).path;
    if (const ChangeResponse broken = broken_json(change)) {
        return {{.cheat = at(path, broken)}};
    }
    if (change == Change::kDelay) {
        return {{.cheat = silent_at(path)}};
    }
    std::vector<LinkState> rows = protocol::decode_links(stage.fetch(list_call(stage)).text());
    std::ranges::sort(rows, [&](const LinkState& one, const LinkState& other) {
        return one.link == stage.link->id && other.link != stage.link->id;
    });
    change_list(stage, rows, change);
    return {{.cheat = answer_at(path, protocol::encode_links(rows))}};
}

// ---- one state ----

std::vector<Scenario> state_scenarios(Stage& stage, Change change) {
    const std::string path = state_call(stage, stage.link->id).path;
    if (change != Change::kFlip) {
        if (const ChangeResponse broken = broken_json(change)) {
            return {{.cheat = at(path, broken)}};
        }
    }
    switch (change) {
        case Change::kFlip:
            return {with_state(stage, [](LinkState& state) { state.max_opens ^= 1U; }),
                    with_state(stage, [](LinkState& state) { state.version ^= 2U; })};
        case Change::kSwap:
            return {{.cheat =
                         answer_at(path, protocol::encode(state_of(stage, stage.other_link->id)))}};
        case Change::kDrop:
            return {{.cheat = absent_at(path)}};
        case Change::kReplay:
            return {{.cheat = answer_at(path, protocol::encode(stage.loot.unopened))},
                    {.cheat = answer_at(state_call(stage, stage.revoked_link->id).path,
                                        protocol::encode(stage.loot.unrevoked))}};
        case Change::kInvent:
            return {with_state(stage, [](LinkState& state) { state.not_before = state.created; }),
                    with_state(stage,
                               [](LinkState& state) { state.not_after += std::chrono::hours(1); })};
        case Change::kDelay:
            return {{.cheat = answer_at(path, protocol::encode(stage.loot.opened_twice))}};
        case Change::kTruncate:
        case Change::kExtend:
        case Change::kReorder:
        case Change::kDuplicate:
        case Change::kFork:
        case Change::kRemoved:
            break;
    }
    return {};
}

// ---- its policy note ----

std::vector<Scenario> note_scenarios(Stage& stage, Change change) {
    const LinkState genuine = state_of(stage, stage.link->id);
    if (const auto octets = octet_change(change)) {
        return {with_state(stage, [octets](LinkState& state) {
            Bytes note = to_bytes(as_bytes(state.policy_note));
            octets(note);
            state.policy_note = std::string(as_text(note));
        })};
    }
    const auto with_note = [&](const std::string& note) {
        return with_state(stage, [note](LinkState& state) { state.policy_note = note; });
    };
    if (change == Change::kRemoved) {
        const LinkId& live = stage.other_link->id;
        const std::string back_dated = back_dated_note(stage, state_of(stage, live));
        return {with_note(removed_members_note(stage, genuine)),
                with_state_of(stage, live,
                              [back_dated](LinkState& state) { state.policy_note = back_dated; })};
    }
    std::string note;
    if (change == Change::kSwap) {
        note = state_of(stage, stage.other_link->id).policy_note;
    } else if (change == Change::kInvent) {
        note = invented_note(stage, genuine);
    }
    return {with_note(note)};
}

// ---- its opens ----

void drop_opens(LinkState& state, std::size_t count) {
    state.opened.erase(state.opened.begin(),
                       state.opened.begin() + static_cast<std::ptrdiff_t>(count));
    state.opens -= static_cast<std::uint32_t>(count);
}

// Counted, with a signature of the server's own or with none.
void invent_open(LinkState& state, const Bytes& signature) {
    protocol::Opened open = state.opened.back();
    open.challenge = some_octets(open.challenge.size(), "challenge");
    open.signature = signature;
    state.opened.back() = open;
}

std::vector<Scenario> invented_opens(Stage& stage) {
    const auto key = crypto::SigningKey::random(stage.world.random);
    const Bytes signature = to_bytes(key.sign(as_bytes("an open")));
    return {with_state(stage, [signature](LinkState& state) { invent_open(state, signature); }),
            with_state(stage, [](LinkState& state) { invent_open(state, {}); })};
}

Scenario foreign_open(Stage& stage) {
    const protocol::Opened foreign = state_of(stage, stage.other_link->id).opened.at(0);
    return with_state(stage, [foreign](LinkState& state) { state.opened.at(0) = foreign; });
}

std::vector<Scenario> open_scenarios(Stage& stage, Change change) {
    switch (change) {
        case Change::kFlip:
            return {with_state(stage,
                               [](LinkState& state) { flip_middle(state.opened.at(0).signature); }),
                    with_state(stage, [](LinkState& state) {
                        flip_middle(state.opened.at(0).holder_sha256);
                    })};
        case Change::kTruncate:
            return {with_state(stage, [](LinkState& state) { state.opened.pop_back(); })};
        case Change::kExtend:
            return {with_state(stage, [](LinkState& state) { ++state.opens; })};
        case Change::kSwap:
            return {foreign_open(stage)};
        case Change::kDrop: {
            Scenario unmet = with_state(stage, [](LinkState& state) { drop_opens(state, 1); });
            unmet.is_unmet = true;
            return {with_state(stage, [](LinkState& state) { drop_opens(state, 2); }), unmet};
        }
        case Change::kReorder:
            return {
                with_state(stage, [](LinkState& state) { std::ranges::reverse(state.opened); })};
        case Change::kDuplicate:
            return {with_state(stage,
                               [](LinkState& state) { state.opened.at(0) = state.opened.at(1); })};
        case Change::kInvent:
            return invented_opens(stage);
        case Change::kDelay:
            return {{.cheat = answer_at(state_call(stage, stage.link->id).path,
                                        protocol::encode(stage.loot.opened_twice))}};
        case Change::kReplay:
        case Change::kFork:
        case Change::kRemoved:
            break;
    }
    return {};
}

}  // namespace

std::vector<Scenario> link_scenarios(Stage& stage, Object object, Change change) {
    if (object == Object::kLinkList) {
        return list_scenarios(stage, change);
    }
    if (object == Object::kLinkState) {
        return state_scenarios(stage, change);
    }
    return object == Object::kPolicyNote ? note_scenarios(stage, change)
                                         : open_scenarios(stage, change);
}

}  // namespace valv::client::test
