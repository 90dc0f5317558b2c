#include "tests/tamper/page.h"

#include <cctype>
#include <map>
#include <vector>

#include "common/base/error.h"

namespace valv::client::test {
namespace {

std::string note_text(const Cell& cell) {
    return cell.note == 0 ? std::string() : " (" + std::to_string(cell.note) + ")";
}

// Short names keep twelve columns on a page.
class Legend {
public:
    const std::string& letters_of(std::string_view name) {
        const auto [place, is_new] = letters_.try_emplace(name);
        if (is_new) {
            place->second = "T" + std::to_string(letters_.size());
            order_.push_back(name);
        }
        return place->second;
    }
    [[nodiscard]] std::string text() const {
        std::string text;
        for (const std::string_view name : order_) {
            text += text.empty() ? "" : " · ";
            text += letters_.at(name) + " `" + std::string(name) + "`";
        }
        return text;
    }

private:
    std::map<std::string_view, std::string> letters_;
    std::vector<std::string_view> order_;
};

std::string cell_text(const Cell& cell, Legend& legend) {
    switch (cell.outcome) {
        case Outcome::kNone:
            return "–";
        case Outcome::kNoticed:
            return legend.letters_of(cell.name);
        case Outcome::kLater:
            return legend.letters_of(cell.name) + " if" + note_text(cell);
        case Outcome::kNoEffect:
            return "=";
        case Outcome::kSetAside:
            return "aside" + note_text(cell);
        case Outcome::kRefused:
            return std::string(cell.name == "network" ? "exit 4" : "exit 1") + note_text(cell);
        case Outcome::kUnseen:
            break;
    }
    return "✗" + note_text(cell);
}

std::string head() {
    std::string names = "| what the server answers |";
    std::string line = "|---|";
    for (std::size_t change = 0; change < kChangeCount; ++change) {
        names += " " + std::string(to_string(static_cast<Change>(change))) + " |";
        line += "---|";
    }
    return names + "\n" + line + "\n";
}

std::string row_text(const Row& row, Legend& legend) {
    std::string text = "| " + std::string(row.words) + " |";
    for (const Cell& cell : row.cells) {
        text += " " + cell_text(cell, legend) + " |";
    }
    return text + "\n";
}

std::string count_text() {
    std::map<Outcome, int> counts;
    for (const Row& row : rows()) {
        for (const Cell& cell : row.cells) {
            ++counts[cell.outcome];
        }
    }
    const auto count = [&](Outcome outcome) { return std::to_string(counts[outcome]); };
    return count(Outcome::kNoticed) + " cells are noticed, " + count(Outcome::kLater) +
           " under a condition, " + count(Outcome::kNoEffect) + " change nothing, " +
           count(Outcome::kSetAside) + " are set aside, " + count(Outcome::kRefused) +
           " end with an ordinary error, " + count(Outcome::kUnseen) + " cannot be noticed.\n";
}

}  // namespace

std::string test_name(const Row& row, Change change) {
    std::string name;
    for (const char letter : row.words) {
        if (letter == ' ') {
            name += '_';
        } else if (std::isalnum(static_cast<unsigned char>(letter)) != 0) {
            name += letter;
        }
    }
    return name + "_" + std::string(to_string(change));
}

std::string page_table() {
    Legend legend;
    std::string table = head();
    for (const Row& row : rows()) {
        table += row_text(row, legend);
    }
    std::string text = "\n" + table + "\n" + legend.text() + "\n\n" + count_text() + "\n";
    int number = 0;
    for (const std::string_view note : notes()) {
        text += std::to_string(++number) + ". " + std::string(note) + "\n";
    }
    return text + "\n";
}

std::string with_table(std::string_view page) {
    const std::size_t begin = page.find(kPageBegin);
    const std::size_t end = page.find(kPageEnd);
    if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) {
        throw Error(ErrorCode::kMalformed, "threats page: the marks of the table are missing");
    }
    const std::size_t from = begin + kPageBegin.size();
    return std::string(page.substr(0, from)) + page_table() + std::string(page.substr(end));
}

}  // namespace valv::client::test
