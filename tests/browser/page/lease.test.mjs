// A lease runs out while its papers are on the screen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { heading, press, server, visit } from "../lib/fresh.mjs";
import { fill, words } from "../lib/words.mjs";
import { kCode } from "../mock/papers.mjs";
import { office_link } from "../mock/scenes.mjs";

const kPapers = fill(words.en.package_h1, { recipient: "IOM Bucharest" });

test("TenMinutesBeforeTheEndThePageSaysSoAndKeepsSayingIt", async () => {
    server.faults.lease_milliseconds = 10 * 60_000 + 3000;
    await visit.open_papers(server.add(office_link()), kCode);
    assert.equal(await visit.page.locator("#lease").isVisible(), false);
    await visit.page.locator("#lease:visible", { hasText: words.en.lease_soon }).waitFor();
    await visit.page.locator("#live", { hasText: words.en.lease_soon }).waitFor();
    await visit.page.locator("#language").selectOption("sv");
    await visit.page.locator("#lease:visible", { hasText: words.sv.lease_soon }).waitFor();
});

test("TheLeaseEndsOnThePageAndOpensAgainWithTheNextOpening", async () => {
    server.faults.lease_milliseconds = 2500;
    const link = office_link({ max_opens: 2 });
    await visit.open_papers(server.add(link), kCode);
    await heading("Your reading time has ended");
    assert.ok((await visit.page.locator("main").innerText()).includes("uses opening 2 of 2."));
    assert.ok(!(await visit.page.locator("body").innerText()).includes("Bucharest"));
    server.faults = {};
    await press();
    await heading(kPapers);
    assert.equal(link.opens, 2);
});

test("AfterTheLastOpeningTheEndSaysThatTheLinkIsUsedUp", async () => {
    server.faults.lease_milliseconds = 2500;
    await visit.open_papers(server.add(office_link({ max_opens: 1 })), kCode);
    await heading("Your reading time has ended");
    assert.ok((await visit.page.locator("main").innerText()).includes(fill(words.en.ending_used_up, { max: 1 })));
    assert.equal(await visit.page.locator("main button").count(), 0);
});

test("AReloadAfterTheEndSendsTheReaderBackToTheLink", async () => {
    const link = office_link();
    await visit.open_papers(server.add(link), kCode);
    link.leases.clear();
    await visit.page.reload();
    await heading("Your reading time has ended");
    assert.ok((await visit.page.locator("main").innerText()).includes(words.en.lease_end_link));
});
