#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/bytes.h"
#include "common/base/clock.h"
#include "common/base/ids.h"

// Package and part of a link, opened (docs/formats.md section 7). The JSON keys stand in
// package.cpp and nowhere else.
namespace valv::client {

struct PackagePart {
    std::uint32_t part = 0;
    std::string name;
    std::optional<Instant> opens_at;
    std::optional<Instant> ends_at;
    Bytes sha256;
};
struct PackagePolicy {
    std::optional<Instant> not_before;
    Instant not_after;
    std::uint32_t max_opens = 1;
    std::uint32_t lease_minutes = 60;
    std::optional<Instant> reply_expected_by;
};
struct Package {
    LinkId link;
    std::uint32_t version = 1;
    std::string title;
    std::string audience;  // office, escort, traveller, transit, authority
    std::string language;
    std::string sender_name;
    std::string sender_organisation;
    std::string recipient_name;
    std::optional<std::string> note;
    Instant made_at;
    PackagePolicy policy;
    std::vector<PackagePart> parts;
    std::string reply_recipient;  // age1…
    Bytes log_key;
    std::string log_origin;  // of its checkpoints (docs/formats.md section 9)
};

struct SharedPaper {
    std::uint32_t row = 0;
    std::string name;  // a plain file name, as the program made it
    std::string kind;
    std::string media_type;
    std::uint64_t size = 0;
    Bytes file_key_hash;
    Bytes body_root;
    Bytes header_sha256;
};
struct Part {
    LinkId link;
    std::uint32_t version = 1;
    std::uint32_t part = 1;
    std::string name;
    std::string view;  // compact JSON: what casework's allow-list lets the audience see
    std::vector<SharedPaper> documents;
};

[[nodiscard]] std::string encode_package(const Package& package);
[[nodiscard]] std::string encode_part(const Part& part);
// Throw kMalformed; file names that are no plain file name are refused.
[[nodiscard]] Package decode_package(std::string_view json);
[[nodiscard]] Part decode_part(std::string_view json);

}  // namespace valv::client
