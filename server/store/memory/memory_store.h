#pragma once

#include <shared_mutex>

#include "server/store/memory/tables.h"

namespace valv::store {

// Store for tests: everything in memory, one writer at a time, undone when fn throws. Callable from
// any thread.
class MemoryStore final : public Store {
public:
    MemoryStore() = default;
    [[nodiscard]] bool is_writable() override { return true; }
    [[nodiscard]] bool purge_removed() override { return true; }

protected:
    void run(TxKind kind, const std::function<void(Tx&)>& fn) override;

private:
    std::shared_mutex mutex_;  // guards all below; shared by readers
    MemoryState state_;
    MemoryJournal journal_;
    MemoryTx tx_{state_, journal_};
};

}  // namespace valv::store
