// One Chromium for a test file; each `visit` is a fresh profile that collects what must not happen.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import { chromium } from "playwright-core";

const kFlags = [
    "--disable-background-networking", "--no-first-run", "--disable-component-update", "--disable-sync", "--disable-quic",
    "--host-resolver-rules=MAP papers.test 127.0.0.1",
];
const kTags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export const kPhone = { width: 320, height: 568 };
export const kDesk = { width: 1280, height: 800 };
export const page_folder = process.env.VALV_VIEWER_PAGE;

export function launch() {
    return chromium.launch({
        executablePath: process.env.VALV_CHROMIUM ?? "/usr/bin/chromium",
        chromiumSandbox: process.getuid() !== 0,
        args: kFlags,
    });
}

export class Visit {
    violations = [];
    foreign = [];
    requests = [];

    static async make(browser, options = {}) {
        const visit = new Visit();
        visit.context = await browser.newContext({
            viewport: kDesk, locale: "en-GB", timezoneId: "Europe/Stockholm", colorScheme: "light", reducedMotion: "reduce", ...options,
        });
        visit.page = await visit.context.newPage();
        await visit.watch(options.origin);
        return visit;
    }

    async watch() {
        await this.context.addInitScript(() => {
            addEventListener("securitypolicyviolation", (event) => console.error(`VIOLATION ${event.effectiveDirective} ${event.blockedURI}`));
        });
        this.page.on("console", (message) => {
            if (/VIOLATION|Content Security Policy|TrustedScript/.test(message.text())) {
                this.violations.push(message.text());
            }
        });
        this.page.on("pageerror", (error) => this.violations.push("error: " + error.message));
        this.page.on("request", (request) => this.requests.push(request.url()));
    }

    foreign_requests(origin) {
        return this.requests.filter((url) => !/^(blob|data|about):/.test(url) && new URL(url).origin !== origin);
    }

    heading() {
        return this.page.locator("h1").innerText();
    }

    async go(url) {
        await this.page.goto(url);
        await this.page.locator("#top:not([hidden])").waitFor();
    }

    // Landing, code, papers.
    async open_papers(url, code) {
        await this.go(url);
        await this.page.locator("main button.primary").click();
        if (code !== undefined) {
            await this.type_code(code);
        }
        await this.page.locator(".checked").waitFor();
    }

    async type_code(code) {
        await this.page.locator("#code").fill(code);
        await this.page.locator("form button").click();
    }

    async axe() {
        await this.page.evaluate(axe.source);
        const found = await this.page.evaluate((tags) => globalThis.axe.run(document, { runOnly: { type: "tag", values: tags } }), kTags);
        const brief = ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120) + " " + node.failureSummary).join(" | ")}`;
        return { violations: found.violations.map(brief), incomplete: found.incomplete.map(brief) };
    }

    width() {
        return this.page.evaluate(() => document.documentElement.scrollWidth);
    }

    async picture(name) {
        const folder = process.env.VALV_BROWSER_PICTURES;
        if (folder) {
            mkdirSync(folder, { recursive: true });
            await this.page.screenshot({ path: join(folder, name + ".png"), fullPage: true, animations: "disabled" });
        }
    }

    close() {
        return this.context.close();
    }
}
