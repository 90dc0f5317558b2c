#pragma once

#include <map>
#include <memory>
#include <string_view>

#include "common/base/log.h"
#include "server/http/dispatcher.h"
#include "server/service/services.h"
#include "server/store/memory/memory_blobs.h"
#include "server/store/memory/memory_store.h"

namespace valv::client::test {

class MemoryLogKeys final : public service::LogKeys {
public:
    crypto::SigningKey make(const VaultId& vault, crypto::SecretBytes seed) override {
        return keys_.try_emplace(vault, crypto::SigningKey::from_seed(std::move(seed)))
            .first->second.clone();
    }
    [[nodiscard]] std::optional<crypto::SigningKey> find(const VaultId& vault) override {
        const auto found = keys_.find(vault);
        return found == keys_.end() ? std::nullopt : std::optional(found->second.clone());
    }

private:
    std::map<VaultId, crypto::SigningKey> keys_;
};

class MemoryTokens final : public service::TokenInbox {
public:
    [[nodiscard]] std::vector<service::PendingToken> list() override { return tokens; }
    void remove(const crypto::Hash& sha256) override {
        std::erase_if(tokens,
                      [&](const service::PendingToken& token) { return token.sha256 == sha256; });
    }
    std::vector<service::PendingToken> tokens;
};

// The whole server but sockets and disk.
class TestServer {
public:
    TestServer(Clock& clock, RandomSource& random);
    [[nodiscard]] http::Application& application() { return *application_; }
    // As `resvalvd vault-token` prints it.
    [[nodiscard]] crypto::SecretBytes make_token();
    [[nodiscard]] const crypto::Hash& ca_pin() const { return ca_pin_; }
    // What the operator signs a vault's log with.
    [[nodiscard]] crypto::SigningKey log_key(const VaultId& vault) {
        return log_keys_.find(vault).value();
    }
    // Of a CA that really exists, for tests over TLS.
    void set_ca_pin(const crypto::Hash& pin) { ca_pin_ = pin; }

private:
    Clock& clock_;
    RandomSource& random_;
    crypto::Hash ca_pin_;
    Logger logger_;
    store::MemoryStore store_;
    store::MemoryBlobStore blobs_;
    store::MemoryErasureKeys erasure_keys_;
    MemoryLogKeys log_keys_;
    MemoryTokens tokens_;
    service::ServerTime time_;
    service::Environment environment_;
    service::Services services_;
    std::unique_ptr<http::Application> application_;
};

}  // namespace valv::client::test
