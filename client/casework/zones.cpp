#include "client/casework/zones.h"

#include <array>
#include <stdexcept>
#include <string>

#include <date/tz.h>

#include "common/base/error.h"

namespace valv::casework {
namespace {

// Folders of tzdata that hold the same zones once more, or clocks that no place has.
constexpr std::array<std::string_view, 4> kForeignFolders = {"Etc/", "posix/", "right/",
                                                             "SystemV/"};

date::local_seconds to_date_local(Local local) {
    return date::local_seconds{std::chrono::seconds(local.time_since_epoch())};
}

Local from_date_local(date::local_seconds local) {
    return Local{std::chrono::floor<std::chrono::minutes>(local.time_since_epoch())};
}

const date::time_zone* find_zone(std::string_view zone) {
    try {
        return date::locate_zone(std::string(zone));
    } catch (const std::runtime_error&) {
        return nullptr;  // the library's only way to say "no such zone"
    }
}

const date::time_zone& zone_of(std::string_view zone) {
    const auto* found = find_zone(zone);
    if (found == nullptr) {
        throw Error(ErrorCode::kInvalidArgument, "zones: unknown time zone");
    }
    return *found;
}

bool is_zone_character(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '_' || letter == '-' || letter == '+' ||
           letter == '/';
}

}  // namespace

bool is_known_zone(std::string_view zone) {
    if (zone.find('/') == std::string_view::npos) {
        return false;
    }
    for (const auto folder : kForeignFolders) {
        if (zone.starts_with(folder)) {
            return false;
        }
    }
    for (const char letter : zone) {
        if (!is_zone_character(letter)) {
            return false;
        }
    }
    return find_zone(zone) != nullptr;
}

LocalLookup look_up(Local local, std::string_view zone) {
    const auto info = zone_of(zone).get_info(to_date_local(local));
    const auto reading = [&](const date::sys_info& part) {
        return Instant{std::chrono::seconds(local.time_since_epoch()) - part.offset};
    };
    if (info.result == date::local_info::ambiguous) {
        return {.kind = LocalKind::kAmbiguous,
                .first = reading(info.first),
                .second = reading(info.second)};
    }
    if (info.result == date::local_info::unique) {
        return {.kind = LocalKind::kUnique,
                .first = reading(info.first),
                .second = reading(info.first)};
    }
    const auto turn = std::chrono::seconds(info.first.end.time_since_epoch());
    const date::local_seconds last{turn + info.first.offset - std::chrono::minutes(1)};
    const date::local_seconds next{turn + info.second.offset};
    return {.kind = LocalKind::kGap,
            .first = reading(info.first),
            .second = reading(info.first),
            .gap_before = from_date_local(last),
            .gap_after = from_date_local(next)};
}

Instant to_utc(Local local, std::string_view zone, std::optional<std::int64_t> fold) {
    const auto found = look_up(local, zone);
    return fold == 1 ? found.second : found.first;
}

Local to_local(Instant instant, std::string_view zone) {
    return from_date_local(
        date::local_seconds{instant.time_since_epoch() + utc_offset(instant, zone)});
}

Date date_in(Instant instant, std::string_view zone) {
    return date_of(to_local(instant, zone));
}

std::chrono::seconds utc_offset(Instant instant, std::string_view zone) {
    return zone_of(zone).get_info(date::sys_seconds{instant.time_since_epoch()}).offset;
}

Date today_at(Instant now) {
    return date_in(now, "Europe/Stockholm");
}

}  // namespace valv::casework
