#include "server/store/sqlite/database.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <sqlite3.h>

#include "common/base/error.h"

namespace valv::store {
namespace {

constexpr std::chrono::milliseconds kBusyTimeout{
    5000};  // only a backup or a checkpoint can hold the database

Fault fault_of(int result) {
    switch (result & 0xff) {  // the primary code; SQLite documents the low octet
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return Fault::kBusy;
        case SQLITE_FULL:
            return Fault::kFull;
        case SQLITE_IOERR:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_CANTOPEN:
            return Fault::kIo;
        default:
            return Fault::kNone;
    }
}

ErrorCode code_of(Fault fault) {
    switch (fault) {
        case Fault::kBusy:
            return ErrorCode::kUnavailable;
        case Fault::kFull:
            return ErrorCode::kStorageFull;
        case Fault::kIo:
            return ErrorCode::kIo;
        case Fault::kNone:
            break;
    }
    return ErrorCode::kStore;
}

// Called by SQLite after each commit. We checkpoint ourselves (writer.cpp), because SQLite drops
// the errors of its own.
int note_wal_pages(void* pages, sqlite3* /*handle*/, const char* /*name*/, int count) noexcept {
    *static_cast<int*>(pages) = count;
    return SQLITE_OK;
}

}  // namespace

Statement::~Statement() {
    ::sqlite3_reset(handle_);
    ::sqlite3_clear_bindings(handle_);
}

bool Statement::step() {
    const int result = ::sqlite3_step(handle_);
    if (result != SQLITE_ROW && result != SQLITE_DONE) {
        connection_.fail(result);
    }
    return result == SQLITE_ROW;
}

bool Statement::is_null(int column) const {
    return ::sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
    return ::sqlite3_column_int64(handle_, column);
}

std::uint64_t Statement::size(int column) const {
    return static_cast<std::uint64_t>(integer(column));
}

std::uint32_t Statement::number(int column) const {
    return static_cast<std::uint32_t>(integer(column));
}

Bytes Statement::octets(int column) const {
    const auto* const data =
        static_cast<const std::uint8_t*>(::sqlite3_column_blob(handle_, column));
    const auto count = static_cast<std::size_t>(::sqlite3_column_bytes(handle_, column));
    return count == 0 ? Bytes{} : Bytes(data, data + count);
}

std::string Statement::text(int column) const {
    return std::string(as_text(octets(column)));
}

crypto::Hash Statement::hash(int column) const {
    return crypto::hash_from(octets(column));
}

Instant Statement::instant(int column) const {
    return Instant(std::chrono::seconds(integer(column)));
}

std::optional<Instant> Statement::maybe_instant(int column) const {
    return is_null(column) ? std::nullopt : std::optional(instant(column));
}

void Statement::bind(int index, std::int64_t value) {
    require(::sqlite3_bind_int64(handle_, index, value));
}

void Statement::bind(int index, std::uint64_t value) {
    if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        throw Error(ErrorCode::kInvalidArgument,
                    "sqlite: an integer past 2^63");  // it may come from outside: no abort
    }
    bind(index, static_cast<std::int64_t>(value));
}

void Statement::bind(int index, ByteView value) {
    // A null pointer would bind NULL, and an empty vector may have one.
    const void* const data = value.empty() ? "" : static_cast<const void*>(value.data());
    require(::sqlite3_bind_blob64(handle_, index, data, value.size(), SQLITE_TRANSIENT));
}

void Statement::bind(int index, std::string_view value) {
    const char* const data = value.empty() ? "" : value.data();
    require(
        ::sqlite3_bind_text64(handle_, index, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind_null(int index) {
    require(::sqlite3_bind_null(handle_, index));
}

void Statement::require(int result) const {
    connection_.require(result);
}

void Connection::CloseHandle::operator()(sqlite3* handle) const noexcept {
    ::sqlite3_close_v2(handle);
}

void Connection::FinalizeStatement::operator()(sqlite3_stmt* handle) const noexcept {
    ::sqlite3_finalize(handle);
}

Connection::Connection(const std::filesystem::path& database, Access access) {
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (access == Access::kWrite ? SQLITE_OPEN_CREATE : 0);
    sqlite3* handle = nullptr;
    const int result = ::sqlite3_open_v2(database.c_str(), &handle, flags, nullptr);
    handle_.reset(handle);  // SQLite gives a handle even when it fails
    require(result);
    require(::sqlite3_busy_timeout(handle, static_cast<int>(kBusyTimeout.count())));
    execute(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        "PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF");
    if (access == Access::kRead) {
        execute("PRAGMA query_only=ON");
    }
    ::sqlite3_wal_hook(handle, note_wal_pages, wal_pages_.get());
}

void Connection::execute(Sql script) {
    require(::sqlite3_exec(handle_.get(), script.text(), nullptr, nullptr, nullptr));
}

void Connection::roll_back() noexcept {
    if (::sqlite3_get_autocommit(handle_.get()) == 0) {
        // Its result does not matter: it fails only when SQLite has rolled back by itself.
        ::sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

Fault Connection::take_fault() noexcept {
    return std::exchange(fault_, Fault::kNone);
}

Fault Connection::checkpoint() noexcept {
    *wal_pages_ = 0;  // asked again after as many new pages, even when a reader stopped this one
    return fault_of(::sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                                nullptr, nullptr));
}

// SQLite does not fsync what it truncates: after a power cut the old frames would be in the file
// again.
Fault Connection::empty_wal() noexcept {
    const int emptied = ::sqlite3_wal_checkpoint_v2(handle_.get(), nullptr,
                                                    SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    if (emptied != SQLITE_OK) {
        return fault_of(emptied);
    }
    *wal_pages_ = 0;
    sqlite3_file* wal = nullptr;
    const int found =
        ::sqlite3_file_control(handle_.get(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &wal);
    if (found != SQLITE_OK || wal == nullptr || wal->pMethods == nullptr) {
        return Fault::kIo;
    }
    return wal->pMethods->xSync(wal, SQLITE_SYNC_FULL) == SQLITE_OK ? Fault::kNone : Fault::kIo;
}

void Connection::forbid_checkpoint_on_close() noexcept {
    ::sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

int Connection::changes() const {
    return ::sqlite3_changes(handle_.get());
}

sqlite3_stmt* Connection::prepared(Sql sql) {
    auto& entry = statements_[sql.text()];
    if (entry == nullptr) {
        sqlite3_stmt* handle = nullptr;
        require(::sqlite3_prepare_v3(handle_.get(), sql.text(), -1, SQLITE_PREPARE_PERSISTENT,
                                     &handle, nullptr));
        entry.reset(handle);
    }
    VALV_CHECK(::sqlite3_stmt_busy(entry.get()) ==
               0);  // two loans of one statement would share their rows
    return entry.get();
}

void Connection::fail(int result) {
    const Fault fault = fault_of(result);
    note_fault(fault);
    // SQLite's fixed sentence for the code; sqlite3_errmsg could hold a value.
    throw Error(code_of(fault), std::string("sqlite: ") + ::sqlite3_errstr(result) + ", code " +
                                    std::to_string(result));
}

void Connection::require(int result) {
    if (result != SQLITE_OK) {
        fail(result);
    }
}

}  // namespace valv::store
