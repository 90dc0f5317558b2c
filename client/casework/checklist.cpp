#include "client/casework/checklist.h"

#include <algorithm>
#include <tuple>

#include "client/casework/checklist_texts.h"
#include "client/casework/rules.h"
#include "client/casework/zones.h"

namespace valv::casework {
namespace {

constexpr std::string_view kStopRule = "consent-stop";

char phase_letter(Phase phase) {
    return word(phase).front();
}

char status_letter(CaseStatus status) {
    switch (status) {
        case CaseStatus::kOpen:
            return 'o';
        case CaseStatus::kPaused:
            return 'p';
        case CaseStatus::kStopped:
            return 's';
        case CaseStatus::kClosing:
            return 'c';
        case CaseStatus::kClosed:
            return 'x';
    }
    return 'o';
}

bool runs(const Rule& rule, const Record& record) {
    return rule.phases.find(phase_letter(record.facts.phase)) != std::string_view::npos &&
           rule.statuses.find(status_letter(record.facts.status)) != std::string_view::npos;
}

// 4.1, the cut: what is still asked of anybody once the person no longer wants to travel.
bool survives_cut(const Rule& rule) {
    return rule.id == kStopRule || rule.id == "contact-flags" || rule.id.starts_with("stop-") ||
           rule.id.starts_with("link-");
}

bool closes_by_tick(Closing closing) {
    return closing != Closing::kData;
}

bool lapses(Closing closing) {
    return closing == Closing::kTickLapsing || closing == Closing::kDataOrTickLapsing;
}

// The latest row of checklist_state about the item.
const ItemMark* find_mark(const Record& record, std::string_view item) {
    const ItemMark* latest = nullptr;
    for (const auto& mark : record.checklist_state) {
        if (mark.item == item && (latest == nullptr || latest->at <= mark.at)) {
            latest = &mark;
        }
    }
    return latest;
}

ItemState state_of(const Rule& rule, const ItemMark* mark, const Record& record) {
    if (mark == nullptr) {
        return ItemState::kOpen;
    }
    if (mark->state == MarkState::kDone) {
        if (!closes_by_tick(rule.closing)) {
            return ItemState::kOpen;
        }
        const auto& changed = record.itinerary_changed_at;
        const bool has_lapsed = lapses(rule.closing) && changed && mark->at < *changed;
        return has_lapsed ? ItemState::kLapsed : ItemState::kDone;
    }
    if (rule.blocks == Blocks::kAlways) {
        return ItemState::kOpen;
    }
    return mark->state == MarkState::kWaived ? ItemState::kWaived : ItemState::kNotApplicable;
}

// A day is over with its last second.
Instant end_of_day(Date day, const Facts& facts) {
    const std::string_view zone =
        facts.has_legs() ? std::string_view(facts.legs().front()->from.zone) : "Europe/Stockholm";
    const Local next_midnight{(day + std::chrono::days(1)).time_since_epoch()};
    return to_utc(next_midnight, zone) - std::chrono::seconds(1);
}

void set_due(Item& item, const Due& due, const Subject& subject, const Facts& facts) {
    const bool needs_legs = due.from != Due::From::kNow && due.from != Due::From::kSubject;
    if (needs_legs && !facts.has_legs()) {
        return;
    }
    switch (due.from) {
        case Due::From::kNow:
            item.due = facts.now();
            break;
        case Due::From::kDepartureDay:
            item.due_on = facts.departure_day() + std::chrono::days(due.days);
            break;
        case Due::From::kArrivalDay:
            item.due_on = facts.arrival_day() + std::chrono::days(due.days);
            break;
        case Due::From::kDeparture:
            item.due = facts.departure() + due.offset;
            break;
        case Due::From::kArrival:
            item.due = facts.arrival() + due.offset;
            break;
        case Due::From::kSubject:
            item.due = subject.due;
            item.due_on = subject.due_on;
            break;
    }
    if (item.due_on) {
        item.due = end_of_day(*item.due_on, facts);
    }
}

Item item_of(const Rule& rule, std::size_t order, const Subject& subject, const Facts& facts) {
    const auto name = std::string(rule.id);
    Item item;
    item.id = rule.per == Per::kCase ? name : name + ":" + subject.id;
    item.rule = name;
    item.subject = subject.id;
    item.text_key = "checklist." + name + ".text";
    item.why_key = "checklist." + name + ".why";
    item.phase = facts.record().facts.phase;
    item.owner = rule.owner;
    set_due(item, rule.due, subject, facts);
    item.blocking = rule.blocks != Blocks::kNo;
    item.waivable = rule.blocks != Blocks::kAlways;
    item.closed_by_tick = closes_by_tick(rule.closing);
    const auto* const mark = find_mark(facts.record(), item.id);
    item.state = state_of(rule, mark, facts.record());
    item.source = std::string(rule_source(rule.id));
    item.path = subject.path;
    item.fills = subject.fills;
    if (mark != nullptr) {
        item.mark = *mark;
    }
    item.order = order;
    return item;
}

void sort_items(std::vector<Item>& items) {
    const auto key = [](const Item& item) {
        return std::make_tuple(item.waivable, !item.blocking, item.due.value_or(Instant::max()),
                               item.order, std::string_view(item.subject));
    };
    std::ranges::stable_sort(
        items, [&](const Item& left, const Item& right) { return key(left) < key(right); });
}

bool is_cut(const std::vector<Item>& items, const Record& record) {
    return record.facts.status == CaseStatus::kStopped ||
           std::ranges::any_of(
               items, [](const Item& item) { return item.rule == kStopRule && is_open(item); });
}

}  // namespace

bool is_open(const Item& item) {
    return item.state == ItemState::kOpen || item.state == ItemState::kLapsed;
}

bool is_overdue(const Item& item, Instant now) {
    return is_open(item) && item.due && *item.due < now;
}

std::vector<Item> make_checklist(const Record& record, Instant now) {
    const Facts facts(record, now);
    const auto& rules = all_rules();
    std::vector<Item> items;
    for (std::size_t order = 0; order < rules.size(); ++order) {
        if (!runs(*rules[order], record)) {
            continue;
        }
        for (const auto& subject : rules[order]->open_for(facts)) {
            items.push_back(item_of(*rules[order], order, subject, facts));
        }
    }
    if (is_cut(items, record)) {
        std::erase_if(items, [&](const Item& item) { return !survives_cut(*rules[item.order]); });
    }
    sort_items(items);
    return items;
}

std::vector<Item> blocking_items(const Record& record, Instant now) {
    auto items = make_checklist(record, now);
    std::erase_if(items, [](const Item& item) { return !item.blocking || !is_open(item); });
    return items;
}

std::vector<Item> link_gates(const Record& record, std::string_view recipient, Instant now) {
    auto items = make_checklist(record, now);
    std::erase_if(items, [recipient](const Item& item) {
        const bool is_gate =
            item.rule == kStopRule || (item.rule == "consent-sharing" && item.subject == recipient);
        return !is_gate || !is_open(item);
    });
    return items;
}

}  // namespace valv::casework
