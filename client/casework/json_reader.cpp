#include "client/casework/json_reader.h"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <vector>

#include <nlohmann/json.hpp>

#include "common/base/utf8.h"

namespace valv::casework {
namespace {

using Json = nlohmann::ordered_json;

// Ends the parse from inside the library's callback; caught by parse_strict only.
struct NotStrict {};

// nlohmann takes duplicate keys silently and has no limit of depth: both are watched here.
class Watch {
public:
    void see(Json::parse_event_t event, const Json& parsed) {
        using Event = Json::parse_event_t;
        if (event == Event::object_start || event == Event::array_start) {
            keys_.emplace_back();
            if (keys_.size() > kMaxDepth) {
                throw NotStrict{};
            }
        } else if (event == Event::object_end || event == Event::array_end) {
            keys_.pop_back();
        } else if (event == Event::key && !keys_.back().insert(parsed.get<std::string>()).second) {
            throw NotStrict{};
        }
    }

private:
    std::vector<std::unordered_set<std::string>> keys_;  // of the open objects; empty for arrays
};

}  // namespace

std::unique_ptr<Json> parse_strict(std::string_view text) {
    if (!is_utf8(text) ||
        text.starts_with("\xEF\xBB\xBF")) {  // the library would skip a byte order mark
        return nullptr;
    }
    Watch watch;
    try {
        return std::make_unique<Json>(
            Json::parse(text, [&watch](int, Json::parse_event_t event, Json& parsed) {
                watch.see(event, parsed);
                return true;
            }));
    } catch (const Json::exception&) {
        return nullptr;
    } catch (const NotStrict&) {
        return nullptr;
    }
}

}  // namespace valv::casework
