#include "tests/tamper/stage.h"

#include <algorithm>
#include <utility>

#include "client/lib/names.h"

namespace valv::client::test {
namespace {

using protocol::RouteName;

constexpr std::size_t kPaperBytes = 150'000;  // three chunks
constexpr int kOk = 200;

crypto::DeviceLine line_of(const Profile& profile, const sealed::DevicePublicKeys& keys,
                           crypto::Role role) {
    return {.person = profile.facts().person,
            .device = profile.device(),
            .role = role,
            .recipient = profile.keys().identity.recipient().text(),
            .signing_key = keys.signing_key,
            .tls_key = keys.tls_key};
}

casework::Record same(casework::Record record) {
    return record;
}

casework::Record about_place(casework::Record record, std::string place) {
    record.destination.place = std::move(place);
    return record;
}

}  // namespace

Stage::Stage() {
    vault_text_ = founder->vault.id_text();
    (void)add_device(colleague, "colleague", crypto::Role::kAdmin);
    (void)add_device(leaver, "leaver", crypto::Role::kCoordinator);
    std::unique_ptr<Member> reader;
    (void)add_device(reader, "reader", crypto::Role::kCoordinator);
    (void)add_device(late_, "late", crypto::Role::kCoordinator);
    elsewhere = std::make_unique<Member>(
        world, create_vault(world.environment, new_vault(world, "elsewhere")));
    make_cases();
    remove_leaver();
    enrol_newcomers();
    make_links();
    open_links();
    split_histories();
    settle();
}

// Approved without the words: an admin's own note is enough for the vault.
Member& Stage::add_device(std::unique_ptr<Member>& place, const std::string& name,
                          crypto::Role role) {
    sealed::DeviceKeys keys = sealed::DeviceKeys::random(founder->vault.id(), world.random);
    const sealed::DevicePublicKeys public_keys = keys.public_keys();
    VaultFacts facts = founder->profile.facts();
    facts.person = PersonId::random(world.random);
    const Profile profile = Profile::create(world.folder / name, std::move(keys), std::move(facts),
                                            passphrase(), world.environment.work, world.random);
    crypto::Directory next = founder->vault.directory();
    next.devices.push_back(line_of(profile, public_keys, role));
    std::ranges::sort(next.devices, {}, &crypto::DeviceLine::device);
    Names names = founder->vault.names();
    names.set_name(profile.facts().person, name);
    founder->vault.put_directory(std::move(next), names);
    place = Member::reopen(world, name);
    return *place;
}

void Stage::make_cases() {
    const DeviceId reader = Profile::open(world.folder / "reader", passphrase()).device();
    founder->vault.sync();
    case_id = Cases(founder->vault).create(plain_record());
    other_case = Cases(founder->vault).create(plain_record("RV-2026-102"));
    Case opened = founder->open(case_id);
    opened.share({reader, colleague->device(), leaver->device()});
    founder->open(other_case).share({reader});
    write_file(world.folder / "first", some_octets(kPaperBytes, "first"));
    write_file(world.folder / "second", some_octets(kPaperBytes, "second"));
    first = Documents(opened).add(world.folder / "first", passport_row());
    second = Documents(opened).add(world.folder / "second", passport_row());
    loot.old_header = Documents(opened).header(first);
    leaver->vault.sync();
    (void)leaver->open(case_id).update_record(same);
}

void Stage::remove_leaver() {
    founder->vault.sync();
    revoke_devices(founder->vault, {leaver->device()});
    (void)rotate_left_cases(founder->vault);
    Case opened = founder->open(case_id);
    first = Documents(opened).row(first.id);
    second = Documents(opened).row(second.id);
}

void Stage::enrol_newcomers() {
    Enrolments enrolments(founder->vault);
    invitation = enrolments.invite({.person = {}, .name = "newcomer"});
    pending = enrolments.invite({.person = {}, .name = "another"});
    const MadeInvitation other = enrolments.invite({.person = {}, .name = "third"});
    for (const auto& [name, made] : std::map<std::string, const MadeInvitation*>{
             {"newcomer", &*invitation}, {"another", &*pending}, {"third", &other}}) {
        Enrolling::begin(world.environment, world.folder / name, made->file.reveal(), made->code,
                         passphrase())
            .submit();
    }
    world.network.wire.after = [&](const Call& call, Response& response) {
        if (call.route == RouteName::kListEnrolments) {
            for (const protocol::Enrolment& row : protocol::decode_enrolments(response.text())) {
                if (row.invitation == other.id) {
                    loot.other_submission = row.submissions.at(0);
                }
            }
        }
    };
    world.network.wire.before = [&](const Call& call) {
        if (call.route == RouteName::kApproveEnrolment) {
            loot.other_approval = protocol::decode_approval(call.json);
        }
    };
    const std::vector<PendingEnrolment> list = enrolments.list().pending;
    for (const InvitationId& wanted : {invitation->id, other.id}) {
        enrolments.approve(*std::ranges::find(list, wanted, &PendingEnrolment::invitation));
    }
    world.network.wire = {};
}

CreatedLink Stage::create_link(const std::vector<casework::Document>& papers) {
    Case opened = founder->open(case_id);
    LinkRequest wanted;
    wanted.recipient = "o1";
    wanted.kinds = {"passport"};
    wanted.title = "Travel plan";
    wanted.no_code_reason = "shown face to face";
    wanted.not_after = world.clock.now() + std::chrono::hours(24);
    wanted.max_opens = 3;
    for (const casework::Document& paper : papers) {
        wanted.parts.push_back({.name = "part " + std::to_string(wanted.parts.size() + 1),
                                .documents = {{.id = paper.id, .name = "paper.jpg"}}});
    }
    return Links(opened).create(wanted);
}

void Stage::make_links() {
    founder->vault.sync();
    link.emplace(create_link({first, second}));
    other_link.emplace(create_link({second, first}));
    revoked_link.emplace(create_link({second}));
    Case opened = founder->open(case_id);
    loot.unopened = Links(opened).show(link->id).state;
    loot.unrevoked = Links(opened).show(revoked_link->id).state;
    (void)Links(opened).revoke(revoked_link->id);
}

OpenedLink Stage::open_link(const CreatedLink& opened, const std::string& holders) {
    return LinkOpener(world.environment, HolderStore(world.folder / holders / "holders"),
                      opened.url.reveal())
        .open(opened.code);
}

// Twice, which the record then tells of; a third time, which it does not.
void Stage::open_links() {
    world.network.wire.after = [&](const Call& call, Response& response) {
        if (call.route == RouteName::kLinkHello) {
            loot.used_challenge = protocol::decode_welcome(response.text()).challenge;
        }
    };
    (void)open_link(*link, "recipient");
    world.network.wire = {};
    (void)open_link(*other_link, "recipient");
    (void)open_link(*link, "recipient-2");
    founder->vault.sync();
    Case opened = founder->open(case_id);
    (void)Links(opened).copy_events_to_record();
    loot.opened_twice = Links(opened).show(link->id).state;
    (void)open_link(*link, "recipient-3");
}

// What `write` puts is genuine, and the server keeps it for one client only.
protocol::Put Stage::captured(const std::string& profile, RouteName route,
                              const std::function<void(Vault&)>& write) {
    protocol::Put put;
    network.cheat.instead = [&](const Call& call) -> std::optional<Response> {
        if (call.route != route) {
            return std::nullopt;
        }
        put = protocol::decode_put(call.json);
        return Response{.status = kOk,
                        .headers = {},
                        .body = to_bytes(as_bytes(protocol::encode(protocol::Head{.head = 1})))};
    };
    Profile twin = Profile::open(victim(profile), passphrase());
    Vault vault(environment, twin);
    vault.sync();
    write(vault);
    network.cheat = {};
    return put;
}

void Stage::split_histories() {
    founder->vault.sync();
    Case opened = founder->open(case_id);
    loot.forked_keyring = captured("founder", RouteName::kPutKeyring, [&](Vault& vault) {
        Cases(vault).open(case_id).share({late_->device()});
    });
    opened.share({late_->device()});
    opened.update_record([](auto record) { return about_place(std::move(record), "Cluj"); });
    loot.forked_record = captured("founder", RouteName::kPutRecord, [&](Vault& vault) {
        (void)Cases(vault).open(case_id).update_record(
            [](auto record) { return about_place(std::move(record), "Arad"); });
    });
    loot.old_checkpoint = fetch(call_to(RouteName::kGetCheckpoint, {vault_text_})).body;
    opened.update_record([](auto record) { return about_place(std::move(record), "Iasi"); });
    const auto rename = [](Vault& vault, const std::string& name) {
        Names names = vault.names();
        names.vault = name;
        change_names(vault, names);
    };
    loot.forked_directory =
        captured("colleague", RouteName::kPutDirectory, [&](Vault& vault) { rename(vault, "B"); });
    founder->vault.sync();
    rename(founder->vault, "A");
}

// Everybody has seen everything.
void Stage::settle() {
    for (const char* name : {"founder", "reader"}) {
        const std::unique_ptr<Member> member = Member::reopen(world, name);
        for (const CaseId& id : {case_id, other_case}) {
            (void)member->open(id).read_record();
        }
    }
    founder = Member::reopen(world, "founder");
}

Stage& shared_stage() {
    static Stage stage;
    return stage;
}

Response Stage::fetch(const Call& call) {
    return ask(founder->vault.transport(), call);
}

protocol::Put Stage::fetch_put(const Call& call) {
    return protocol::decode_put(fetch(call).text());
}

Call Stage::directory_call(std::uint32_t number) const {
    return call_to(RouteName::kGetDirectory, {vault_text_, std::to_string(number)});
}

// The newest keyrings are of epoch 2.
Call Stage::keyring_call(std::uint32_t number) const {
    return call_to(RouteName::kGetKeyring,
                   {vault_text_, case_id.text(), "2", std::to_string(number)});
}

Call Stage::record_call(std::uint32_t number) const {
    return call_to(RouteName::kGetRecord, {vault_text_, case_id.text(), std::to_string(number)});
}

Call Stage::case_call(const CaseId& id) const {
    return call_to(RouteName::kGetCase, {vault_text_, id.text()});
}

protocol::CaseHeads Stage::heads() {
    return protocol::decode_case_heads(fetch(case_call(case_id)).text());
}

std::uint32_t Stage::directory_head() {
    return founder->vault.directory().number;
}

KeyringPin Stage::keyring_before() {
    const std::uint32_t number = heads().keyring - 1;
    const protocol::Put put = fetch_put(keyring_call(number));
    return {.epoch = 2, .head = {.number = number, .hash = crypto::sha256(as_bytes(put.note))}};
}

crypto::SigningKey Stage::log_key() {
    return world.server.log_key(founder->vault.id());
}

std::filesystem::path Stage::victim(const std::string& profile) {
    const std::filesystem::path copy = world.folder / ("victim-" + std::to_string(++victims_));
    std::filesystem::copy(world.folder / profile, copy, std::filesystem::copy_options::recursive);
    for (const char* cached : {"directory", "cases", "log", "downloads"}) {
        std::filesystem::remove_all(copy / "cache" / cached);
    }
    return copy;
}

}  // namespace valv::client::test
