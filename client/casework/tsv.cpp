#include "client/casework/tsv.h"

#include "common/base/error.h"

namespace valv::casework {
namespace {

TsvRow split(std::string_view line) {
    TsvRow fields;
    for (auto tab = line.find('\t'); tab != std::string_view::npos; tab = line.find('\t')) {
        fields.push_back(line.substr(0, tab));
        line.remove_prefix(tab + 1);
    }
    fields.push_back(line);
    return fields;
}

}  // namespace

std::vector<TsvRow> parse_tsv(std::string_view text, std::size_t fields) {
    std::vector<TsvRow> rows;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const auto line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.empty() || line.front() == '#') {
            continue;
        }
        rows.push_back(split(line));
        if (rows.back().size() != fields) {
            throw Error(ErrorCode::kMalformed, "table: a row has another number of fields");
        }
    }
    return rows;
}

}  // namespace valv::casework
