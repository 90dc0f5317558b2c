// History, storage, languages, the code field, scanners: what the page does beyond its words.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { another_visit, heading, press, server, visit } from "../lib/fresh.mjs";
import { fill, words } from "../lib/words.mjs";
import { receipt } from "../mock/format.mjs";
import { kCode, make_link } from "../mock/papers.mjs";
import { office_link } from "../mock/scenes.mjs";

const kPapers = fill(words.en.package_h1, { recipient: "IOM Bucharest" });

async function to_code(link = office_link()) {
    await visit.go(server.add(link));
    await press();
    await visit.page.locator("#code").waitFor();
    return link;
}

test("AScannerThatLoadsAndClicksChangesNothing", async () => {
    const link = office_link();
    const url = server.add(link);
    const state = server.state();
    await visit.go(url);
    assert.equal(server.requests.filter(({ path }) => path.startsWith("/v1")).length, 0, "a request before the click");
    await press();
    await visit.page.locator("#code").waitFor();
    for (const button of await visit.page.locator("button").all()) {
        await button.click();
    }
    await visit.page.locator(".summary").waitFor();
    assert.equal(server.state(), state);
    assert.ok(!server.requests.some(({ path }) => path.endsWith("/open")));
});

test("NoRequestCarriesTheSecret", async () => {
    const link = office_link();
    await visit.open_papers(server.add(link), kCode);
    const secret = link.fragment.slice(2);
    const seen = JSON.stringify(server.requests) + JSON.stringify(await visit.page.evaluate(() => [{ ...localStorage }, { ...sessionStorage }, location.href]));
    assert.ok(!seen.includes(secret) && !seen.includes(kCode));
    assert.ok(!seen.includes(link.keys.p1.toString("base64url")));
});

test("TheProofOfTheOpeningIsSavedAsItCame", async () => {
    const link = office_link();
    await visit.open_papers(server.add(link), kCode);
    const download = visit.page.waitForEvent("download");
    await visit.page.locator("button", { hasText: words.en.receipt_save }).click();
    const [lease] = link.leases.values();
    assert.equal(readFileSync(await (await download).path(), "utf8"), receipt(server.entries, lease.entry));
});

test("AReloadAsksForNoCodeAndUsesNoOpening", async () => {
    const link = office_link();
    await visit.open_papers(server.add(link), kCode);
    await visit.page.reload();
    await heading(kPapers);
    assert.equal(link.opens, 1);
});

test("AReloadOfTheCodeScreenComesBackToTheLink", async () => {
    await to_code();
    await visit.page.reload();
    await heading(words.en.landing_h1);
    await press();
    await visit.page.locator("#code").waitFor();
});

test("TheSameBrowserComesBackUnderItsLease", async () => {
    const link = office_link({ max_opens: 1 });
    const url = server.add(link);
    await visit.open_papers(url, kCode);
    const again = await visit.context.newPage();
    await again.goto(url);
    await again.locator("main button.primary").click();
    await again.locator("#code").fill(kCode);
    await again.locator("form button").click();
    await again.locator(".checked").waitFor();
    assert.equal(link.opens, 1);
});

test("AnotherBrowserIsToldThatTheLinkIsUsedUp", async () => {
    const url = server.add(office_link({ max_opens: 1 }));
    await visit.open_papers(url, kCode);
    const other = await another_visit();
    await other.go(url);
    await other.page.locator("main button.primary").click();
    await other.page.locator("h1", { hasText: "This link has been opened as many times as it allows (1)" }).waitFor();
    await other.close();
});

test("ClearThisDeviceForgetsEverything", async () => {
    await visit.open_papers(server.add(office_link()), kCode);
    await visit.page.getByText(words.en.clear, { exact: true }).click();
    await heading("This device no longer remembers the papers");
    assert.deepEqual(await visit.page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0]);
    assert.ok(!(await visit.page.locator("body").innerText()).includes("Bucharest"));
});

test("BackWalksThroughTheScreensAndPostsNothing", async () => {
    await to_code();
    const before_back = server.requests.length;
    await visit.page.goBack();
    await heading(words.en.landing_h1);
    await visit.page.goForward();
    await heading(words.en.code_h1);
    assert.equal(server.requests.length, before_back);
});

test("BackFromThePapersWipesTheSecretAndKeepsThePapers", async () => {
    await visit.open_papers(server.add(office_link()), kCode);
    await visit.page.goBack();
    await heading(kPapers);
    assert.equal(await visit.page.evaluate(() => location.href), server.origin + "/o");
});

test("BackFromAPaperShowsThePackage", async () => {
    await visit.open_papers(server.add(office_link()), kCode);
    await visit.page.getByRole("button", { name: "Show RV-2026-014-photo-1.png" }).click();
    await heading("RV-2026-014-photo-1.png");
    await visit.page.goBack();
    await heading(kPapers);
    const again = await visit.page.evaluate(() => location.href);
    assert.equal(again, server.origin + "/o");
});

test("AnotherLinkInTheSameTabStartsAnew", async () => {
    await visit.open_papers(server.add(office_link()), kCode);
    const other = server.add(make_link({ note: "Another one." }));
    await visit.page.evaluate((url) => (location.href = url), other);
    await heading(words.en.landing_h1);
    await press();
    await visit.type_code(kCode);
    await visit.page.locator(".note", { hasText: "Another one." }).waitFor();
});

test("ALinkWithoutACodeOpensWithOneClick", async () => {
    const link = office_link({ variant: "n" });
    await visit.go(server.add(link));
    assert.ok(!(await visit.page.locator("main").innerText()).includes("code"));
    await press();
    await heading(kPapers);
    assert.equal(link.opens, 1);
});

test("TheCodeIsTakenInAnyScriptAndGrouped", async () => {
    await to_code();
    const field = visit.page.locator("#code");
    await field.pressSequentially("४०२३-८१७७ ६०९५");
    assert.equal(await field.inputValue(), "4023 8177 6095");
    await field.press("Enter");
    await heading(kPapers);
});

test("TooManyDigitsAreReportedNotCut", async () => {
    await to_code();
    await visit.type_code("4023 8177 6095 12");
    await visit.page.locator(".summary", { hasText: fill(words.en.code_length, { n: 14 }) }).waitFor();
    assert.equal(await visit.page.title(), "Error: Enter the code – Resvalv");
    await visit.page.locator(".summary a").click();
    assert.equal(await visit.page.evaluate(() => document.activeElement.id), "code");
});

test("TheButtonStaysFocusableWhileTheCodeIsChecked", async () => {
    await to_code();
    const button = visit.page.locator("form button");
    await visit.page.locator("#code").fill(kCode);
    await button.focus();
    await button.press("Enter");
    assert.equal(await button.getAttribute("aria-disabled"), "true");
    assert.equal(await button.isDisabled(), true); // by ARIA
    assert.equal(await button.evaluate((one) => one.disabled), false);
    await visit.page.locator("#live", { hasText: words.en.code_busy }).waitFor();
    await heading(kPapers);
});

test("ChangingTheLanguageKeepsScreenAndTypedCode", async () => {
    await to_code();
    await visit.page.locator("#code").fill("4023");
    await visit.page.locator("#language").focus();
    await visit.page.locator("#language").selectOption("sv");
    await heading(words.sv.code_h1);
    assert.equal(await visit.page.locator("#code").inputValue(), "4023");
    assert.equal(await visit.page.evaluate(() => document.documentElement.lang + document.activeElement.id), "svlanguage");
});

test("ThePackagesLanguageIsUsedWhenTheBrowserHasNoneOfOurs", async () => {
    const other = await another_visit({ locale: "ro-RO" });
    await other.open_papers(server.add(office_link({ language: "sv" })), kCode);
    assert.equal(await other.heading(), fill(words.sv.package_h1, { recipient: "IOM Bucharest" }));
    await other.close();
});

test("TimesNameTheirClockAndTheReadersOwn", async () => {
    const other = await another_visit({ timezoneId: "Asia/Kathmandu" });
    await other.open_papers(server.add(office_link()), kCode);
    const text = await other.page.locator("main").innerText();
    assert.ok(text.includes("Fri 20 March 2026, 10:00, Stockholm time (your time 14:45)"), text);
    assert.ok(text.includes("Tue 31 March 2026, 16:40, Bucharest time (your time 19:25)"), text);
    assert.ok(text.includes("change: 1 h 20 min"));
    assert.ok(text.includes("change: 50 min"));
    assert.ok(!text.includes("not at all"), "an unknown field of the view is shown");
    await other.close();
});

test("LeaveQuicklyIsThereForEscortAndTravellerOnly", async () => {
    await visit.open_papers(server.add(office_link()), kCode);
    assert.equal(await visit.page.locator("button.leave").count(), 0);
    const other = await another_visit();
    await other.open_papers(server.add(office_link({ audience: "traveller" })), kCode);
    assert.ok(await other.page.locator("button.leave").isVisible());
    for (let count = 0; count < 3; count += 1) {
        await other.page.keyboard.press("Shift");
    }
    await other.page.waitForURL("about:blank");
    await other.close();
});

test("WithoutScriptThePageSaysWhatItNeeds", async () => {
    const other = await another_visit({ javaScriptEnabled: false });
    await other.page.goto(server.add(office_link()));
    const text = await other.page.locator("main").innerText();
    assert.ok(text.includes(words.en.noscript) && text.includes(words.sv.noscript), text);
    await other.close();
});

test("AnAlteredScriptDoesNotRun", async () => {
    const [asset] = server.assets.values();
    asset.body = Buffer.concat([asset.body, Buffer.from("/* */")]);
    await visit.page.goto(server.add(office_link()));
    await visit.page.locator(".late").waitFor({ timeout: 25_000 }); // the text for browsers that cannot run the script
    assert.equal(await visit.page.locator("main button").count(), 0);
    visit.violations.length = 0;
});

test("ThePrintedPlanHasNoButtonsAndItsOwnTitle", async () => {
    await visit.open_papers(server.add(office_link()), kCode);
    await visit.page.emulateMedia({ media: "print" });
    assert.equal(await visit.page.locator("button:visible, header:visible").count(), 0);
    assert.ok(await visit.page.locator(".print-title", { hasText: words.en.plan_h2 }).isVisible());
    assert.ok(await visit.page.locator(".tick").first().isVisible());
    await visit.picture("print");
});

test("AnInsecureOriginIsRefusedBeforeAnythingElse", async () => {
    const url = server.add(office_link()).replace("127.0.0.1", "papers.test");
    await visit.page.goto(url);
    await visit.page.locator("main", { hasText: words.en.http }).waitFor();
    assert.equal(await visit.page.locator("main button").count(), 0);
    visit.requests.length = 0; // of the other name for the same server
    visit.violations.length = 0; // Chromium ignores the opener policy there and says so
});

test("ABrowserThatIsTooOldIsToldSo", async () => {
    await visit.context.addInitScript(() => delete globalThis.Worker);
    await visit.page.goto(server.add(office_link()));
    await visit.page.locator("main", { hasText: words.en.old }).waitFor();
});

test("InsideAnotherAppTheLinkCanBeCopied", async () => {
    const other = await another_visit({ userAgent: "Mozilla/5.0 (Linux; Android 14; wv) Chrome/130 WhatsApp/2.24", permissions: ["clipboard-read", "clipboard-write"] });
    const url = server.add(office_link());
    await other.go(url);
    assert.deepEqual(await other.axe(), { violations: [], incomplete: [] });
    await other.page.getByText(words.en.inapp_copy, { exact: true }).click();
    await other.page.locator("#live", { hasText: words.en.inapp_copied }).waitFor();
    assert.equal(await other.page.evaluate(() => navigator.clipboard.readText()), url);
    await other.close();
});
