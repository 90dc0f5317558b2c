// Every screen in both languages, light and dark, on a small telephone and on a desk: axe finds nothing, nothing scrolls
// sideways, the heading is the title and holds the focus. Pictures go to VALV_BROWSER_PICTURES.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Visit, kDesk, kPhone, launch, page_folder } from "../lib/browser.mjs";
import { kCode } from "../mock/papers.mjs";
import { ended_links, office_link } from "../mock/scenes.mjs";
import { MockServer } from "../mock/server.mjs";

let browser;
let server;

before(async () => {
    browser = await launch();
    server = await new MockServer(page_folder).start();
});

after(async () => {
    await browser.close();
    await server.stop();
});

const press = (visit) => visit.page.locator("main button.primary").first().click();

async function to_code(visit) {
    await visit.go(server.add(office_link()));
    await press(visit);
    await visit.page.locator("#code").waitFor();
}

const to_papers = (visit, given) => visit.open_papers(server.add(office_link(given)), kCode);

async function show(visit, name) {
    await to_papers(visit);
    await visit.page.locator(".paper", { hasText: name }).locator("button").first().click();
    await visit.page.locator(".page > *").waitFor();
}

async function cheat(fault, change) {
    server.faults[fault] = change;
}

const kScenes = {
    landing: (visit) => visit.go(server.add(office_link())),
    landing_no_code: (visit) => visit.go(server.add(office_link({ variant: "n" }))),
    incomplete: (visit) => visit.go(server.origin + "/o#cAAAA"),
    code: to_code,
    code_empty: async (visit) => {
        await to_code(visit);
        await visit.page.locator("form button").click();
    },
    code_wrong: async (visit) => {
        await to_code(visit);
        await visit.type_code("111122223333");
        await visit.page.locator(".summary").waitFor();
    },
    package: (visit) => to_papers(visit),
    package_escort: (visit) => to_papers(visit, { audience: "escort" }),
    package_saved: async (visit) => {
        await to_papers(visit);
        const download = visit.page.waitForEvent("download");
        await visit.page.locator(".paper button.primary").first().click();
        await download;
        await visit.page.locator(".status p").first().waitFor();
    },
    package_cut: async (visit) => {
        await to_papers(visit);
        await cheat("cut_after", 1_000_000);
        await visit.page.locator(".paper button.primary").first().click();
        await visit.page.locator(".status button").waitFor();
    },
    document_picture: (visit) => show(visit, "photo"),
    document_text: (visit) => show(visit, ".txt"),
    cleared: async (visit) => {
        await to_papers(visit);
        await visit.page.locator(".last button").last().click();
    },
    tamper: async (visit) => {
        await cheat("package_mac", (mac) => Buffer.alloc(mac.length));
        await visit.go(server.add(office_link()));
        await press(visit);
        await visit.type_code(kCode);
        await visit.page.locator("#code").waitFor({ state: "detached" });
    },
    lease_over: async (visit) => {
        await cheat("lease_milliseconds", 2500);
        await to_papers(visit);
        await visit.page.locator(".checked").waitFor({ state: "detached" });
    },
    server_busy: async (visit) => {
        await visit.go(server.add(office_link()));
        await cheat("unavailable", true);
        await press(visit);
        await visit.page.locator(".summary").waitFor();
    },
    unknown: async (visit) => {
        await visit.go(server.origin + "/o" + office_link().fragment);
        await press(visit);
        await visit.page.locator("main button").waitFor({ state: "detached" });
    },
};

for (const [name, make] of Object.entries(ended_links)) {
    kScenes["ending_" + name] = async (visit) => {
        await visit.go(server.add(make()));
        await press(visit);
        await visit.page.locator("main button").waitFor({ state: "detached" });
    };
}

const kSummaryScenes = ["code_empty", "code_wrong", "server_busy"];
const kFieldScenes = ["code"];
const kButtonScenes = ["package_cut", "package_saved"];

async function check_focus(visit, name) {
    const focused = await visit.page.evaluate(() => document.activeElement?.tagName + " " + document.activeElement?.className);
    const expected = kSummaryScenes.includes(name) ? "DIV summary" : kFieldScenes.includes(name) ? "INPUT code" : "H1 ";
    if (!kButtonScenes.includes(name) && !/^landing|^incomplete/.test(name)) {
        assert.equal(focused, expected, "focus");
    }
}

async function check_targets(visit) {
    const small = await visit.page.locator("button:visible, select:visible, input:visible, a:visible").evaluateAll((all) =>
        all.filter((one) => one.getBoundingClientRect().height < 44 && !one.closest(".summary")).map((one) => one.outerHTML));
    assert.deepEqual(small, [], "targets under 44 px");
}

async function check(visit, language) {
    assert.deepEqual(await visit.axe(), { violations: [], incomplete: [] });
    assert.ok((await visit.width()) <= visit.page.viewportSize().width, "scrolls sideways");
    assert.equal(await visit.page.locator("h1:visible").count(), 1);
    assert.equal(await visit.page.evaluate(() => document.documentElement.lang), language);
    const title = await visit.page.title();
    assert.ok(title.endsWith(" – Resvalv") && title.includes(await visit.heading()), title);
    await check_targets(visit);
}

// axe cannot judge what lies under the sticky foot: there it gets a window in which nothing does.
async function resize(visit, size, name) {
    await visit.page.setViewportSize(name === "package_escort" ? { ...size, height: 4000 } : size);
}

async function check_looks(visit, name) {
    for (const language of ["en", "sv"]) {
        await visit.page.locator("#language").selectOption(language);
        for (const colorScheme of ["light", "dark"]) {
            await visit.page.emulateMedia({ colorScheme });
            for (const [size_name, size] of Object.entries({ phone: kPhone, desk: kDesk })) {
                await resize(visit, size, name);
                await visit.picture(`${name}_${language}_${colorScheme}_${size_name}`);
                await check(visit, language);
            }
        }
    }
}

for (const [name, arrive] of Object.entries(kScenes)) {
    test(`TheScreenIsAccessibleInEveryLook_${name}`, async () => {
        server.faults = {};
        const visit = await Visit.make(browser, { timezoneId: "Europe/Bucharest", viewport: kPhone });
        await arrive(visit);
        await check_focus(visit, name);
        await check_looks(visit, name);
        assert.deepEqual(visit.violations, []);
        assert.deepEqual(visit.foreign_requests(server.origin), []);
        await visit.close();
    });
}
