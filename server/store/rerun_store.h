#pragma once

#include <exception>

#include "server/store/store.h"

// Decorators for tests. They borrow the store that they decorate.
namespace valv::store {

// Runs each write twice on purpose: once rolled back, then for good, as a database of several nodes
// may.
class RerunStore final : public Store {
public:
    explicit RerunStore(Store& inner) : inner_(inner) {}
    [[nodiscard]] bool is_writable() override { return inner_.is_writable(); }
    [[nodiscard]] bool purge_removed() override { return inner_.purge_removed(); }

protected:
    void run(TxKind kind, const std::function<void(Tx&)>& fn) override;

private:
    Store& inner_;
};

enum class FaultPoint { kNone, kBeforeCommit, kAfterCommit };

// Fails one write with kUnavailable: not written, or written though the caller is told that it
// failed.
class FaultStore final : public Store {
public:
    explicit FaultStore(Store& inner) : inner_(inner) {}
    // The write that follows `after` further writes fails. For one thread.
    void fail_write(FaultPoint point, std::size_t after = 0);
    [[nodiscard]] bool is_writable() override { return inner_.is_writable(); }
    [[nodiscard]] bool purge_removed() override { return inner_.purge_removed(); }

protected:
    void run(TxKind kind, const std::function<void(Tx&)>& fn) override;

private:
    Store& inner_;
    FaultPoint point_ = FaultPoint::kNone;
    std::size_t writes_before_ = 0;
};

}  // namespace valv::store
