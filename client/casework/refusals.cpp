#include "client/casework/refusals.h"

#include <algorithm>

namespace valv::casework {
namespace {

bool is_at_or_below(std::string_view path, std::string_view ancestor) {
    return path.starts_with(ancestor) &&
           (path.size() == ancestor.size() || path[ancestor.size()] == '/');
}

}  // namespace

void Refusing::refuse(std::string_view code, std::string path, std::string_view sentence) {
    if (!is_full()) {
        list_.push_back({.code = std::string(code),
                         .path = std::move(path),
                         .sentence = std::string(sentence)});
    }
}

bool Refusing::is_sound(std::string_view path) const {
    return std::ranges::none_of(list_, [path](const Refusal& refusal) {
        return is_at_or_below(path, refusal.path) || is_at_or_below(refusal.path, path);
    });
}

std::string step(std::string_view parent, std::string_view key) {
    std::string path(parent);
    path += '/';
    for (const char letter : key) {
        if (letter == '~') {
            path += "~0";
        } else if (letter == '/') {
            path += "~1";
        } else {
            path += letter;
        }
    }
    return path;
}

std::string step(std::string_view parent, std::size_t index) {
    return step(parent, std::to_string(index));
}

}  // namespace valv::casework
