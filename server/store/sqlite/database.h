#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "common/base/bytes.h"
#include "common/base/clock.h"
#include "common/base/ids.h"
#include "crypto/core/hash.h"

struct sqlite3;
struct sqlite3_stmt;

// A thin wrapper of SQLite's C API. database.cpp is the only file that includes sqlite3.h.
namespace valv::store {

// SQL text is constant: a literal of the program, never put together at run time.
class Sql {
public:
    consteval Sql(const char* text)
        : text_(text) {}  // NOLINT(google-explicit-constructor): literals convert.
    [[nodiscard]] constexpr const char* text() const { return text_; }

private:
    const char* text_;
};

// What went wrong below SQL, worst last. A fault of the disk is told apart from an exception that a
// caller's fn threw.
enum class Fault { kNone, kBusy, kFull, kIo };

class Connection;

// A prepared statement on loan from its connection: bound, stepped, and reset when it goes.
class Statement {
public:
    template <typename... Values>
    Statement(Connection& connection, sqlite3_stmt* handle, const Values&... values)
        : connection_(connection), handle_(handle) {
        int index = 0;
        (bind(++index, values), ...);
    }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    // True: a row stands. Throws kStorageFull, kIo, kUnavailable (busy), kStore.
    [[nodiscard]] bool step();

    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::uint64_t size(int column) const;
    [[nodiscard]] std::uint32_t number(int column) const;
    [[nodiscard]] bool flag(int column) const { return integer(column) != 0; }
    [[nodiscard]] Bytes octets(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] crypto::Hash hash(int column) const;
    [[nodiscard]] Instant instant(int column) const;
    [[nodiscard]] std::optional<Instant> maybe_instant(int column) const;
    template <typename Id>
    [[nodiscard]] Id id(int column) const {
        return Id::from_bytes(octets(column));
    }

private:
    void bind(int index, std::int64_t value);
    void bind(int index, std::uint64_t value);
    void bind(int index, std::uint32_t value) { bind(index, std::int64_t{value}); }
    void bind(int index, bool value) { bind(index, std::int64_t{value ? 1 : 0}); }
    void bind(int index, ByteView value);
    void bind(int index, const Bytes& value) { bind(index, ByteView(value)); }
    void bind(int index, const crypto::Hash& value) { bind(index, ByteView(value)); }
    void bind(int index, std::string_view value);
    void bind(int index, const std::string& value) { bind(index, std::string_view(value)); }
    void bind(int index, Instant value) {
        bind(index, std::int64_t{value.time_since_epoch().count()});
    }
    void bind(int index, std::chrono::minutes value) { bind(index, std::int64_t{value.count()}); }
    template <typename Tag>
    void bind(int index, const StrongId<Tag>& value) {
        bind(index, value.bytes());
    }
    template <typename Value>
    void bind(int index, const std::optional<Value>& value) {
        value ? bind(index, *value) : bind_null(index);
    }
    void bind_null(int index);
    void require(int result) const;

    Connection& connection_;
    sqlite3_stmt* handle_;  // owned by the connection's cache
};

// One handle with its cache of prepared statements. For one thread at a time.
class Connection {
public:
    enum class Access { kRead, kWrite };
    // Opens (and for kWrite makes) the database: WAL, synchronous=FULL, foreign keys. Throws kIo,
    // kStore.
    Connection(const std::filesystem::path& database, Access access);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() = default;

    // The statement for `sql`, prepared once for each connection, bound to `values`.
    template <typename... Values>
    [[nodiscard]] Statement query(Sql sql, const Values&... values) {
        return Statement(*this, prepared(sql), values...);
    }
    // Steps a statement that gives no row; the number of rows that it changed.
    template <typename... Values>
    int run(Sql sql, const Values&... values) {
        Statement statement(*this, prepared(sql), values...);
        while (statement.step()) {
        }
        return changes();
    }
    // A script of several statements, not cached.
    void execute(Sql script);

    // Ends the open transaction, if SQLite has not ended it by itself.
    void roll_back() noexcept;
    // The worst fault since the last call.
    [[nodiscard]] Fault take_fault() noexcept;
    void note_fault(Fault fault) noexcept { fault_ = std::max(fault_, fault); }
    // Copies the WAL into the database as far as readers let it. Returns the fault instead of
    // throwing.
    [[nodiscard]] Fault checkpoint() noexcept;
    // Copies all of the WAL and makes it empty, durably. kBusy while a reader needs it.
    [[nodiscard]] Fault empty_wal() noexcept;
    // After an I/O error: closing must not touch the database file again.
    void forbid_checkpoint_on_close() noexcept;
    // Pages in the WAL after the last commit of this connection.
    [[nodiscard]] int wal_pages() const noexcept { return *wal_pages_; }

private:
    friend class Statement;
    [[nodiscard]] int changes() const;
    [[nodiscard]] sqlite3_stmt* prepared(Sql sql);
    // Notes the fault and throws what it means to a caller.
    [[noreturn]] void fail(int result);
    void require(int result);

    struct CloseHandle {
        void operator()(sqlite3* handle) const noexcept;
    };
    struct FinalizeStatement {
        void operator()(sqlite3_stmt* handle) const noexcept;
    };
    std::unique_ptr<int> wal_pages_ =
        std::make_unique<int>(0);  // its address is SQLite's hook argument
    std::unique_ptr<sqlite3, CloseHandle> handle_;
    // By the literal's address: the same text twice is prepared twice, which is harmless.
    std::unordered_map<const char*, std::unique_ptr<sqlite3_stmt, FinalizeStatement>> statements_;
    Fault fault_ = Fault::kNone;
};

}  // namespace valv::store
