#include "client/lib/pins.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "common/base/encoding.h"
#include "common/base/error.h"
#include "common/protocol/json.h"

namespace valv::client {
namespace {

using protocol::JsonObject;
using protocol::JsonWriter;

// The keys of pins; the file is ours and read by nobody else.
constexpr std::string_view kFormat = "format";
constexpr std::string_view kFormatName = "resvalv/pins/1";
constexpr std::string_view kVault = "vault";
constexpr std::string_view kServer = "server";
constexpr std::string_view kServerCa = "server_ca";
constexpr std::string_view kServerCaNext = "server_ca_next";
constexpr std::string_view kFounder = "founder";
constexpr std::string_view kLogKey = "log_key";
constexpr std::string_view kPerson = "person";
constexpr std::string_view kDirectory = "directory";
constexpr std::string_view kLog = "log";
constexpr std::string_view kOwed = "owed";
constexpr std::string_view kRecovery = "recovery";
constexpr std::string_view kCases = "cases";
constexpr std::string_view kCase = "case";
constexpr std::string_view kKeyring = "keyring";
constexpr std::string_view kRecord = "record";
constexpr std::string_view kRetention = "retention";
constexpr std::string_view kErased = "erased";
constexpr std::string_view kIndex = "index";
constexpr std::string_view kEpoch = "epoch";
constexpr std::string_view kNumber = "number";
constexpr std::string_view kHash = "sha256";
constexpr std::string_view kSize = "size";
constexpr std::string_view kRoot = "root";
constexpr std::string_view kJournal = "journal";
constexpr std::string_view kMonth = "month";
constexpr std::string_view kOctets = "octets";
constexpr std::string_view kMac = "mac";
constexpr std::size_t kMaxCases = 100'000;
constexpr std::size_t kMaxMonths = 1'000;

JsonWriter write_head(const crypto::NoteHead& head) {
    JsonWriter json;
    json.integer(kNumber, head.number).octets(kHash, head.hash);
    return json;
}

crypto::NoteHead read_head(JsonObject object) {
    const crypto::NoteHead head{.number = object.count(kNumber),
                                .hash = crypto::hash_from(object.fixed_octets(kHash))};
    object.finish();
    return head;
}

JsonWriter write_case(const CaseId& case_id, const CasePins& pins) {
    JsonWriter json;
    json.id(kCase, case_id);
    if (pins.keyring) {
        JsonWriter keyring = write_head(pins.keyring->head);
        keyring.integer(kEpoch, pins.keyring->epoch);
        json.object(kKeyring, std::move(keyring));
    }
    if (pins.record) {
        json.object(kRecord, write_head(*pins.record));
    }
    if (pins.retention) {
        json.object(kRetention, write_head(*pins.retention));
    }
    return json;
}

CasePins read_case(JsonObject& object) {
    CasePins pins;
    if (object.has(kKeyring)) {
        JsonObject keyring = object.object(kKeyring);
        const std::uint32_t epoch = keyring.count(kEpoch);
        pins.keyring = KeyringPin{.epoch = epoch, .head = read_head(std::move(keyring))};
    }
    if (object.has(kRecord)) {
        pins.record = read_head(object.object(kRecord));
    }
    if (object.has(kRetention)) {
        pins.retention = read_head(object.object(kRetention));
    }
    object.finish();
    return pins;
}

JsonWriter write_month(const JournalMonth& month) {
    JsonWriter json;
    json.text(kMonth, month.month).integer(kOctets, month.octets).octets(kMac, month.mac);
    return json;
}

JournalMonth read_month(JsonObject& object) {
    JournalMonth month{.month = object.text(kMonth),
                       .octets = object.integer(kOctets),
                       .mac = crypto::hash_from(object.fixed_octets(kMac))};
    object.finish();
    return month;
}

VaultFacts read_facts(JsonObject& object) {
    VaultFacts facts{.vault = object.id<VaultId>(kVault),
                     .server = object.text(kServer),
                     .server_ca = crypto::hash_from(object.fixed_octets(kServerCa)),
                     .server_ca_next = {},
                     .founder = crypto::verify_key_from(object.fixed_octets(kFounder)),
                     .log_key = crypto::verify_key_from(object.fixed_octets(kLogKey)),
                     .person = object.id<PersonId>(kPerson)};
    if (object.has(kServerCaNext)) {
        facts.server_ca_next = crypto::hash_from(object.fixed_octets(kServerCaNext));
    }
    return facts;
}

}  // namespace

void Pins::pin_directory(const crypto::NoteHead& head) {
    if (!directory || head.number > directory->number) {
        directory = head;
    }
}

void Pins::pin_log(const crypto::TreeHead& head) {
    if (head.size > log.size) {
        log = head;
    }
}

void Pins::pin_keyring(const CaseId& case_id, const KeyringPin& pin) {
    std::optional<KeyringPin>& kept = cases[case_id].keyring;
    if (!kept || pin.head.number > kept->head.number) {
        kept = pin;
    }
}

void Pins::pin_record(const CaseId& case_id, const crypto::NoteHead& head) {
    std::optional<crypto::NoteHead>& kept = cases[case_id].record;
    if (!kept || head.number > kept->number) {
        kept = head;
    }
}

void Pins::pin_retention(const CaseId& case_id, const crypto::NoteHead& head) {
    std::optional<crypto::NoteHead>& kept = cases[case_id].retention;
    if (!kept || head.number > kept->number) {
        kept = head;
    }
}

void Pins::pin_erased(const CaseId& case_id, std::uint64_t leaf) {
    cases.erase(case_id);
    erased.emplace(case_id, leaf);
}

void Pins::owe(OwnWrite write) {
    remember(std::move(write));
    owed_log_size = std::max(owed_log_size, log.size) + 1;
}

void Pins::remember(OwnWrite write) {
    new_writes.push_back(std::move(write));
}

std::string encode_pins(const Pins& pins) {
    const VaultFacts& facts = pins.facts;
    JsonWriter json;
    json.text(kFormat, kFormatName).id(kVault, facts.vault).text(kServer, facts.server);
    json.octets(kServerCa, facts.server_ca);
    if (facts.server_ca_next) {
        json.octets(kServerCaNext, *facts.server_ca_next);
    }
    json.octets(kFounder, facts.founder).octets(kLogKey, facts.log_key).id(kPerson, facts.person);
    if (pins.directory) {
        json.object(kDirectory, write_head(*pins.directory));
    }
    JsonWriter log;
    log.integer(kSize, pins.log.size)
        .octets(kRoot, pins.log.root)
        .integer(kOwed, pins.owed_log_size);
    json.object(kLog, std::move(log));
    if (!pins.recovery.empty()) {
        json.text(kRecovery, pins.recovery);
    }
    std::vector<JsonWriter> cases;
    for (const auto& [case_id, case_pins] : pins.cases) {
        cases.push_back(write_case(case_id, case_pins));
    }
    json.objects(kCases, std::move(cases));
    std::vector<JsonWriter> journal;
    for (const JournalMonth& month : pins.journal) {
        journal.push_back(write_month(month));
    }
    json.objects(kJournal, std::move(journal));
    if (!pins.erased.empty()) {
        std::vector<JsonWriter> erased;
        for (const auto& [case_id, leaf] : pins.erased) {
            erased.emplace_back().id(kCase, case_id).integer(kIndex, leaf);
        }
        json.objects(kErased, std::move(erased));
    }
    return json.take();
}

Pins decode_pins(std::string_view text) {
    const protocol::JsonDocument document = protocol::JsonDocument::parse(text);
    JsonObject object = document.object();
    if (object.text(kFormat) != kFormatName) {
        throw Error(ErrorCode::kMalformed, "pins: unknown format");
    }
    Pins pins;
    pins.facts = read_facts(object);
    if (object.has(kDirectory)) {
        pins.directory = read_head(object.object(kDirectory));
    }
    JsonObject log = object.object(kLog);
    pins.log = {.size = log.integer(kSize), .root = crypto::hash_from(log.fixed_octets(kRoot))};
    pins.owed_log_size = log.integer(kOwed);
    log.finish();
    pins.recovery = object.text_if(kRecovery).value_or("");
    for (JsonObject& row : object.objects(kCases, kMaxCases)) {
        const auto case_id = row.id<CaseId>(kCase);
        pins.cases.emplace(case_id, read_case(row));
    }
    for (JsonObject& row : object.objects(kJournal, kMaxMonths)) {
        pins.journal.push_back(read_month(row));
    }
    if (object.has(kErased)) {
        for (JsonObject& row : object.objects(kErased, kMaxCases)) {
            const auto case_id = row.id<CaseId>(kCase);
            pins.erased.emplace(case_id, row.integer(kIndex));
            row.finish();
        }
    }
    object.finish();
    return pins;
}

}  // namespace valv::client
