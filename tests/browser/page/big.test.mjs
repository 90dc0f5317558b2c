// A paper above 128 MB goes to a place that the person picks first, or, where the browser cannot, after a sentence.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { Visit, launch, page_folder } from "../lib/browser.mjs";
import { words } from "../lib/words.mjs";
import { kCode, make_link } from "../mock/papers.mjs";
import { MockServer } from "../mock/server.mjs";

const kName = "RV-2026-014-other-1.zip";
let browser;
let server;
let link;
let sha256;

before(async () => {
    browser = await launch();
    server = await new MockServer(page_folder).start();
    const content = Buffer.concat(Array(129).fill(randomBytes(1024 * 1024)));
    sha256 = createHash("sha256").update(content).digest("hex");
    link = make_link({ parts: [{ part: 1, name: "main", documents: [{ row: 1, name: kName, kind: "other", content }] }] });
});

after(async () => {
    await browser.close();
    await server.stop();
});

// The picker is a dialog of the browser; a file of the origin's private file system is the same kind of handle.
function pick_private_file() {
    globalThis.showSaveFilePicker = async ({ suggestedName }) => {
        globalThis.picked = await (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true });
        return globalThis.picked;
    };
}

async function picked_file(page) {
    return page.evaluate(async () => {
        const file = await globalThis.picked.getFile();
        const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
        return { size: file.size, sha256: Array.from(hash, (octet) => octet.toString(16).padStart(2, "0")).join("") };
    });
}

async function press_save(visit) {
    await visit.open_papers(server.add(link), kCode);
    await visit.page.locator(".actions button.primary").click();
}

test("ABigPaperIsWrittenToThePickedFile", async () => {
    const visit = await Visit.make(browser);
    await visit.context.addInitScript(pick_private_file);
    await press_save(visit);
    await visit.page.locator(".status", { hasText: "is saved on this device" }).waitFor({ timeout: 90_000 });
    assert.equal((await picked_file(visit.page)).sha256, sha256);
    assert.deepEqual(visit.violations, []);
    await visit.close();
});

test("ADamagedBigPaperLeavesThePickedFileEmpty", async () => {
    const visit = await Visit.make(browser);
    await visit.context.addInitScript(pick_private_file);
    server.faults.body = (body) => {
        const changed = Buffer.from(body);
        changed[changed.length - 1] ^= 1;
        return changed;
    };
    await press_save(visit);
    await visit.page.locator(".status", { hasText: "arrived damaged or changed and was not saved" }).waitFor({ timeout: 90_000 });
    assert.equal((await picked_file(visit.page)).size, 0);
    server.faults = {};
    await visit.close();
});

test("WithoutAPickerTheSizeIsToldFirst", async () => {
    const visit = await Visit.make(browser);
    await visit.context.addInitScript(() => delete globalThis.showSaveFilePicker);
    await press_save(visit);
    await visit.page.locator(".status", { hasText: words.en.big.replace("{size}", "135\u00a0MB") }).waitFor();
    assert.ok(!server.requests.slice(-1)[0].path.endsWith("/body"));
    await visit.close();
});
