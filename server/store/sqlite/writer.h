#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "server/store/sqlite/tables.h"

namespace valv::store {

// The one writer: a thread that takes what has queued up into one BEGIN IMMEDIATE, with a savepoint
// for each job, and answers only after COMMIT (one fsync for all of them).
//
// - A job that throws is rolled back to its savepoint; the others go on.
// - A COMMIT that is known not to have happened (disk full, busy) runs the jobs again, each alone,
// after the reserve was freed.
// - An I/O error leaves it unknown what reached the disk: the writer stops for good and every job
// gets kUnavailable.
class SqliteWriter {
public:
    using Job = std::function<void(Tx&)>;
    struct Options {
        std::size_t max_batch = 256;  // jobs in one transaction
        int checkpoint_pages = 1000;  // WAL pages after which it is copied into the database
        std::function<void()> free_reserve{};  // called once the disk is full; may be empty
    };

    SqliteWriter(const std::filesystem::path& database, Options options);
    SqliteWriter(const SqliteWriter&) = delete;
    SqliteWriter& operator=(const SqliteWriter&) = delete;
    ~SqliteWriter();  // finishes what has queued up

    // Blocks until the job is durable or has failed. Callable from any thread but not from inside a
    // job.
    void run(const Job& job);
    // Leaves nothing of removed rows in the database and its WAL: false while a reader needs the
    // old state. Throws as run.
    [[nodiscard]] bool purge();
    [[nodiscard]] bool is_writable() const noexcept { return is_writable_; }

private:
    struct Waiting {
        const Job* job = nullptr;  // on the stack of run(), which waits; none: a purge
        bool is_purged = false;
        std::exception_ptr failure{};      // the thread's until it has answered, then the waiter's
        std::atomic<int> is_answered = 0;  // an int, because only that is a futex of its own
    };
    // Shared, because the thread may still be inside notify_one() when the waiter has its answer
    // and leaves.
    using Batch = std::vector<std::shared_ptr<Waiting>>;

    void wait_for(const std::shared_ptr<Waiting>& waiting);
    void loop();
    [[nodiscard]] Batch take_batch();
    void commit_batch(const Batch& batch);
    void commit_each(const Batch& batch);
    // One try. kNone: committed, or nothing to commit.
    [[nodiscard]] Fault try_batch(const Batch& batch);
    void run_job(Waiting& waiting);
    void stop_writing(const Batch& batch);
    void checkpoint_if_due();
    void purge(const Batch& purges);
    static void answer(const Batch& batch);

    Options options_;
    Connection db_;  // the thread's alone, once it runs
    SqliteTx tx_{db_};
    std::atomic<bool> is_writable_ = true;
    std::mutex mutex_;  // guards queue_ and is_closing_
    std::condition_variable wakes_;
    std::deque<std::shared_ptr<Waiting>> queue_;
    bool is_closing_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace valv::store
