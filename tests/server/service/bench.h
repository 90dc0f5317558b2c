#pragma once

#include <map>
#include <string>
#include <vector>

#include "common/base/log.h"
#include "server/service/environment.h"
#include "server/service/masks.h"
#include "server/store/memory/memory_blobs.h"
#include "server/store/memory/memory_store.h"
#include "tests/crypto/seeded_random.h"

namespace valv::service::test {

class HandClock final : public Clock {
public:
    [[nodiscard]] Instant now() override { return now_; }
    [[nodiscard]] std::chrono::milliseconds monotonic() override { return monotonic_; }
    void sleep_for(std::chrono::milliseconds /*duration*/) override {}
    void set(Instant now) { now_ = now; }
    void advance(std::chrono::seconds duration) {
        now_ += duration;
        monotonic_ += duration;
    }

private:
    Instant now_ = parse_instant("2026-03-01T09:00:00Z");
    std::chrono::milliseconds monotonic_{0};
};

// One key for every vault's log.
class OneLogKey final : public LogKeys {
public:
    explicit OneLogKey(RandomSource& random) : key_(crypto::SigningKey::random(random)) {}
    crypto::SigningKey make(const VaultId& /*vault*/, crypto::SecretBytes /*seed*/) override {
        return key_.clone();
    }
    [[nodiscard]] std::optional<crypto::SigningKey> find(const VaultId& /*vault*/) override {
        return key_.clone();
    }

private:
    crypto::SigningKey key_;
};

class NoTokens final : public TokenInbox {
public:
    [[nodiscard]] std::vector<PendingToken> list() override { return {}; }
    void remove(const crypto::Hash& /*sha256*/) override {}
};

// The services' environment over memory stores.
struct Bench {
    HandClock clock;
    valv::test::SeededRandom random{"server/service"};
    store::MemoryStore store;
    store::MemoryBlobStore blobs{clock};
    store::MemoryErasureKeys erasure_keys;
    OneLogKey log_keys{random};
    NoTokens tokens;
    ServerTime time{clock, store};
    Environment environment{.store = store,
                            .blobs = blobs,
                            .erasure_keys = erasure_keys,
                            .log_keys = log_keys,
                            .tokens = tokens,
                            .time = time,
                            .random = random,
                            .quotas = {}};
    std::string lines;
    Logger logger{clock, [this](std::string_view line) { lines += line; }, LogLevel::kDebug};
};

// A link as it is published, and what opens it.
struct TestLink {
    store::LinkPublication rows;
    Bytes probe = Bytes(limits::kSecretBytes, 7);
    crypto::SigningKey auth;
};
[[nodiscard]] inline TestLink publish_link(Bench& bench, std::uint32_t max_opens = 1,
                                           std::chrono::hours lifetime = std::chrono::hours(24)) {
    TestLink link{.rows = {}, .auth = crypto::SigningKey::random(bench.random)};
    store::LinkRow& row = link.rows.link;
    row.link = LinkId::random(bench.random);
    row.vault = VaultId::random(bench.random);
    row.case_id = CaseId::random(bench.random);
    row.probe_sha256 = crypto::sha256(link.probe);
    row.version = 1;
    row.not_after = bench.clock.now() + lifetime;
    row.max_opens = max_opens;
    row.lease_length = std::chrono::minutes(60);
    row.failures_allowed = limits::kFailuresToLock;
    row.created_at = bench.clock.now();
    const crypto::SecretBytes key =
        find_or_make_erasure_key(bench.erasure_keys, erasure_key_id(row.link), bench.random);
    row.public_key = masked(key, mask_kind::kPublicKey, link.auth.public_key(), bench.random);
    link.rows.parts.push_back(
        {.part = 0,
         .file = masked(key, mask_kind::kPackage, as_bytes("package"), bench.random),
         .mac = Bytes(limits::kSecretBytes)});
    link.rows.parts.push_back(
        {.part = 1,
         .opens_at = bench.clock.now() + std::chrono::hours(1),
         .ends_at = bench.clock.now() + std::chrono::hours(2),
         .file = masked(key, mask_kind::kPart, as_bytes("part"), bench.random),
         .mac = Bytes(limits::kSecretBytes)});
    bench.store.transact(store::TxKind::kWrite,
                         [&](store::Tx& tx) { VALV_CHECK(tx.links().insert(link.rows)); });
    return link;
}

}  // namespace valv::service::test
