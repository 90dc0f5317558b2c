#include <algorithm>

#include "client/casework/checklist.h"
#include "common/base/utf8.h"

namespace valv::casework {
namespace {

constexpr std::size_t kReasonLength = 10;
constexpr std::string_view kPath = "/checklist_state";

Refusal refusal(std::string_view code, std::string_view field, std::string_view sentence) {
    return {.code = std::string(code),
            .path = std::string(kPath) + "/" + std::string(field),
            .sentence = std::string(sentence)};
}

std::optional<Refusal> check(const Item& item, const ItemMark& mark) {
    if (mark.state == MarkState::kDone) {
        if (!item.closed_by_tick) {
            return refusal("closed_by_data", "item",
                           "Only the record closes this item: put the fact into the case.");
        }
        return std::nullopt;
    }
    if (!item.waivable) {
        return refusal("not_waivable", "item", "This item can never be waived.");
    }
    if (!mark.reason || code_point_count(*mark.reason) < kReasonLength) {
        return refusal("missing_field", "reason", "Write a reason of at least ten characters.");
    }
    return std::nullopt;
}

}  // namespace

std::variant<Record, Refusal> with_item_state(Record record, const ItemMark& mark) {
    const auto items = make_checklist(record, mark.at);
    const auto item = std::ranges::find(items, mark.item, &Item::id);
    if (item == items.end()) {
        return refusal("unknown_item", "item", "The checklist of this case has no such item now.");
    }
    if (auto refused = check(*item, mark)) {
        return *std::move(refused);
    }
    std::erase_if(record.checklist_state,
                  [&](const ItemMark& row) { return row.item == mark.item; });
    record.checklist_state.push_back(mark);
    return record;
}

}  // namespace valv::casework
