#include "server/store/memory/memory_store.h"

#include <mutex>

namespace valv::store {
namespace {

// Undoes and closes the journal unless commit() was called.
class Write {
public:
    explicit Write(MemoryJournal& journal) : journal_(journal) {
        journal_.begin(Writing::kAllowed);
    }
    Write(const Write&) = delete;
    Write& operator=(const Write&) = delete;
    ~Write() {
        journal_.roll_back();
        journal_.begin(Writing::kRefused);
    }
    void commit() { journal_.commit(); }

private:
    MemoryJournal& journal_;
};

}  // namespace

void MemoryStore::run(TxKind kind, const std::function<void(Tx&)>& fn) {
    if (kind == TxKind::kRead) {
        const std::shared_lock lock(mutex_);
        return fn(tx_);
    }
    const std::unique_lock lock(mutex_);
    Write write(journal_);
    fn(tx_);
    write.commit();
}

Instant MemoryTx::time_high_water() {
    const auto found = state_.high_water.find(0);
    return found == state_.high_water.end() ? Instant{} : found->second;
}

void MemoryTx::raise_time(Instant now) {
    Instant& high_water = journal_.change(state_.high_water, 0);
    high_water = std::max(high_water, now);
}

}  // namespace valv::store
