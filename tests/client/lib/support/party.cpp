#include "tests/client/lib/support/party.h"

#include <algorithm>
#include <utility>

namespace valv::client::test {
namespace {

constexpr std::string_view kServer = "https://vault.example:8443";
constexpr std::string_view kOrigin = "https://links.example";

casework::Date day(const char* text) {
    return *casework::parse_date(text);
}

}  // namespace

World::World() : places(casework::Places::builtin()) {}

crypto::SecretBytes passphrase() {
    return crypto::SecretBytes::from(as_bytes("correct horse battery staple"));
}

std::unique_ptr<Member> Member::reopen(World& world, std::string_view name) {
    return std::make_unique<Member>(world, Profile::open(world.folder / name, passphrase()));
}

NewVault new_vault(World& world, std::string_view profile) {
    return {.profile = world.folder / profile,
            .server = std::string(kServer),
            .token = world.server.make_token(),
            .vault_name = "Return unit",
            .person_name = "Founder",
            .link_origin = std::string(kOrigin),
            .passphrase = passphrase()};
}

std::unique_ptr<Member> found(World& world) {
    return std::make_unique<Member>(world, create_vault(world.environment, new_vault(world)));
}

std::unique_ptr<Member> enrol(World& world, Member& admin, std::string_view name,
                              crypto::Role role) {
    admin.vault.sync();
    Enrolments enrolments(admin.vault);
    MadeInvitation made =
        enrolments.invite({.person = {}, .name = std::string(name), .role = role});
    {
        Enrolling enrolling = Enrolling::begin(world.environment, world.folder / name,
                                               made.file.reveal(), made.code, passphrase());
        enrolling.submit();
        const EnrolmentList list = enrolments.list();
        const auto pending =
            std::ranges::find(list.pending, made.id, &PendingEnrolment::invitation);
        enrolments.approve(*pending);
        VALV_CHECK(enrolling.poll());
    }
    return Member::reopen(world, name);
}

casework::Record plain_record(std::string reference) {
    casework::Record record;
    record.facts.reference = std::move(reference);
    record.facts.opened_on = day("2026-01-12");
    record.origin.country = "SE";
    record.destination = {
        .country = "RO", .place = "Iasi", .zone = "Europe/Bucharest", .address = {}};
    casework::Person traveller;
    traveller.id = "p1";
    traveller.name.given = "Sanda";
    traveller.name.family = "Model";
    traveller.birth_date = day("2001-11-02");
    traveller.sex = casework::Sex::kFemale;
    traveller.citizenships = {"RO"};
    traveller.languages = {"ro"};
    record.persons.push_back(std::move(traveller));
    casework::Contact contact;
    contact.id = "k1";
    contact.role = casework::ContactRole::kOffice;
    contact.name = "Reception desk";
    record.contacts.push_back(std::move(contact));
    casework::Reception reception;
    reception.id = "o1";
    reception.office = "Office";
    reception.contact = "k1";
    record.receptions.push_back(std::move(reception));
    return record;
}

casework::Document passport_row() {
    casework::Document row;
    row.name = "scan.jpg";
    row.kind = "passport";
    row.media_type = "image/jpeg";
    row.about = "p1";
    return row;
}

Bytes some_octets(std::size_t count, std::string_view seed) {
    Bytes octets(count);
    valv::test::SeededRandom(seed).fill(octets);
    return octets;
}

}  // namespace valv::client::test
