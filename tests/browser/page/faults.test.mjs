// What the page does when something on the way is changed, cut or lost.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { heading, server, visit } from "../lib/fresh.mjs";
import { fill, words } from "../lib/words.mjs";
import { log_entry, open_event, other_log_key, receipt } from "../mock/format.mjs";
import { kCode, kView, make_link } from "../mock/papers.mjs";
import { papers_of } from "../mock/scenes.mjs";

const kName = "RV-2026-014-passport-1.pdf";
const kContent = randomBytes(5_000_000);
const flip = (at) => (octets) => {
    const changed = Buffer.from(octets);
    changed[at < 0 ? changed.length + at : at] ^= 1;
    return changed;
};

const link_of = (given = {}) => make_link({ parts: [{ part: 1, name: "main", view: kView, documents: papers_of(kContent) }], ...given });
const save_button = () => visit.page.locator(".paper", { hasText: kName }).locator(".actions button.primary");
const status = () => visit.page.locator(".paper", { hasText: kName }).locator(".status");
const tampered = (what) => fill(words.en.tamper, { what }).replace("Stop. ", "");

async function expect_tamper(what) {
    await visit.page.locator(".summary", { hasText: tampered(what) }).waitFor();
    assert.equal(await visit.heading(), "Stop");
    assert.ok(!(await visit.page.locator("main").innerText()).includes("Bucharest"), "something of the papers is shown");
    assert.equal(await visit.page.evaluate(() => sessionStorage.length), 0);
}

const kSummaryFaults = {
    package: [flip(-1), "the list of papers"],
    package_mac: [flip(0), "the list of papers"],
    part: [flip(-1), "part 1"],
    part_mac: [flip(31), "part 1"],
};

for (const [fault, [change, what]] of Object.entries(kSummaryFaults)) {
    test(`AChangedObjectStopsThePage_${fault}`, async () => {
        server.faults[fault] = change;
        await visit.go(server.add(link_of()));
        await visit.page.locator("main button.primary").click();
        await visit.type_code(kCode);
        await expect_tamper(what);
    });
}

const kContentFaults = {
    another_link: { change: { link: "a".repeat(26) } },
    another_version: { change: { version: 2 } },
    another_format: { change: { format: "resvalv/package/2" } },
    an_unknown_key: { change: { tomorrow: 1 } },
};

for (const [name, given] of Object.entries(kContentFaults)) {
    test(`APackageThatContradictsItselfStopsThePage_${name}`, async () => {
        await visit.go(server.add(link_of(given)));
        await visit.page.locator("main button.primary").click();
        await visit.type_code(kCode);
        await expect_tamper("the list of papers");
    });
}

// A server that gives out papers without logging this opening (docs/formats.md section 9).
const kReceiptFaults = {
    somebody_elses: () => receipt(server.entries, 1),
    of_no_opening: () => receipt(server.entries, 0),
    another_key: (_given, entry) => receipt(server.entries, entry, { key: other_log_key }),
    another_log: (_given, entry) => receipt(server.entries, entry, { origin: "resvalv/v1/log/other" }),
    a_changed_event: (given, entry) => {
        const { nonce, event } = server.entries[entry];
        const extra = Buffer.concat([nonce, Buffer.from(event.replace("192.0.2.0", "192.0.3.0"))]).toString("base64");
        return given.replace(/extra .*/, "extra " + extra);
    },
    none: () => "",
};

for (const [name, change] of Object.entries(kReceiptFaults)) {
    test(`AnOpeningThatIsNotInTheLogShowsNothing_${name}`, async () => {
        server.entries.push(log_entry(open_event("b".repeat(26), Buffer.alloc(32), "2026-03-01T09:00:00Z")));
        server.faults.receipt = change;
        await visit.go(server.add(link_of()));
        await visit.page.locator("main button.primary").click();
        await visit.type_code(kCode);
        await expect_tamper("the sender's log of openings");
        assert.ok(!server.requests.some(({ path }) => path.includes("/parts/")), "a part was asked for");
    });
}

test("AnOldPartOfTheSameLinkStopsThePage", async () => {
    const link = link_of();
    const other = make_link({ parts: [{ part: 1, name: "main", view: {}, documents: [] }] });
    link.parts[0].file = other.parts[0].file;
    await visit.go(server.add(link));
    await visit.page.locator("main button.primary").click();
    await visit.type_code(kCode);
    await expect_tamper("part 1");
});

test("AChangedHeaderStopsThePage", async () => {
    await visit.open_papers(server.add(link_of()), kCode);
    server.faults.header = flip(-10);
    await save_button().click();
    await expect_tamper(kName);
});

const kBodyFaults = {
    nonce: flip(3),
    first: flip(100),
    middle: flip(2_500_000),
    last_tag: flip(-1),
    shorter: (body) => body.subarray(0, -65552),
    longer: (body) => Buffer.concat([body, Buffer.alloc(10)]),
};

for (const [name, change] of Object.entries(kBodyFaults)) {
    test(`AChangedBodyIsNotSaved_${name}`, async () => {
        await visit.open_papers(server.add(link_of()), kCode);
        let downloads = 0;
        visit.page.on("download", () => (downloads += 1));
        server.faults.body = change;
        await save_button().click();
        const expected = name === "shorter" ? /The connection was lost/ : fill(words.en.damaged, { name: kName });
        await status().getByText(expected).waitFor();
        assert.equal(downloads, 0);
    });
}

async function save_after_cut(cut_after, change = () => undefined) {
    await visit.open_papers(server.add(link_of()), kCode);
    server.faults.cut_after = cut_after;
    await save_button().click();
    await status().locator("button").waitFor();
    const told = await status().innerText();
    change();
    const download = visit.page.waitForEvent("download");
    await status().locator("button").click();
    const content = readFileSync(await (await download).path());
    assert.ok(content.equals(kContent), "not byte-identical");
    return { told, bodies: server.requests.filter(({ path }) => path.endsWith("/body")) };
}

test("ACutDownloadGoesOnByRange", async () => {
    const { told, bodies } = await save_after_cut(2_000_000);
    assert.match(told, /The connection was lost at (39|4\d) %\. Nothing has been used up\./);
    assert.equal(bodies.length, 2);
    assert.match(bodies[1].headers.range, /^bytes=\d{6,7}-$/);
    assert.ok(bodies[1].headers["if-range"]);
    assert.equal(server.requests.filter(({ path }) => path.endsWith("/header")).length, 1);
});

test("ADownloadCutBeforeItsNonceGoesOn", async () => {
    await save_after_cut(7);
});

test("AServerWithoutRangesStartsAgain", async () => {
    const { bodies } = await save_after_cut(2_000_000, () => (server.faults.no_ranges = true));
    assert.equal(bodies.length, 2);
});

test("ALostReplyToOpenCostsNoSecondOpening", async () => {
    const link = link_of();
    await visit.go(server.add(link));
    await visit.page.locator("main button.primary").click();
    server.faults.lose_open_reply = true;
    await visit.type_code(kCode);
    await visit.page.locator(".summary, .checked").waitFor(); // Chromium itself repeats a call on a connection that died
    if (await visit.page.locator(".summary").count()) {
        await visit.page.locator("form button").click();
    }
    await visit.page.locator(".checked").waitFor();
    assert.equal(link.opens, 1);
    assert.ok(server.requests.filter(({ path }) => path === "/v1/links/open").length > 1);
});

test("WaitingIsToldWithItsTime", async () => {
    await visit.go(server.add(link_of()));
    await visit.page.locator("main button.primary").click();
    server.waiting_until = Date.now() + 60_000;
    await visit.type_code("123412341234");
    await visit.page.locator(".summary", { hasText: /Too many wrong codes from here\. You can try again at \w{3} \d+ \w+ \d{4}, \d\d:\d\d, Stockholm time\./ }).waitFor();
});

test("AServerThatIsAwayIsTold", async () => {
    await visit.go(server.add(link_of()));
    await visit.page.locator("main button.primary").click();
    await visit.page.locator("#code").waitFor();
    await visit.context.setOffline(true);
    await visit.type_code(kCode);
    await visit.page.locator(".summary", { hasText: words.en.net }).waitFor();
    await visit.context.setOffline(false);
    await visit.page.locator("form button").click();
    await visit.page.locator(".checked").waitFor();
});

test("AStaleChallengeIsDrawnAgainSilently", async () => {
    const link = link_of();
    await visit.go(server.add(link));
    await visit.page.locator("main button.primary").click();
    await visit.page.locator("#code").waitFor();
    link.challenges.clear();
    await visit.type_code(kCode);
    await visit.page.locator(".checked").waitFor();
});

test("ALinkFrozenAfterHelloSaysSo", async () => {
    const link = link_of();
    await visit.go(server.add(link));
    await visit.page.locator("main button.primary").click();
    link.frozen = true;
    await visit.type_code(kCode);
    await visit.page.locator("h1", { hasText: "This link was opened on another device and is paused" }).waitFor();
});

test("ALinkWithdrawnWhileItIsReadShowsNothingMore", async () => {
    const link = link_of();
    await visit.open_papers(server.add(link), kCode);
    link.revoked = true;
    await save_button().click();
    await visit.page.locator("h1", { hasText: words.en.ending_revoked.slice(0, -1) }).waitFor();
    assert.equal(await visit.page.locator(".paper").count(), 0);
});

test("ARepublishedPackageIsReadInItsNewVersion", async () => {
    const link = link_of();
    const url = server.add(link);
    await visit.open_papers(url, kCode);
    assert.equal(await visit.page.locator(".note").innerText(), link.options.note);
    const version = { ...make_link({ version: 2, note: "A new gate.", keys: link.keys, parts: [] }) };
    Object.assign(link, { package: version.package, parts: version.parts, options: version.options });
    await visit.page.reload();
    await visit.page.locator(".note", { hasText: "A new gate." }).waitFor();
});
