// The page against the programs as they are: what a recipient sees of links that a coordinator really sent. Run by serve.mjs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { Visit, launch } from "../lib/browser.mjs";
import { fill, words } from "../lib/words.mjs";

const kPhone = { width: 360, height: 740 };
const kDesk = { width: 1280, height: 900 };
const links = JSON.parse(readFileSync(process.env.VALV_BROWSER_LINKS));
let browser;

before(async () => {
    browser = await launch();
});
after(() => browser.close());

async function visiting(name, work, options = {}) {
    const visit = await Visit.make(browser, { viewport: kDesk, ...options });
    try {
        await work(visit);
        assert.deepEqual(visit.violations, []);
        assert.deepEqual(visit.foreign_requests(new URL(links.office.url).origin), []);
    } catch (error) {
        await visit.picture(`failed-${name}`);
        throw error;
    } finally {
        await visit.close();
    }
}

const main_text = (visit) => visit.page.locator("main").innerText();
const heading = (visit, text) => visit.page.locator("h1", { hasText: text }).waitFor();
const opening = (n, max) => fill(words.en.package_opens, { n, max, time: "…" }).split(".")[0];

for (const [size, viewport] of Object.entries({ phone: kPhone, desk: kDesk })) {
    test(`TheOfficeSeesItsPackage_${size}`, () => visiting(`office-${size}`, async (visit) => {
        await visit.go(links.office.url);
        await visit.picture(`${size}-1-landing`);
        await visit.page.locator("main button.primary").click();
        await visit.page.locator("#code").waitFor();
        await visit.picture(`${size}-2-code`);
        await visit.type_code(links.office.code);
        await visit.page.locator(".checked").waitFor();
        await visit.picture(`${size}-3-package`);
        const text = await main_text(visit);
        for (const shown of ["Alva Provsson", "Exempelkommunens enhet", "Ilinca Păun-Exempel", "XX 314", "(OTP)", "Call me when she has arrived.", "+442079460302"]) {
            assert.ok(text.includes(shown), `${shown} is missing in: ${text}`);
        }
        const callable = await visit.page.locator(".person").count();
        assert.equal(await visit.page.locator(".person a[href^='tel:']").count(), callable, "somebody to call has no number");
        assert.ok(text.includes("Doina Păun-Exempel"), "the guardian is not named");
        assert.ok(!text.includes("undefined") && !text.includes("[object"), text);
        assert.ok(await visit.width() <= viewport.width, "scrolls sideways");
        assert.deepEqual((await visit.axe()).violations, []);
    }, { viewport }));

    test(`TheEscortSeesTheJourney_${size}`, () => visiting(`escort-${size}`, async (visit) => {
        await visit.open_papers(links.escort.url, links.escort.code);
        await visit.picture(`${size}-4-escort`);
        const text = await main_text(visit);
        for (const shown of ["XX 314", "XX 789", "the lingonberries are ripe"]) {
            assert.ok(text.includes(shown), `${shown} is missing in: ${text}`);
        }
        assert.ok(!text.includes("passport"), "the escort gets no passport");
    }, { viewport }));
}

test("AReloadAsksForNoCodeAndUsesNoOpening", () => visiting("reload", async (visit) => {
    await visit.open_papers(links.twice.url, links.twice.code);
    assert.ok((await main_text(visit)).includes(opening(1, 5)));
    await visit.page.reload();
    await visit.page.locator(".checked").waitFor();
    assert.ok((await main_text(visit)).includes(opening(1, 5)));
}));

test("AnotherBrowserIsTheSecondOpening", () => visiting("second", async (visit) => {
    await visit.open_papers(links.twice.url, links.twice.code);
    assert.ok((await main_text(visit)).includes(opening(2, 5)));
}));

test("APaperIsShownInThePage", () => visiting("shown", async (visit) => {
    await visit.open_papers(links.twice.url, links.twice.code);
    await visit.page.locator(".paper", { hasText: "passport" }).getByRole("button", { name: words.en.row_show }).click();
    await visit.page.locator("main canvas").first().waitFor();
    await visit.picture("desk-5-passport");
}));

test("AWrongCodeCostsNothing", () => visiting("wrong", async (visit) => {
    await visit.go(links.wrong.url);
    await visit.page.locator("main button.primary").click();
    await visit.type_code("000000000000");
    await visit.page.locator(".summary", { hasText: words.en.code_wrong }).waitFor();
    await visit.picture("phone-6-wrong");
    await visit.type_code(links.wrong.code);
    await visit.page.locator(".checked").waitFor();
    assert.ok((await main_text(visit)).includes(opening(1, 5)));
}, { viewport: kPhone }));

const kEndings = { expired: "ending_expired", revoked: "ending_revoked", used_up: "ending_used_up", early: "ending_not_yet" };
for (const [name, key] of Object.entries(kEndings)) {
    test(`TheEndingIsNamed_${name}`, () => visiting(name, async (visit) => {
        await visit.go(links[name].url ?? links[name]);
        await visit.page.locator("main button.primary").click();
        await heading(visit, words.en[key].split(/[.{]/)[0].trim());
        await visit.picture(`phone-7-${name}`);
    }, { viewport: kPhone }));
}

test("AForgedProbeLearnsNothing", () => visiting("forged", async (visit) => {
    const url = links.revoked;
    const at = url.length - 10;
    await visit.go(url.slice(0, at) + (url[at] === "A" ? "B" : "A") + url.slice(at + 1));
    await visit.page.locator("main button.primary").click();
    await heading(visit, words.en.ending_unknown.split(".")[0]);
}));
