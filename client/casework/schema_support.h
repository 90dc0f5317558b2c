#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

#include "client/casework/text_rules.h"

// The words in which the schema (schema_*.h) says what a field may hold. Decoder and Encoder read
// the same schema, so each key of the record has one home.
namespace valv::casework {

struct Range {
    std::int64_t least = 0;
    std::int64_t most = 0;
};

enum class Repeats { kAllowed, kRefused };

struct Many {
    std::size_t fewest = 0;
    std::size_t most = 0;
    Repeats repeats = Repeats::kAllowed;
};

constexpr std::size_t kMaxRows =
    100;  // of every array that docs/casework.md 3.1 gives no limit of its own
constexpr Many kFew{0, kMaxRows};
constexpr Many kSet{0, kMaxRows, Repeats::kRefused};
constexpr Many kFullSet{1, kMaxRows, Repeats::kRefused};

constexpr std::int64_t kMostInteger = (std::int64_t{1} << 53U) - 1;
constexpr std::int64_t kMostMoney = 10'000'000;
constexpr Range kCount{0, kMostInteger};
constexpr Range kMoney{0, kMostMoney};
constexpr Range kFold{0, 1};

constexpr auto kLid = TextKind::kLid;
constexpr auto kName = TextKind::kName;
constexpr auto kLine = TextKind::kLine;
constexpr auto kText = TextKind::kText;
constexpr auto kCountry = TextKind::kCountry;
constexpr auto kZone = TextKind::kZone;
constexpr auto kPhone = TextKind::kPhone;

}  // namespace valv::casework
