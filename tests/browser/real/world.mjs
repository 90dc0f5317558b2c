// A running resvalvd with a case and its links, made with resvalv as a coordinator would. The page that Chromium loads comes from the
// server itself. VALV_RESVALV and VALV_RESVALVD are the programs; VALV_TEST_CLOCK_LIBRARY moves their clock, so that a link runs out
// without waiting.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const kRoot = new URL("../../../", import.meta.url).pathname;
const kJpegBytes = 3_000_000;
const kHours = 3600;

export class RealWorld {
    folder = mkdtempSync(join(tmpdir(), "valv-browser-"));

    async start() {
        this.set_clock(-2 * kHours);
        this.environment = {
            PATH: process.env.PATH, HOME: this.folder, XDG_STATE_HOME: join(this.folder, "state"),
            LD_PRELOAD: process.env.VALV_TEST_CLOCK_LIBRARY, VALV_TEST_CLOCK: join(this.folder, "clock"),
            RESVALVD_LOCAL_ONLY: "true", RESVALVD_STAFF_LISTEN: "127.0.0.1:0", RESVALVD_PUBLIC_LISTEN: "127.0.0.1:0",
            RESVALVD_METRICS_LISTEN: "",
        };
        this.operate("init");
        await this.serve();
        this.make_case();
        return this;
    }

    // The server's and the senders' time less the machine's.
    set_clock(seconds) {
        const octets = Buffer.alloc(8);
        octets.writeBigInt64LE(BigInt(seconds));
        writeFileSync(join(this.folder, "clock"), octets, { flag: this.has_clock ? "r+" : "w" });
        this.has_clock = true;
    }

    file(name, content) {
        writeFileSync(join(this.folder, name), content);
        return join(this.folder, name);
    }

    operate(...words) {
        return execFileSync(process.env.VALV_RESVALVD, ["--data-folder", join(this.folder, "data"), ...words], { env: this.environment });
    }

    resvalv(...words) {
        const profile = ["--json", "--profile", join(this.folder, "profile"), "--passphrase-file", join(this.folder, "passphrase")];
        return JSON.parse(execFileSync(process.env.VALV_RESVALV, [...profile, ...words], { env: this.environment }));
    }

    async serve() {
        const log = openSync(join(this.folder, "log"), "w");
        const words = ["--data-folder", join(this.folder, "data"), "serve", "--ready-fd", "3"];
        this.server = spawn(process.env.VALV_RESVALVD, words, { env: this.environment, stdio: ["ignore", log, log, "pipe"] });
        const [line] = await once(createInterface({ input: this.server.stdio[3] }), "line");
        this.ports = JSON.parse(line);
    }

    make_case() {
        this.file("passphrase", "a passphrase for the browser tests");
        const token = this.file("token", this.operate("vault-token"));
        const origin = `http://127.0.0.1:${this.ports.public}`;
        this.resvalv("vault", "create", "--server", `https://127.0.0.1:${this.ports.staff}`, "--link-origin", origin, "--token-file", token,
            "--name", "Exempelkommunens enhet", "--your-name", "Alva Provsson");
        this.case = this.resvalv("case", "new", "--reference", "RV-2026-014", "--to", "RO", "--place", "Provești", "--zone", "Europe/Bucharest",
            "--given", "Ilinca", "--family", "Păun-Exempel", "--age", "16", "--sex", "female", "--citizenship", "RO", "--speaks", "ro,en").case;
        const record = execFileSync(process.execPath, [kRoot + "scripts/lib/demo-case.mjs", kRoot + "tests/data/cases/8_3.json"]);
        this.resvalv("case", "import", this.case, this.file("record.json", record));
        this.passport = Buffer.concat([readFileSync(kRoot + "tests/data/papers/passport.jpg"), randomBytes(kJpegBytes)]);
        this.add(this.file("pass.jpg", this.passport), "passport");
        this.add(kRoot + "tests/data/papers/plan.pdf", "ticket");
    }

    add(file, kind) {
        this.resvalv("document", "add", this.case, file, "--kind", kind, "--about", "p1");
    }

    link(...words) {
        return this.resvalv("link", "create", this.case, ...words);
    }

    open(link) {
        const url = this.file("url", link.url);
        return this.resvalv("link", "open", "--url-file", url, "--code-file", this.file("code", link.code));
    }

    // What page/main_path.test.mjs and papers.test.mjs want, as VALV_BROWSER_LINKS.
    make_links() {
        const office = ["--audience", "office", "--to", "o1"];
        const kinds = ["--kinds", "itinerary,ticket,passport"];
        const expired = this.link(...office, ...kinds, "--until", "1h");
        this.set_clock(0);
        const revoked = this.link(...office, ...kinds, "--until", "2d");
        this.resvalv("link", "revoke", this.case, revoked.link);
        const used_up = this.link(...office, ...kinds, "--until", "2d", "--opens", "1");
        this.open(used_up);
        const pick = ({ url, code }) => ({ url, code });
        return {
            office: {
                ...pick(this.link(...office, ...kinds, "--until", "2d", "--opens", "20", "--note", "Ring mig när hon är framme. / Call me when she has arrived.")),
                name: "RV-2026-014-passport-1.jpg", sha256: createHash("sha256").update(this.passport).digest("hex"),
            },
            twice: pick(this.link(...office, ...kinds, "--until", "2d", "--opens", "5")),
            wrong: pick(this.link(...office, ...kinds, "--until", "2d")),
            escort: pick(this.link("--audience", "escort", "--to", "e1", "--kinds", "itinerary,ticket", "--until", "2d")),
            early: pick(this.link(...office, ...kinds, "--from", "1d", "--until", "2d")),
            expired: expired.url, revoked: revoked.url, used_up: used_up.url,
        };
    }

    async stop() {
        const ended = new Promise((done) => this.server.once("exit", done));
        this.server.kill("SIGTERM");
        const code = await ended;
        rmSync(this.folder, { recursive: true });
        return code;
    }
}
