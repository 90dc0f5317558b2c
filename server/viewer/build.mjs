// build.mjs OUTDIR [--modules]: index.html, app.<hash>.js and manifest.json; with --modules also modules.mjs for the tests.
// Run beside node_modules (make.sh copies the sources there).
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const kTarget = ["es2020", "chrome90", "firefox90", "safari15"];
const here = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
const source = (name) => join(here, "src", name);
const sha256 = (octets, encoding) => createHash("sha256").update(octets).digest(encoding);

async function bundle(entry, options) {
    const result = await build({ bundle: true, write: false, legalComments: "none", target: kTarget, ...options, entryPoints: [source(entry)] });
    return result.outputFiles[0].contents;
}

function fill(template, values) {
    return template.replace(/@([A-Z_]+)@/g, (whole, name) => values[name] ?? whole);
}

function words(language) {
    return JSON.parse(readFileSync(source(`words/${language}.json`), "utf8"));
}

// The page's path, from the generated view of the wire.
function page_route() {
    return /^ {4}page: "([^"]+)",$/m.exec(readFileSync(source("protocol.ts"), "utf8"))[1];
}

function make_html(style, script_path, script) {
    const [en, sv] = [words("en"), words("sv")];
    return fill(readFileSync(source("page.html"), "utf8"), {
        STYLE: style,
        SCRIPT: script_path,
        INTEGRITY: "sha384-" + createHash("sha384").update(script).digest("base64"),
        LANDING_EN: en.landing_h1,
        LANDING_SV: sv.landing_h1,
        NOSCRIPT_EN: en.noscript,
        NOSCRIPT_SV: sv.noscript,
        OLD_EN: en.old,
        OLD_SV: sv.old,
    });
}

function make_csp(style) {
    return [
        "default-src 'none'",
        "script-src 'self'",
        `style-src 'sha256-${sha256(style, "base64")}'`,
        "worker-src blob:",
        "connect-src 'self'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types valv",
    ].join("; ");
}

async function build_page(folder) {
    const script = await bundle("main.ts", { minify: true, format: "iife", charset: "utf8" });
    const style = Buffer.from(await bundle("page.css", { minify: true, loader: { ".css": "css" } })).toString().trim();
    const script_name = `app.${sha256(script, "hex").slice(0, 16)}.js`;
    const path = page_route() + "/" + script_name;
    writeFileSync(join(folder, "index.html"), make_html(style, path, script));
    writeFileSync(join(folder, script_name), script);
    const assets = [{ name: script_name, path, media_type: "text/javascript; charset=utf-8", file: script_name }];
    writeFileSync(join(folder, "manifest.json"), JSON.stringify({ csp: make_csp(style), path: page_route(), html: "index.html", assets }, null, 2) + "\n");
}

const [folder, option] = process.argv.slice(2);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
await build_page(folder);
if (option === "--modules") {
    writeFileSync(join(folder, "modules.mjs"), await bundle("modules.ts", { format: "esm", platform: "node", target: ["node18"] }));
}
