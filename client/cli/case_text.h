#pragma once

#include <optional>
#include <string>

#include "client/casework/record.h"

// Rows of the record as people read them.
namespace valv::cli {

[[nodiscard]] std::string person_name(const casework::PersonName& name);
// `2026-04-14 10:10 Europe/Stockholm`
[[nodiscard]] std::string local_text(casework::Local local, const std::string& zone);
// `2 h 05 min`
[[nodiscard]] std::string span_text(std::chrono::seconds span);
// Name of an escort, office, contact, transit contact or person by its local id.
[[nodiscard]] std::optional<std::string> find_recipient_name(const casework::Record& record,
                                                             const casework::Lid& id);

}  // namespace valv::cli
