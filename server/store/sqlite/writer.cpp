#include "server/store/sqlite/writer.h"

#include <algorithm>
#include <pthread.h>
#include <utility>

#include "common/base/error.h"
#include "server/store/sqlite/schema.h"

namespace valv::store {
namespace {

std::exception_ptr failure_of(ErrorCode code, const char* text) {
    return std::make_exception_ptr(Error(code, text));
}

}  // namespace

SqliteWriter::SqliteWriter(const std::filesystem::path& database, Options options)
    : options_(std::move(options)), db_(database, Connection::Access::kWrite) {
    migrate(db_);
    thread_ = std::thread([this] { loop(); });
    ::pthread_setname_np(thread_.native_handle(), "store-writer");
}

SqliteWriter::~SqliteWriter() {
    {
        const std::lock_guard lock(mutex_);
        is_closing_ = true;
    }
    wakes_.notify_one();
    thread_.join();
}

void SqliteWriter::run(const Job& job) {
    const auto waiting = std::make_shared<Waiting>();
    waiting->job = &job;
    wait_for(waiting);
}

bool SqliteWriter::purge() {
    const auto waiting = std::make_shared<Waiting>();
    wait_for(waiting);
    return waiting->is_purged;
}

void SqliteWriter::wait_for(const std::shared_ptr<Waiting>& waiting) {
    {
        const std::lock_guard lock(mutex_);
        queue_.push_back(waiting);
    }
    wakes_.notify_one();
    waiting->is_answered.wait(0);
    if (waiting->failure != nullptr) {
        std::rethrow_exception(std::exchange(waiting->failure, nullptr));
    }
}

void SqliteWriter::loop() {
    for (Batch batch = take_batch(); !batch.empty(); batch = take_batch()) {
        const auto purges_begin =
            std::stable_partition(batch.begin(), batch.end(),
                                  [](const auto& waiting) { return waiting->job != nullptr; });
        const Batch purges(purges_begin, batch.end());
        batch.erase(purges_begin, batch.end());
        if (!is_writable_) {
            stop_writing(batch);
        } else if (!batch.empty()) {
            commit_batch(batch);
        }
        answer(batch);
        purge(purges);
        answer(purges);
        checkpoint_if_due();
    }
}

SqliteWriter::Batch SqliteWriter::take_batch() {
    std::unique_lock lock(mutex_);
    wakes_.wait(lock, [this] { return is_closing_ || !queue_.empty(); });
    const auto count = static_cast<std::ptrdiff_t>(std::min(queue_.size(), options_.max_batch));
    Batch batch(queue_.begin(), queue_.begin() + count);
    queue_.erase(queue_.begin(), queue_.begin() + count);
    return batch;
}

void SqliteWriter::commit_batch(const Batch& batch) {
    switch (try_batch(batch)) {
        case Fault::kNone:
            return;
        case Fault::kIo:
            return stop_writing(batch);
        case Fault::kFull:
            if (options_.free_reserve) {
                options_.free_reserve();
            }
            [[fallthrough]];
        case Fault::kBusy:
            return commit_each(batch);
    }
}

// Alone, so that one job that is too big for what is left cannot take the small ones with it.
void SqliteWriter::commit_each(const Batch& batch) {
    for (const auto& waiting : batch) {
        switch (is_writable_ ? try_batch({waiting}) : Fault::kIo) {
            case Fault::kNone:
                break;
            case Fault::kIo:
                stop_writing({waiting});
                break;
            case Fault::kFull:
                waiting->failure =
                    failure_of(ErrorCode::kStorageFull, "store: no space left on the device");
                break;
            case Fault::kBusy:
                waiting->failure =
                    failure_of(ErrorCode::kUnavailable, "store: the database is busy");
                break;
        }
    }
}

Fault SqliteWriter::try_batch(const Batch& batch) {
    static_cast<void>(db_.take_fault());
    try {
        db_.execute("BEGIN IMMEDIATE");
        for (const auto& waiting : batch) {
            run_job(*waiting);
        }
        db_.execute("COMMIT");
        return Fault::kNone;
    } catch (const Error&) {  // only the database's: what a job throws ends in run_job
        db_.roll_back();
        const Fault fault = db_.take_fault();
        return fault == Fault::kNone ? Fault::kIo
                                     : fault;  // COMMIT refused for no known reason: effect unknown
    }
}

void SqliteWriter::run_job(Waiting& waiting) {
    waiting.failure = nullptr;
    db_.run("SAVEPOINT job");
    try {
        (*waiting.job)(tx_);
    } catch (...) {  // a thread's entry: whatever fn throws belongs to its caller
        waiting.failure = std::current_exception();
    }
    if (const Fault fault = db_.take_fault(); fault != Fault::kNone) {
        db_.note_fault(fault);
        throw Error(ErrorCode::kStore, "store: the disk failed under a job");
    }
    if (waiting.failure != nullptr) {
        db_.run("ROLLBACK TO job");
    }
    db_.run("RELEASE job");
}

void SqliteWriter::stop_writing(const Batch& batch) {
    if (is_writable_.exchange(false)) {
        db_.forbid_checkpoint_on_close();
    }
    for (const auto& waiting : batch) {
        waiting->failure = failure_of(ErrorCode::kUnavailable,
                                      "store: read-only after an I/O error, until a restart");
    }
}

// After the answers: nobody waits for it. An error here is not the jobs', whose rows the WAL holds;
// but the next fsync could succeed over a lost page, so writing stops.
void SqliteWriter::checkpoint_if_due() {
    if (!is_writable_ || db_.wal_pages() < options_.checkpoint_pages) {
        return;
    }
    const Fault fault = db_.checkpoint();
    if (fault == Fault::kIo) {
        stop_writing({});
    } else if (fault == Fault::kFull && options_.free_reserve) {
        options_.free_reserve();
    }
}

// One truncation serves all who wait for it.
void SqliteWriter::purge(const Batch& purges) {
    if (purges.empty()) {
        return;
    }
    const Fault fault = is_writable_ ? db_.empty_wal() : Fault::kIo;
    if (fault == Fault::kIo) {
        stop_writing(purges);
        return;
    }
    if (fault == Fault::kFull && options_.free_reserve) {
        options_.free_reserve();
    }
    for (const auto& waiting : purges) {
        waiting->is_purged = fault == Fault::kNone;
    }
}

void SqliteWriter::answer(const Batch& batch) {
    for (const auto& waiting : batch) {
        waiting->is_answered = 1;
        waiting->is_answered.notify_one();
    }
}

}  // namespace valv::store
