#include "tests/server/store/fixtures.h"

#include <cstdlib>

#include "common/base/error.h"
#include "crypto/core/merkle.h"

namespace valv::store::testing {

std::uint64_t SeededRandom::next() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t value = state_;
    value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27U)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31U);
}

void SeededRandom::fill(std::span<std::uint8_t> out) {
    for (std::uint8_t& octet : out) {
        octet = static_cast<std::uint8_t>(next());
    }
}

Hash hash_of(std::string_view name) {
    return crypto::sha256(as_bytes(name));
}

Bytes octets_of(std::string_view name) {
    return to_bytes(hash_of(name));
}

Masked masked(std::string_view name) {
    return {.salt = to_bytes(ByteView(hash_of(name)).first(kIdBytes)),
            .octets = to_bytes(as_bytes(name))};
}

DeviceRow a_device(const VaultId& vault, std::string_view name) {
    const std::string text(name);
    return {.vault = vault,
            .device = id_of<DeviceId>(text),
            .person = id_of<PersonId>(text + " person"),
            .role = "coordinator",
            .signing_key = octets_of(text + " signing key"),
            .tls_key_sha256 = hash_of(text + " tls"),
            .is_active = true};
}

LogEntry an_entry(std::string_view event) {
    const Bytes nonce = octets_of(std::string(event) + " nonce");
    const Hash commitment = crypto::hmac_sha256(nonce, {as_bytes(event)});
    const std::uint8_t version = 1;
    return {.event = std::string(event),
            .nonce = nonce,
            .leaf_hash = crypto::leaf_hash(concat({ByteView(&version, 1), commitment}))};
}

NoteRow a_note(std::uint32_t number, std::string_view name) {
    const std::string text = std::string(name) + "\n";
    return {
        .head = {.epoch = 1, .number = number, .note_sha256 = hash_of(text), .directory_number = 1},
        .note = text,
        .object = {.salt = {}, .octets = octets_of(name)}};
}

LinkRow a_link(std::string_view name) {
    const std::string text(name);
    return {.link = id_of<LinkId>(text),
            .vault = id_of<VaultId>("vault"),
            .case_id = id_of<CaseId>("case"),
            .probe_sha256 = hash_of(text + " probe"),
            .public_key = masked(text + " public key"),
            .version = 1,
            .not_after = kNow + std::chrono::days(7),
            .max_opens = 3,
            .lease_length = std::chrono::minutes(120),
            .failures_allowed = 100,
            .created_at = kNow};
}

LinkPublication a_publication(const LinkRow& link) {
    return {.link = link,
            .parts = {{.part = 0, .file = masked("package"), .mac = octets_of("package mac")},
                      {.part = 1,
                       .opens_at = kNow + std::chrono::hours(1),
                       .ends_at = kNow + std::chrono::hours(2),
                       .file = masked("part"),
                       .mac = octets_of("part mac")}},
            .documents = {{.row = 1,
                           .part = 1,
                           .document = id_of<DocumentId>("document"),
                           .header = masked("header")}}};
}

OpenAttempt an_attempt(const LinkRow& link, std::string_view challenge, std::string_view holder) {
    return {.link = link.link,
            .challenge_sha256 = hash_of(challenge),
            .challenge = to_bytes(as_bytes(challenge)),
            .holder_sha256 = hash_of(holder),
            .network = "203.0.113.0/24",
            .signature_is_right = true,
            .signature = masked("signature"),
            .screen_key = octets_of(challenge),
            .now = kNow,
            .log_leaf = hash_of(std::string(challenge) + " leaf")};
}

TemporaryFolder::TemporaryFolder() {
    const std::filesystem::path memory = "/dev/shm";
    const auto parent =
        std::filesystem::exists(memory) ? memory : std::filesystem::temp_directory_path();
    std::string name = (parent / "valv-store-XXXXXX").string();
    VALV_CHECK(::mkdtemp(name.data()) != nullptr);
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string name_of(StoreKind kind) {
    switch (kind) {
        case StoreKind::kMemory:
            return "Memory";
        case StoreKind::kSqlite:
            return "Sqlite";
        case StoreKind::kRerunMemory:
            return "RerunMemory";
        case StoreKind::kRerunSqlite:
            return "RerunSqlite";
    }
    return {};
}

StoreUnderTest::StoreUnderTest(StoreKind kind) {
    if (kind == StoreKind::kSqlite || kind == StoreKind::kRerunSqlite) {
        folder_.emplace();
        inner_ = std::make_unique<SqliteStore>(folder_->path() / "store.db");
    } else {
        inner_ = std::make_unique<MemoryStore>();
    }
    outer_ = inner_.get();
    if (kind == StoreKind::kRerunMemory || kind == StoreKind::kRerunSqlite) {
        rerun_ = std::make_unique<RerunStore>(*inner_);
        outer_ = rerun_.get();
    }
}

}  // namespace valv::store::testing
