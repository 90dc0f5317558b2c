// One browser for a test file that imports this; for each test a fresh server and a fresh visit (live bindings), and what none may leave.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach } from "node:test";
import { MockServer } from "../mock/server.mjs";
import { Visit, launch, page_folder } from "./browser.mjs";

export let server;
export let visit;
let browser;

before(async () => {
    browser = await launch();
});
after(() => browser.close());
beforeEach(async () => {
    server = await new MockServer(page_folder).start();
    visit = await Visit.make(browser);
});
afterEach(async () => {
    assert.deepEqual(visit.violations, []);
    assert.deepEqual(visit.foreign_requests(server.origin), []);
    await visit.close();
    await server.stop();
});

// A visit of somebody else, to the same server.
export const another_visit = (options) => Visit.make(browser, options);

export const heading = (text) => visit.page.locator("h1", { hasText: text }).waitFor();
export const press = () => visit.page.locator("main button.primary").first().click();
