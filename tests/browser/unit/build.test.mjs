// Rules for what is built and committed.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { page_folder } from "../lib/browser.mjs";
import { modules } from "../lib/modules.mjs";

const viewer = fileURLToPath(new URL("../../../server/viewer", import.meta.url));
const manifest = JSON.parse(readFileSync(join(page_folder, "manifest.json")));
const html = readFileSync(join(page_folder, manifest.html), "utf8");

test("ThePageIsAtMost60KilobytesCompressed", () => {
    const files = [manifest.html, ...manifest.assets.map(({ file }) => file)];
    const total = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(page_folder, file))).length, 0);
    assert.ok(total <= 60_000, `${total} octets`);
});

test("NoLockFileNamesARegistry", () => {
    for (const file of [join(viewer, "package-lock.json"), fileURLToPath(new URL("../package-lock.json", import.meta.url))]) {
        assert.doesNotMatch(readFileSync(file, "utf8"), /"resolved"|registry|https?:\/\/(?!(www\.)?(github\.com|opencollective|paulmillr|tidelift))/);
    }
});

test("ThePolicyAllowsNothingButTheScriptItsWorkerAndItsStyle", () => {
    assert.match(manifest.csp, /^default-src 'none'; script-src 'self'; style-src 'sha256-[A-Za-z0-9+/]{43}='; worker-src blob:; /);
    assert.match(manifest.csp, /require-trusted-types-for 'script'; trusted-types valv$/);
    assert.doesNotMatch(manifest.csp, /unsafe|https?:/);
});

test("TheHtmlNamesOneScriptWithItsHashAndNoOtherSource", () => {
    const sources = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, source]) => source);
    assert.deepEqual(sources.sort(), [manifest.assets[0].path, "data:,"].sort());
    assert.match(html, /integrity="sha384-[A-Za-z0-9+/]{64}"/);
    assert.doesNotMatch(html, /\son\w+=|style=|og:|@[A-Z_]+@/);
});

test("RoutesStandInTheGeneratedFileOnly", () => {
    const wire = new RegExp(`["'\`]/v1|["'\`]${modules.protocol.routes.page}\\b`);
    for (const file of readdirSync(join(viewer, "src"), { recursive: true }).filter((name) => name.endsWith(".ts") && !name.endsWith("protocol.ts"))) {
        const lines = readFileSync(join(viewer, "src", file), "utf8").split("\n");
        lines.forEach((line, index) => assert.ok(!wire.test(line), `${file}:${index + 1}: ${line}`));
    }
});
