#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/casework/enums.h"
#include "client/casework/times.h"
#include "client/cli/sentences.h"
#include "common/base/clock.h"

// What a command takes, and what it got. Only parser.cpp knows the library that reads the line.
namespace valv::cli {

enum class Take {
    kWord,    // a positional argument, needed
    kValue,   // an option with a value
    kNeeded,  // ditto, must be there
    kValues,  // an option that may come several times or with commas
    kFlag
};

// `name` is `CASE` for a word and `--kind` (or `-o,--output`) for the rest.
struct ArgumentSpec {
    std::string name;
    Take take = Take::kValue;
    std::string help;
};

// Values by the last name of their spec, `CASE` or `--output`. Every reader throws a UsageError
// that names the option and never its value.
class Arguments {
public:
    void set(const std::string& name, std::vector<std::string> values) {
        values_[name] = std::move(values);
    }
    [[nodiscard]] bool has(std::string_view name) const { return values_.contains(name); }
    [[nodiscard]] std::string text(std::string_view name) const;
    [[nodiscard]] std::optional<std::string> text_if(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> list(std::string_view name) const;
    [[nodiscard]] std::optional<std::uint32_t> count_if(std::string_view name, std::uint32_t least,
                                                        std::uint32_t most) const;
    [[nodiscard]] std::optional<casework::Date> date_if(std::string_view name) const;
    // `2026-04-14T10:00:00Z`, or `48h`, `7d`, `30m` from now on.
    [[nodiscard]] std::optional<Instant> instant_if(std::string_view name, Instant now) const;
    // One of the words of an enum of casework.
    template <casework::Worded E>
    [[nodiscard]] std::optional<E> word_if(std::string_view name) const {
        const std::optional<std::string> value = text_if(name);
        if (!value) {
            return std::nullopt;
        }
        const std::optional<E> found = casework::from_word<E>(*value);
        if (!found) {
            std::string words;
            for (const std::string_view word : casework::Words<E>::kWords) {
                words += (words.empty() ? "" : ", ") + std::string(word);
            }
            throw UsageError(Usage::kBadValue, std::string(name) + " takes one of " + words);
        }
        return found;
    }

private:
    std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

}  // namespace valv::cli
