#include "tests/e2e/store_dump.h"

#include <functional>
#include <memory>
#include <stdexcept>

#include <sqlite3.h>

namespace valv::e2e {
namespace {

using Database = std::unique_ptr<sqlite3, decltype(&::sqlite3_close)>;
using Statement = std::unique_ptr<sqlite3_stmt, decltype(&::sqlite3_finalize)>;

Database open_for_reading(const std::filesystem::path& file) {
    sqlite3* opened = nullptr;
    const int result = ::sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READONLY, nullptr);
    Database database(opened, &::sqlite3_close);
    if (result != SQLITE_OK) {
        throw std::runtime_error("store: cannot be read");
    }
    return database;
}

void for_each_row(sqlite3* database, const std::string& sql,
                  const std::function<void(sqlite3_stmt*)>& take) {
    sqlite3_stmt* prepared = nullptr;
    if (::sqlite3_prepare_v2(database, sql.c_str(), -1, &prepared, nullptr) != SQLITE_OK) {
        throw std::runtime_error("store: " + std::string(::sqlite3_errmsg(database)));
    }
    const Statement statement(prepared, &::sqlite3_finalize);
    while (::sqlite3_step(prepared) == SQLITE_ROW) {
        take(prepared);
    }
}

std::string octets_of(sqlite3_stmt* row, int column) {
    const void* const octets = ::sqlite3_column_blob(row, column);
    const auto size = static_cast<std::size_t>(::sqlite3_column_bytes(row, column));
    return octets == nullptr ? std::string() : std::string(static_cast<const char*>(octets), size);
}

std::string rows_of(sqlite3* database, const std::string& table) {
    std::string text;
    for_each_row(database, "SELECT * FROM " + table, [&text](sqlite3_stmt* row) {
        for (int column = 0; column < ::sqlite3_column_count(row); ++column) {
            text += octets_of(row, column) + '|';
        }
        text += '\n';
    });
    return text;
}

}  // namespace

std::map<std::string, std::string> dump_store(const std::filesystem::path& database) {
    const Database opened = open_for_reading(database);
    std::map<std::string, std::string> tables;
    for_each_row(opened.get(),
                 "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'server_time'",
                 [&](sqlite3_stmt* row) { tables[octets_of(row, 0)]; });
    for (auto& [name, rows] : tables) {
        rows = rows_of(opened.get(), name);
    }
    return tables;
}

}  // namespace valv::e2e
