#include "server/store/sqlite/sqlite_store.h"

#include <mutex>

#include "common/base/error.h"
#include "server/store/files/file.h"
#include "server/store/sqlite/tables.h"
#include "server/store/sqlite/writer.h"

namespace valv::store {
namespace {

// A read connection with its tables.
struct Reader {
    explicit Reader(const std::filesystem::path& database)
        : db(database, Connection::Access::kRead) {}
    Connection db;
    SqliteTx tx{db};
};

// As many readers as ever read at the same time. Callable from any thread.
class ReaderPool {
public:
    explicit ReaderPool(std::filesystem::path database) : database_(std::move(database)) {}

    [[nodiscard]] std::unique_ptr<Reader> take() {
        {
            const std::lock_guard lock(mutex_);
            if (!free_.empty()) {
                auto reader = std::move(free_.back());
                free_.pop_back();
                return reader;
            }
        }
        return std::make_unique<Reader>(database_);
    }
    void give_back(std::unique_ptr<Reader> reader) {
        const std::lock_guard lock(mutex_);
        free_.push_back(std::move(reader));
    }

private:
    std::filesystem::path database_;
    std::mutex mutex_;  // guards free_
    std::vector<std::unique_ptr<Reader>> free_;
};

// A reader for as long as it lives; ends its transaction.
class Loan {
public:
    explicit Loan(ReaderPool& pool) : pool_(pool), reader_(pool.take()) {}
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    ~Loan() {
        reader_->db.roll_back();  // nothing was written: it only lets the snapshot go
        pool_.give_back(std::move(reader_));
    }
    Reader* operator->() const { return reader_.get(); }

private:
    ReaderPool& pool_;
    std::unique_ptr<Reader> reader_;
};

}  // namespace

struct SqliteStore::Parts {
    Parts(const std::filesystem::path& database, const SqliteOptions& options)
        : writer(database, {.checkpoint_pages = options.checkpoint_pages,
                            .free_reserve = options.free_reserve}),
          readers(database) {}
    SqliteWriter writer;
    ReaderPool readers;
};

SqliteStore::SqliteStore(const std::filesystem::path& database, const SqliteOptions& options)
    : parts_(std::make_unique<Parts>(database, options)) {
    sync_folder(database.parent_path());  // the database and its WAL may be new
}

SqliteStore::~SqliteStore() = default;

bool SqliteStore::is_writable() {
    return parts_->writer.is_writable();
}

bool SqliteStore::purge_removed() {
    return parts_->writer.purge();
}

void SqliteStore::run(TxKind kind, const std::function<void(Tx&)>& fn) {
    if (kind == TxKind::kRead) {
        read(fn);
    } else {
        parts_->writer.run(fn);
    }
}

void SqliteStore::read(const std::function<void(Tx&)>& fn) {
    const Loan reader(parts_->readers);
    reader->db.run("BEGIN");
    fn(reader->tx);
}

std::vector<std::string> SqliteStore::integrity_faults() {
    std::vector<std::string> faults;
    const Loan reader(parts_->readers);
    {
        Statement row = reader->db.query("PRAGMA integrity_check");
        while (row.step()) {
            if (auto text = row.text(0); text != "ok") {
                faults.push_back(std::move(text));
            }
        }
    }
    {
        Statement row = reader->db.query("PRAGMA foreign_key_check");
        while (row.step()) {
            faults.push_back("foreign key broken in " + row.text(0));
        }
    }
    return faults;
}

}  // namespace valv::store
