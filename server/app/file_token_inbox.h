#pragma once

#include <filesystem>

#include "server/service/token_inbox.h"

namespace valv::app {

// How `resvalvd vault-token` hands a token to a server that runs, whose folder lock it cannot have:
// a file `SHA256-IN-HEX` (0600) that holds the time of expiry. The server looks at claim time.
// Files that are no such thing are left alone. Callable from any thread and process.
class FileTokenInbox final : public service::TokenInbox {
public:
    // `folder` is there and its own name durable.
    explicit FileTokenInbox(std::filesystem::path folder) : folder_(std::move(folder)) {}
    void add(const service::PendingToken& token);
    [[nodiscard]] std::vector<service::PendingToken> list() override;
    void remove(const crypto::Hash& sha256) override;

private:
    std::filesystem::path folder_;
};

}  // namespace valv::app
