#include "tests/fuzz/seeds_sent.h"

#include <fstream>
#include <iterator>

#include "client/lib/names.h"
#include "client/lib/package.h"
#include "common/protocol/messages.h"
#include "crypto/core/checkpoint.h"
#include "crypto/core/directory.h"
#include "crypto/core/object_note.h"
#include "crypto/core/signed_note.h"
#include "crypto/sealed/keyring.h"
#include "tests/crypto/seeded_random.h"

namespace valv::fuzz {
namespace {

const Instant kAt = parse_instant("2026-03-31T10:25:00Z");

template <typename Id>
Id an_id(std::uint8_t value) {
    return Id::from_bytes(Bytes(kIdBytes, value));
}
Bytes hash(std::uint8_t value) {
    return Bytes(crypto::kHashBytes, value);
}

// The octet that a target chooses by, before the text.
Bytes chosen(std::uint8_t which, std::string_view text) {
    return concat({Bytes{which}, as_bytes(text)});
}

void write_messages(const WriteSeed& write) {
    const protocol::LinkState state{.link = an_id<LinkId>(1),
                                    .version = 1,
                                    .created = kAt,
                                    .not_after = kAt,
                                    .max_opens = 5,
                                    .opens = 1,
                                    .opened = {{.at = kAt,
                                                .network = "203.0.113.0/24",
                                                .holder = 1,
                                                .holder_sha256 = hash(1),
                                                .challenge = hash(2),
                                                .signature = {}}},
                                    .policy_note = "note"};
    const protocol::CaseHeads heads{
        .case_id = an_id<CaseId>(1), .epoch = 1, .keyring = 2, .record = 3};
    const protocol::Put put{.note = "n\n", .object = Bytes(5, 1)};
    // The places of kMessages in messages.cpp.
    write("messages", "put", chosen(2, encode(put)));
    write("messages", "head", chosen(3, encode(protocol::Head{.head = 7})));
    write("messages", "cases", chosen(5, protocol::encode_cases({heads, heads})));
    write("messages", "headers",
          chosen(10, protocol::encode_headers(
                         {{.document = an_id<DocumentId>(1), .header = Bytes(9, 2)}})));
    write("messages", "poll", chosen(17, encode(protocol::PollReply{})));
    write("messages", "mac_file",
          chosen(20, encode(protocol::MacFile{.file = Bytes(9, 1), .mac = hash(2)})));
    write("messages", "link_state", chosen(22, encode(state)));
    write("messages", "links", chosen(23, protocol::encode_links({state})));
    write("messages", "welcome",
          chosen(26, encode(protocol::Welcome{.challenge = hash(1), .now = kAt})));
    write("messages", "lease",
          chosen(28, encode(protocol::Lease{.until = kAt, .screen_key = hash(1), .now = kAt})));
    write("messages", "retention",
          chosen(29, encode(protocol::Retention{.case_id = an_id<CaseId>(1), .erase_after = kAt})));
    const protocol::Erasure erasure{.case_id = an_id<CaseId>(1),
                                    .index = 4,
                                    .event = "event\n",
                                    .nonce = hash(1),
                                    .decision = put};
    write("messages", "erasure", chosen(30, encode(erasure)));
    write("messages", "erasures", chosen(31, protocol::encode_erasures({erasure})));
    write("messages", "log_entries",
          chosen(32, protocol::encode_log_entries({{.event = "event\n", .nonce = hash(1)}, {}})));
    write("messages", "error", as_bytes(R"({"error":"conflict","message":"m","head":3})"));
    write("messages", "twice", chosen(3, R"({"head":7,"head":8})"));
}

void write_notes(const WriteSeed& write) {
    test::SeededRandom random("seeds");
    const crypto::SigningKey key = crypto::SigningKey::random(random);
    const DeviceId device = an_id<DeviceId>(8);
    crypto::ObjectNote note{.kind = crypto::NoteKind::kKeyring,
                            .vault = an_id<VaultId>(1),
                            .case_id = an_id<CaseId>(2),
                            .object = crypto::hash_from(hash(3)),
                            .directory = {.number = 1, .hash = crypto::hash_from(hash(4))},
                            .devices = {device}};
    write("notes", "keyring_note", as_bytes(crypto::encode_object_note(note)));
    write("notes", "signed", crypto::sign_object_note(note, device, key));
    note.kind = crypto::NoteKind::kRecord;
    note.devices.clear();
    note.number = 2;
    note.previous = crypto::hash_from(hash(5));
    write("notes", "record_note", as_bytes(crypto::encode_object_note(note)));
    crypto::Directory directory{.vault = an_id<VaultId>(1), .origin = "https://links.example"};
    directory.devices = {{.person = an_id<PersonId>(6),
                          .device = device,
                          .recipient = sealed::X25519Identity::random(random).recipient().text(),
                          .signing_key = key.public_key()}};
    write("notes", "directory", as_bytes(crypto::encode_directory(directory)));
    const crypto::Checkpoint checkpoint{.origin = crypto::log_origin(an_id<VaultId>(1)),
                                        .head = {.size = 7, .root = crypto::hash_from(hash(7))}};
    write("notes", "checkpoint_text", as_bytes(crypto::checkpoint_text(checkpoint)));
    write("notes", "checkpoint", crypto::sign_checkpoint(checkpoint, key));
    sealed::Keyring keyring{.vault = an_id<VaultId>(1), .case_id = an_id<CaseId>(2)};
    keyring.keys.push_back({.epoch = 1, .key = sealed::CaseKey::random(random)});
    write("notes", "keyring", sealed::encode_keyring(keyring).reveal());
}

void write_contents(const WriteSeed& write) {
    for (const char* name : {"8_1", "8_8"}) {
        std::ifstream in(std::string("tests/data/cases/") + name + ".json", std::ios::binary);
        const std::string json{std::istreambuf_iterator<char>(in),
                               std::istreambuf_iterator<char>()};
        write("contents", std::string("record_") + name, chosen(0, json));
    }
    const client::Package package{.link = an_id<LinkId>(1),
                                  .title = "Travel plan",
                                  .audience = "office",
                                  .language = "en",
                                  .sender_name = "Founder",
                                  .sender_organisation = "Return unit",
                                  .recipient_name = "Office",
                                  .made_at = kAt,
                                  .policy = {.not_after = kAt},
                                  .parts = {{.part = 1, .name = "main", .sha256 = hash(1)}},
                                  .reply_recipient = "age1example",
                                  .log_key = hash(2)};
    write("contents", "package", chosen(1, client::encode_package(package)));
    const client::Part part{.link = an_id<LinkId>(1),
                            .name = "main",
                            .view = "{}",
                            .documents = {{.row = 1,
                                           .name = "passport.jpg",
                                           .kind = "passport",
                                           .media_type = "image/jpeg",
                                           .size = 9,
                                           .file_key_hash = hash(3),
                                           .body_root = hash(4),
                                           .header_sha256 = hash(5)}}};
    write("contents", "part", chosen(2, client::encode_part(part)));
    const client::Names names{.vault = "Return unit",
                              .people = {{.person = an_id<PersonId>(6), .name = "Founder"}}};
    write("contents", "names", chosen(3, client::encode_names(names)));
}

}  // namespace

void write_sent_seeds(const WriteSeed& write) {
    write_messages(write);
    write_notes(write);
    write_contents(write);
}

}  // namespace valv::fuzz
