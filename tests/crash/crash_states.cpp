#include "tests/crash/crash_states.h"

#include <algorithm>
#include <map>
#include <utility>

#include "tests/server/store/fixtures.h"

namespace valv::crash {
namespace {

constexpr int kRandomSubsets = 8;
constexpr std::uint64_t kSeed = 20260331;

using Subset = std::vector<std::size_t>;              // ascending unit numbers
using Key = std::pair<std::uint64_t, std::uint64_t>;  // of the set of all units applied: the same
                                                      // set, the same content

// A set's key is the XOR of its units' keys, so that adding one is one operation.
Key operator^(const Key& one, const Key& other) {
    return {one.first ^ other.first, one.second ^ other.second};
}

Key key_of(std::size_t unit) {
    store::testing::SeededRandom random(unit);
    const std::uint64_t first = random.next();
    return {first, random.next()};
}

// The subsets of `pending` that the model allows and that are worth a look.
class Candidates {
public:
    Candidates(const Timeline& timeline, Model model, const Subset& pending,
               store::testing::SeededRandom& random)
        : pending_(pending), random_(random) {
        for (const std::size_t unit : pending) {
            const bool is_ordered =
                model == Model::kExt4 && timeline.units()[unit].kind == Unit::Kind::kNames;
            (is_ordered ? ordered_ : free_).push_back(unit);
        }
    }

    std::vector<Subset> all() {
        for (std::size_t size = 0; size <= pending_.size(); ++size) {
            subsets_.emplace_back(pending_.begin(),
                                  pending_.begin() + static_cast<std::ptrdiff_t>(size));
        }
        for (std::size_t names = 0; names <= ordered_.size(); ++names) {
            add(names, {});
            add(names, free_);
        }
        for (const std::size_t unit : free_) {
            Subset others = free_;
            std::erase(others, unit);
            for (const std::size_t names : {std::size_t{0}, ordered_.size()}) {
                add(names, {unit});
                add(names, others);
            }
        }
        add_random();
        return std::move(subsets_);
    }

private:
    // The first `names` of the ordered units and these free ones.
    void add(std::size_t names, Subset subset) {
        subset.insert(subset.end(), ordered_.begin(),
                      ordered_.begin() + static_cast<std::ptrdiff_t>(names));
        std::ranges::sort(subset);
        subsets_.push_back(std::move(subset));
    }
    void add_random() {
        for (int count = 0; count < kRandomSubsets && pending_.size() > 2; ++count) {
            Subset some;
            std::ranges::copy_if(free_, std::back_inserter(some),
                                 [&](std::size_t) { return random_.next() % 2 == 0; });
            add(static_cast<std::size_t>(random_.next() % (ordered_.size() + 1)), std::move(some));
        }
    }

    const Subset& pending_;
    store::testing::SeededRandom& random_;
    Subset ordered_;
    Subset free_;
    std::vector<Subset> subsets_;
};

// Goes through the timeline and offers candidates with their keys.
class Walk {
public:
    using Offer = std::function<bool(const Key&, const Subset&, std::size_t acks)>;

    Walk(const Timeline& timeline, Model model, Depth depth)
        : timeline_(timeline), model_(model), depth_(depth) {}

    void run(const Offer& offer, Image* durable) {
        durable_ = durable;
        for (const Event& event : timeline_.events()) {
            const bool is_unit = event.kind == Event::Kind::kUnit;
            if ((!is_unit || depth_ == Depth::kThorough) && !offer_all(offer)) {
                return;
            }
            take(event);
            if (is_unit && !offer_one(offer, pending_)) {
                return;
            }
        }
        offer_all(offer);
    }

private:
    bool offer_all(const Offer& offer) {
        const auto subsets = Candidates(timeline_, model_, pending_, random_).all();
        return std::ranges::all_of(subsets,
                                   [&](const Subset& subset) { return offer_one(offer, subset); });
    }
    bool offer_one(const Offer& offer, const Subset& subset) {
        Key key = durable_key_;
        for (const std::size_t unit : subset) {
            key = key ^ key_of(unit);
        }
        return offer(key, subset, acks_);
    }
    void take(const Event& event) {
        switch (event.kind) {
            case Event::Kind::kUnit:
                pending_.push_back(event.unit);
                break;
            case Event::Kind::kAck:
                ++acks_;
                break;
            case Event::Kind::kSync:
                sync(event.node);
                break;
        }
    }
    void sync(Node node) {
        std::erase_if(pending_, [&](std::size_t number) {
            const Unit& unit = timeline_.units()[number];
            const bool goes_along = model_ == Model::kExt4 && unit.kind == Unit::Kind::kNames;
            if (unit.owner != node && !goes_along) {
                return false;
            }
            durable_key_ = durable_key_ ^ key_of(number);
            if (durable_ != nullptr) {
                durable_->apply(unit);
            }
            return true;
        });
    }

    const Timeline& timeline_;
    Model model_;
    Depth depth_;
    store::testing::SeededRandom random_{kSeed};
    Subset pending_;
    Key durable_key_{0, 0};
    std::size_t acks_ = 0;
    Image* durable_ = nullptr;
};

std::vector<std::string> acks_of(const Timeline& timeline) {
    std::vector<std::string> acks;
    for (const Event& event : timeline.events()) {
        if (event.kind == Event::Kind::kAck) {
            acks.push_back(event.ack);
        }
    }
    return acks;
}

}  // namespace

std::size_t for_each_crash_state(const Timeline& timeline, Model model, Depth depth,
                                 const std::function<bool(const CrashState&)>& visit) {
    // First walk: the greatest number of acks with which each state can be found; it is checked
    // once, against those.
    std::map<Key, std::size_t> acks_of_state;
    Walk(timeline, model, depth)
        .run(
            [&](const Key& key, const Subset& /*subset*/, std::size_t acks) {
                acks_of_state[key] = acks;  // they only grow
                return true;
            },
            nullptr);
    const std::vector<std::string> acks = acks_of(timeline);
    Image durable = timeline.initial();
    std::size_t visited = 0;
    Walk(timeline, model, depth)
        .run(
            [&](const Key& key, const Subset& subset, std::size_t /*acks*/) {
                const auto found = acks_of_state.find(key);
                if (found == acks_of_state.end()) {
                    return true;  // visited
                }
                CrashState state{.image = durable, .acks = {}};
                state.acks.assign(acks.begin(),
                                  acks.begin() + static_cast<std::ptrdiff_t>(found->second));
                acks_of_state.erase(found);
                for (const std::size_t unit : subset) {
                    state.image.apply(timeline.units()[unit]);
                }
                ++visited;
                return visit(state);
            },
            &durable);
    return visited;
}

}  // namespace valv::crash
