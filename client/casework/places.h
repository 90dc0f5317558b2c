#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

// The shipped table of airports (docs/decisions.md "Airports from two tables"). Stations, ports and
// other places have no code: they are named and carry country and zone in the record.
namespace valv::casework {

struct Airport {
    std::string code;  // IATA, upper case
    std::string name;
    std::string country;
    std::string zone;
};

// Built once and read from any thread. Owns its rows.
class Places {
public:
    // Lines `code TAB name TAB country TAB zone`; lines that begin with # and empty lines are
    // skipped. Throws kMalformed on anything else: the table is ours.
    [[nodiscard]] static Places parse(std::string_view tsv);
    // The table that the program carries (templates/places/airports.tsv).
    [[nodiscard]] static Places builtin();

    [[nodiscard]] const Airport* find(std::string_view code) const;
    [[nodiscard]] std::size_t size() const { return airports_.size(); }

private:
    std::map<std::string, Airport, std::less<>> airports_;
};

}  // namespace valv::casework
