#include "client/casework/places.h"

#include "client/casework/embedded.h"
#include "client/casework/tsv.h"

namespace valv::casework {

Places Places::parse(std::string_view tsv) {
    constexpr std::size_t kFields = 4;
    Places places;
    for (const auto& row : parse_tsv(tsv, kFields)) {
        places.airports_.emplace(row[0], Airport{.code = std::string(row[0]),
                                                 .name = std::string(row[1]),
                                                 .country = std::string(row[2]),
                                                 .zone = std::string(row[3])});
    }
    return places;
}

Places Places::builtin() {
    return parse(builtin_airports());
}

const Airport* Places::find(std::string_view code) const {
    const auto found = airports_.find(code);
    return found == airports_.end() ? nullptr : &found->second;
}

}  // namespace valv::casework
