#pragma once

#include "server/store/sqlite/database.h"

namespace valv::store {

// Brings the database to the newest schema, each step in one transaction with its `user_version`.
// Throws kStore when the database is of a newer program.
void migrate(Connection& connection);

// What migrate() ends at.
[[nodiscard]] std::int64_t newest_schema();

}  // namespace valv::store
