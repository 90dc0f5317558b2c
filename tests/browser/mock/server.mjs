// docs/protocol.md section 4 in memory, on 127.0.0.1 and a free port. `faults` lets a test cheat.
import { createPublicKey, randomBytes, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { base64url, log_entry, open_event, open_message, receipt, sha256 } from "./format.mjs";
import { time } from "./papers.mjs";

class Refusal extends Error {
    constructor(status, error, more = {}) {
        super(error);
        Object.assign(this, { status, body: { error, message: "A fixed sentence.", ...more } });
    }
}

const kNotFound = () => new Refusal(404, "not_found");
const ended = (reason, more = {}) => new Refusal(410, "ended", { reason, ...more });

export class MockServer {
    links = new Map();
    faults = {};
    requests = [];
    waiting_until = 0;
    entries = [log_entry({ kind: "enrolment", at: "2026-03-01T09:00:00Z", invitation: "i" })]; // of the log

    constructor(page_folder) {
        const manifest = JSON.parse(readFileSync(join(page_folder, "manifest.json")));
        this.page = readFileSync(join(page_folder, manifest.html));
        this.csp = manifest.csp;
        this.assets = new Map(manifest.assets.map((asset) => [asset.path, { ...asset, body: readFileSync(join(page_folder, asset.file)) }]));
    }

    async start() {
        this.server = createServer((request, response) => this.answer(request, response));
        await new Promise((resolve) => this.server.listen(0, "127.0.0.1", resolve));
        this.origin = `http://127.0.0.1:${this.server.address().port}`;
        return this;
    }

    stop() {
        this.server.closeAllConnections();
        return new Promise((resolve) => this.server.close(resolve));
    }

    add(link) {
        this.links.set(link.id, link);
        return this.origin + "/o" + link.fragment;
    }

    // What a scanner must not change.
    state() {
        return JSON.stringify([...this.links.values()].map(({ id, opens, failures, leases }) => [id, opens, failures, leases.size]));
    }

    async answer(request, response) {
        const chunks = [];
        for await (const chunk of request) {
            chunks.push(chunk);
        }
        const path = new URL(request.url, this.origin).pathname;
        this.requests.push({ method: request.method, path, headers: request.headers });
        try {
            this.route(request, path, Buffer.concat(chunks), response);
        } catch (error) {
            this.send_json(response, error.status ?? 500, error.body ?? { error: "internal", message: String(error) }, error.headers);
        }
    }

    route(request, path, body, response) {
        if (request.method === "GET" && (path === "/o" || this.assets.has(path))) {
            return this.send_page(path, response);
        }
        if (this.faults.unavailable) {
            throw Object.assign(new Refusal(503, "unavailable"), { headers: { "Retry-After": "20" } });
        }
        if (request.method === "POST" && path === "/v1/links/hello") {
            return this.send_json(response, 200, this.hello(JSON.parse(body)));
        }
        if (request.method === "POST" && path === "/v1/links/open") {
            return this.open(JSON.parse(body), response);
        }
        return this.lease_route(request, path, response);
    }

    send(response, status, media_type, body, headers = {}) {
        response.writeHead(status, {
            "Content-Type": media_type, "Content-Length": body.length, "Cache-Control": "no-store", "Resvalv-Version": "0",
            "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Content-Security-Policy": this.csp,
            "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
            "Cross-Origin-Embedder-Policy": "require-corp", "Permissions-Policy": "camera=(), microphone=(), web-share=()",
            "X-Frame-Options": "DENY", "Origin-Agent-Cluster": "?1", ...headers,
        });
        response.end(body);
    }

    send_json(response, status, value, headers) {
        this.send(response, status, "application/json", Buffer.from(JSON.stringify(value)), headers);
    }

    send_page(path, response) {
        const asset = this.assets.get(path);
        if (!asset) {
            return this.send(response, 200, "text/html; charset=utf-8", this.page);
        }
        this.send(response, 200, asset.media_type, asset.body, { "Cache-Control": "public, max-age=31536000, immutable" });
    }

    find_live({ id, probe }) {
        const link = this.links.get(id);
        if (!link || (probe !== undefined && probe !== base64url(link.keys.probe))) {
            throw kNotFound();
        }
        if (link.revoked) {
            throw ended("revoked");
        }
        if (Date.parse(link.options.not_after) <= Date.now()) {
            throw ended("expired", { at: link.options.not_after });
        }
        if (link.not_before && Date.parse(link.not_before) > Date.now()) {
            throw ended("not_yet", { at: link.not_before });
        }
        return link;
    }

    hello(message) {
        const link = this.find_live(message);
        const challenge = base64url(randomBytes(32));
        link.challenges.add(challenge);
        const state = link.locked ? "locked" : link.opens >= link.options.max_opens ? "used_up" : "live";
        return { challenge, state, code: link.options.variant === "c", now: time(Date.now()), maximum: link.options.max_opens };
    }

    open(message, response) {
        const link = this.find_live({ id: message.id });
        if (!link.challenges.delete(message.challenge)) {
            throw kNotFound();
        }
        if (this.waiting_until > Date.now()) {
            throw new Refusal(429, "waiting", { at: time(this.waiting_until) });
        }
        const holder = Buffer.from(message.holder, "base64url");
        const signed = open_message(link.keys.id, Buffer.from(message.challenge, "base64url"), holder);
        if (!verify(null, signed, createPublicKey(link.keys.auth), Buffer.from(message.signature, "base64url"))) {
            link.failures += 1;
            throw new Refusal(403, "wrong_code");
        }
        const lease = this.claim(link, sha256(holder).toString("hex"));
        if (this.faults.lose_open_reply) {
            this.faults.lose_open_reply = false;
            return response.destroy();
        }
        this.send_json(response, 200, this.lease_json(link, lease));
    }

    claim(link, holder) {
        if (link.frozen) {
            throw ended("frozen");
        }
        const known = link.leases.get(holder);
        if (known && known.until > Date.now()) {
            return known;
        }
        if (link.locked || link.opens >= link.options.max_opens) {
            throw ended(link.locked ? "locked" : "used_up", { maximum: link.options.max_opens });
        }
        link.opens += 1;
        const milliseconds = this.faults.lease_milliseconds ?? link.options.lease_minutes * 60_000;
        const now = Date.now();
        this.entries.push(log_entry(open_event(link.id, Buffer.from(holder, "hex"), time(now))));
        const lease = {
            until: now + milliseconds, screen_key: randomBytes(32), opens: link.opens, entry: this.entries.length - 1,
        };
        link.leases.set(holder, lease);
        return lease;
    }

    lease_json(link, { until, screen_key, opens }) {
        return {
            until: time(until), screen_key: base64url(screen_key), opens, maximum: link.options.max_opens,
            version: link.options.version, now: time(Date.now()),
        };
    }

    find_lease(request) {
        const bearer = Buffer.from((request.headers.authorization ?? "").replace(/^Bearer /, ""), "base64url");
        const link = [...this.links.values()].find(({ keys }) => keys.id.equals(bearer.subarray(0, 16)));
        const lease = link?.leases.get(sha256(bearer.subarray(16)).toString("hex"));
        if (!lease || lease.until <= Date.now()) {
            throw new Refusal(401, "unauthenticated");
        }
        if (link.revoked) {
            throw ended("revoked");
        }
        return { link, lease };
    }

    lease_route(request, path, response) {
        const { link, lease } = this.find_lease(request);
        const [, , , kind, number, what] = path.split("/");
        if (kind === undefined) {
            return this.send_json(response, 200, this.lease_json(link, lease));
        }
        if (kind === "receipt") {
            const text = (this.faults.receipt ?? ((given) => given))(receipt(this.entries, lease.entry), lease.entry);
            return this.send(response, 200, "application/octet-stream", Buffer.from(text));
        }
        if (kind === "package") {
            return this.send_object(response, link.package, "package");
        }
        const part = link.parts.find(({ part, documents }) =>
            kind === "parts" ? part === Number(number) : documents.some(({ facts }) => facts.row === Number(number)));
        this.check_part(part);
        if (kind === "parts") {
            return this.send_object(response, part, "part");
        }
        const document = part.documents.find(({ facts }) => facts.row === Number(number));
        return what === "header" ? this.send_header(response, document) : this.send_body(request, response, document);
    }

    check_part(part) {
        if (!part) {
            throw kNotFound();
        }
        if (part.opens_at && Date.parse(part.opens_at) > Date.now()) {
            throw ended("not_yet", { at: part.opens_at });
        }
        if (part.ends_at && Date.parse(part.ends_at) <= Date.now()) {
            throw ended("expired", { at: part.ends_at });
        }
    }

    send_object(response, { file, mac }, kind) {
        const change = this.faults[kind] ?? ((octets) => octets);
        const change_mac = this.faults[kind + "_mac"] ?? ((octets) => octets);
        this.send_json(response, 200, { file: base64url(change(file)), mac: base64url(change_mac(mac)) });
    }

    send_header(response, { header }) {
        this.send(response, 200, "application/octet-stream", (this.faults.header ?? ((octets) => octets))(header));
    }

    send_body(request, response, document) {
        const body = (this.faults.body ?? ((octets) => octets))(document.body);
        const etag = `"${sha256(body).toString("hex").slice(0, 16)}"`;
        const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
        const is_range = !this.faults.no_ranges && from > 0 && (request.headers["if-range"] ?? etag) === etag;
        const rest = is_range ? body.subarray(from) : body;
        const range = is_range ? { "Content-Range": `bytes ${from}-${body.length - 1}/${body.length}` } : {};
        const headers = { ETag: etag, "Accept-Ranges": "bytes", ...range };
        const cut = this.faults.cut_after;
        if (cut === undefined) {
            return this.send(response, is_range ? 206 : 200, "application/octet-stream", rest, headers);
        }
        this.faults.cut_after = undefined;
        response.writeHead(is_range ? 206 : 200, { "Content-Type": "application/octet-stream", "Content-Length": rest.length, ...headers });
        response.write(rest.subarray(0, cut), () => setTimeout(() => response.destroy(), 100));
    }
}
