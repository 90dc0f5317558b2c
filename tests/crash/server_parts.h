#pragma once

#include <string>
#include <vector>

#include "server/service/environment.h"
#include "tests/crash/parts.h"

namespace valv::crash {

// What the services need beside the stores: a clock that stands, and nothing else.
class NoLogKeys final : public service::LogKeys {
public:
    crypto::SigningKey make(const VaultId& /*vault*/, crypto::SecretBytes seed) override {
        return crypto::SigningKey::from_seed(std::move(seed));
    }
    [[nodiscard]] std::optional<crypto::SigningKey> find(const VaultId& /*vault*/) override {
        return std::nullopt;
    }
};

class NoTokens final : public service::TokenInbox {
public:
    [[nodiscard]] std::vector<service::PendingToken> list() override { return {}; }
    void remove(const crypto::Hash& /*sha256*/) override {}
};

class ServerParts {
public:
    explicit ServerParts(Parts& parts);
    [[nodiscard]] service::Environment& environment() noexcept { return environment_; }

private:
    store::testing::StandingClock clock_{store::testing::kNow};
    store::testing::SeededRandom random_{7};
    NoLogKeys log_keys_;
    NoTokens tokens_;
    service::ServerTime time_;
    service::Environment environment_;
};

enum class Opens { kNo, kYes };

// A case that will be erased: keyring, record, paper and link. The same number gives the same ids
// and octets.
class DoomedCase {
public:
    explicit DoomedCase(int round) : name_("doomed " + std::to_string(round)) {}
    [[nodiscard]] CaseId id() const { return store::testing::id_of<CaseId>(name_); }
    void make(service::Environment& environment) const;
    void begin_erasure(service::Environment& environment) const;
    // Its keyring unmasks to what it was, and its paper is there.
    [[nodiscard]] Opens opens_by(Parts& parts, store::Tx& tx) const;
    // Keys, masked objects, ciphertext.
    [[nodiscard]] std::vector<Bytes> traces() const;

private:
    [[nodiscard]] Bytes filled(const std::string& what) const {
        return store::testing::octets_of(name_ + what);
    }
    [[nodiscard]] store::LinkRow link() const;
    [[nodiscard]] store::ChainKey chain(store::NoteKind kind) const;
    void put_key(service::Environment& environment, const ErasureKeyId& key) const;
    void put_document(store::Tx& tx) const;
    std::string name_;
};

}  // namespace valv::crash
