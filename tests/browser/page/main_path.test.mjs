// The office opens its link, types the code, sees the package and saves a document. Against the mock, or against a running
// resvalvd when VALV_BROWSER_LINKS names a JSON file {office: {url, code, sha256, name}, expired?, revoked?, used_up?}.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { Visit, launch, page_folder } from "../lib/browser.mjs";
import { words } from "../lib/words.mjs";
import { kCode, kView, make_link, time } from "../mock/papers.mjs";
import { MockServer } from "../mock/server.mjs";

const kEndings = { expired: "ending_expired", revoked: "ending_revoked", used_up: "ending_used_up" };
let browser;
let server;
let links;

async function mock_links() {
    server = await new MockServer(page_folder).start();
    const content = randomBytes(300_000);
    const part = { part: 1, name: "main", view: kView, documents: [{ row: 1, name: "RV-2026-014-passport-1.pdf", content }] };
    const used_up = Object.assign(make_link({ max_opens: 1 }), { opens: 1 });
    return {
        office: {
            url: server.add(make_link({ parts: [part] })), code: kCode, name: part.documents[0].name,
            sha256: createHash("sha256").update(content).digest("hex"),
        },
        expired: server.add(make_link({ not_after: time(Date.now() - 60_000) })),
        revoked: server.add(Object.assign(make_link(), { revoked: true })),
        used_up: server.add(used_up),
    };
}

before(async () => {
    browser = await launch();
    links = process.env.VALV_BROWSER_LINKS ? JSON.parse(readFileSync(process.env.VALV_BROWSER_LINKS)) : await mock_links();
});

after(async () => {
    await browser.close();
    await server?.stop();
});

async function save(page, name) {
    const download = page.waitForEvent("download");
    await page.locator(".paper", { hasText: name }).locator("button.primary").click();
    return readFileSync(await (await download).path());
}

test("TheOfficeOpensItsLinkAndSavesADocumentByteIdentical", async () => {
    const visit = await Visit.make(browser);
    const { url, code, sha256, name } = links.office;
    await visit.go(url);
    assert.deepEqual([...new Set(visit.requests.filter((request) => request.startsWith("http")))].length, 2);
    assert.ok(!server || server.requests.length <= 3, `the page came with ${server?.requests.length} requests`);
    assert.equal(await visit.heading(), words.en.landing_h1);
    await visit.open_papers(url, code);
    assert.ok((await visit.page.locator("main").innerText()).includes(words.en.package_verified));
    assert.ok(!visit.page.url().includes("#"), "the address bar still carries the secret");
    const content = await save(visit.page, name);
    assert.equal(createHash("sha256").update(content).digest("hex"), sha256);
    await visit.page.locator(".status", { hasText: name }).waitFor();
    assert.deepEqual(visit.foreign_requests(new URL(url).origin), []);
    assert.deepEqual(visit.violations, []);
    await visit.close();
});

for (const [name, key] of Object.entries(kEndings)) {
    test(`AnEndedLinkSaysWhyBeforeItAsksForTheCode_${name}`, async (context) => {
        if (!links[name]) {
            return context.skip("no such link given");
        }
        const visit = await Visit.make(browser);
        await visit.go(links[name]);
        await visit.page.locator("main button.primary").click();
        const first = words.en[key].split(/[.{]/)[0].trim();
        await visit.page.locator("h1", { hasText: first }).waitFor();
        assert.deepEqual(visit.violations, []);
        await visit.close();
    });
}

test("AWrongCodeIsToldAtTheField", async () => {
    const visit = await Visit.make(browser);
    await visit.go(links.office.url);
    await visit.page.locator("main button.primary").click();
    await visit.type_code("000000000000");
    await visit.page.locator(".summary", { hasText: words.en.code_wrong }).waitFor();
    await visit.close();
});
