#include "server/store/rerun_store.h"

#include <utility>

#include "common/base/error.h"

namespace valv::store {
namespace {

// Rolls a first run back; never leaves this file.
class Again final : public std::exception {};

[[noreturn]] void fail() {
    throw Error(ErrorCode::kUnavailable, "store: a planted fault");
}

}  // namespace

void RerunStore::run(TxKind kind, const std::function<void(Tx&)>& fn) {
    if (kind == TxKind::kWrite) {
        try {
            inner_.transact(kind, [&](Tx& tx) {
                fn(tx);
                throw Again();
            });
        } catch (const Again&) {  // as planned
        }
    }
    inner_.transact(kind, fn);
}

void FaultStore::fail_write(FaultPoint point, std::size_t after) {
    point_ = point;
    writes_before_ = after;
}

void FaultStore::run(TxKind kind, const std::function<void(Tx&)>& fn) {
    if (kind == TxKind::kRead || point_ == FaultPoint::kNone || writes_before_ > 0) {
        writes_before_ -= kind == TxKind::kWrite && writes_before_ > 0 ? 1 : 0;
        return inner_.transact(kind, fn);
    }
    const FaultPoint point = std::exchange(point_, FaultPoint::kNone);
    inner_.transact(kind, [&](Tx& tx) {
        fn(tx);
        if (point == FaultPoint::kBeforeCommit) {
            fail();
        }
    });
    fail();
}

}  // namespace valv::store
