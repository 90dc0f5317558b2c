#include "client/casework/rules.h"

#include <algorithm>

namespace valv::casework {
namespace {

std::vector<const Rule*> collect() {
    std::vector<const Rule*> rules;
    for (const auto group : {wish_rules(), information_rules(), risk_rules(), paper_rules(),
                             health_rules(), booking_rules(), escort_rules(), arrival_rules(),
                             safety_rules(), journey_rules(), follow_up_rules(), link_rules()}) {
        for (const auto& rule : group) {
            rules.push_back(&rule);
        }
    }
    return rules;
}

}  // namespace

const std::vector<const Rule*>& all_rules() {
    static const std::vector<const Rule*> kRules = collect();  // of constants; never changes
    return kRules;
}

std::optional<RuleInfo> find_rule(std::string_view id) {
    const auto& rules = all_rules();
    const auto found = std::ranges::find(rules, id, &Rule::id);
    if (found == rules.end()) {
        return std::nullopt;
    }
    return RuleInfo{.id = (*found)->id,
                    .order = static_cast<std::size_t>(found - rules.begin()),
                    .waivable = (*found)->blocks != Blocks::kAlways,
                    .is_per_case = (*found)->per == Per::kCase};
}

}  // namespace valv::casework
