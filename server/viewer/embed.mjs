// embed.mjs FOLDER OUT.cpp: the built page as C++ for viewer.h.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const kLineOctets = 100;

// Octal escapes of fixed width cannot run on into the next letter; "?" is escaped because of trigraph warnings.
function literal(octets) {
    const text = Array.from(octets, (octet) => {
        const is_plain = octet >= 0x20 && octet < 0x7f && !'"\\?'.includes(String.fromCharCode(octet));
        return is_plain ? String.fromCharCode(octet) : "\\" + octet.toString(8).padStart(3, "0");
    });
    const lines = [];
    for (let at = 0; at < text.length; at += kLineOctets) {
        lines.push(`    "${text.slice(at, at + kLineOctets).join("")}"`);
    }
    return lines.length > 0 ? lines.join("\n") : '    ""';
}

function asset_row({ path, media_type, body, is_immutable }, index) {
    const size = body.length;
    return `    {.path = "${path}", .media_type = "${media_type}", .body = {kBody${index}, ${size}}, .immutable = ${is_immutable}},`;
}

const [folder, out] = process.argv.slice(2);
const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
const read = (file) => readFileSync(join(folder, file));
const assets = [
    { path: manifest.path, media_type: "text/html; charset=utf-8", body: read(manifest.html), is_immutable: false },
    ...manifest.assets.map((asset) => ({
        path: asset.path,
        media_type: asset.media_type,
        body: read(asset.file),
        is_immutable: true,
    })),
];
const bodies = assets.map(({ body }, index) => `constexpr char kBody${index}[] =\n${literal(body)};\n`);
writeFileSync(
    out,
    `// Made by server/viewer/embed.mjs.
#include "server/viewer/viewer.h"

#include <array>

namespace valv::viewer {
namespace {

${bodies.join("\n")}
constexpr std::array<Asset, ${assets.length}> kAssets{{
${assets.map(asset_row).join("\n")}
}};

constexpr char kCsp[] =
${literal(Buffer.from(manifest.csp))};

}  // namespace

std::span<const Asset> viewer_assets() { return kAssets; }
std::string_view viewer_csp() { return {kCsp, sizeof kCsp - 1}; }

}  // namespace valv::viewer
`,
);
