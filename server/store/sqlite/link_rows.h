#pragma once

#include "server/store/rows.h"
#include "server/store/sqlite/database.h"

// Reading of links' rows, shared by links.cpp and link_open.cpp.
namespace valv::store {

// Columns 0 to 18 as the table has them.
[[nodiscard]] LinkRow read_link(const Statement& row);
[[nodiscard]] std::optional<LinkRow> find_link(Connection& db, const LinkId& link);
[[nodiscard]] std::optional<LeaseRow> find_lease(Connection& db, const LinkId& link,
                                                 const Hash& holder_sha256, Instant now);

}  // namespace valv::store
