#pragma once

#include <span>
#include <string_view>

// The recipients' page, embedded at build time (make.sh, embed.mjs). Everything is static storage
// and never changes.
namespace valv::viewer {

struct Asset {
    std::string_view path;        // "/o" and "/o/app.<hash>.js"
    std::string_view media_type;  // with its charset
    std::string_view body;
    bool immutable;  // content-hashed name: may be cached for ever; else no-store
};

[[nodiscard]] std::span<const Asset> viewer_assets();

// Content-Security-Policy of the page; the server sends it with the page and with every asset.
[[nodiscard]] std::string_view viewer_csp();

}  // namespace valv::viewer
