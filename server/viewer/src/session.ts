// One link, from hello to the papers, inside the worker. Holds the link's keys and lets none of them out.
import { sha256 } from "@noble/hashes/sha2.js";
import { type Bytes, equal, exclusive_or, from_base64url, to_base32, to_base64url } from "./bytes";
import { type DocumentRow, type PackageContent, type PartRow, read_package, read_part } from "./content";
import { type CodeKeys, type LinkKeys, type ObjectPlace, bearer, code_keys, keys_from_p1, object_mac, open_signature } from "./derive";
import { Failure, type TamperedThing } from "./failure";
import type { Hello, Lease, Opened, Papers, PartView } from "./messages";
import { keys, limits, routes, states } from "./protocol";
import { check_receipt } from "./receipt";
import { open_file } from "./stream";
import { type Reply, Transport, find_number, find_text, number_in, text_in } from "./transport";

const kChallengeUseMilliseconds = (limits.challenge_seconds - 15) * 1000;

interface Challenge {
    readonly value: Bytes;
    readonly drawn_at: number; // this device's clock, milliseconds
}

function lease_of(reply: Reply): Lease {
    return {
        until: text_in(reply, keys.until),
        now: text_in(reply, keys.now),
        opens: number_in(reply, keys.opens),
        maximum: number_in(reply, keys.maximum),
        version: number_in(reply, keys.version),
    };
}

async function verified<T>(what: TamperedThing, check: () => Promise<T>): Promise<T> {
    try {
        return await check();
    } catch {
        throw new Failure({ kind: "tamper", what });
    }
}

export class Session {
    private challenge: Challenge | undefined;
    private code: CodeKeys | undefined;
    private holder: Bytes | undefined;
    private version = 0;
    private until = "";
    readonly rows = new Map<number, DocumentRow>();

    constructor(readonly transport: Transport, private readonly id: Bytes, private readonly link: LinkKeys | undefined) {}

    async hello(): Promise<Hello> {
        if (!this.link) {
            throw new Failure({ kind: "lease_over" });
        }
        const message = { [keys.id]: to_base32(this.id), [keys.probe]: to_base64url(this.link.probe) };
        const reply = await this.transport.post(routes.hello, message);
        this.challenge = { value: from_base64url(text_in(reply, keys.challenge)), drawn_at: Date.now() };
        const state = text_in(reply, keys.state);
        const ended = state === states.used_up ? "used_up" : state === states.locked ? "locked" : undefined;
        return { ended, at: find_text(reply, keys.at), maximum: find_number(reply, keys.maximum) };
    }

    // The holder is the page's: it keeps it before the call, so a lost reply costs no opening.
    async open(digits: string | undefined, holder: string): Promise<Opened> {
        if (!this.link) {
            throw new Failure({ kind: "lease_over" });
        }
        const code = code_keys(this.link, digits);
        return this.claim(code, from_base64url(holder));
    }

    async open_again(): Promise<Opened> {
        if (!this.code || !this.holder) {
            throw new Failure({ kind: "lease_over" });
        }
        this.challenge = undefined;
        return this.claim(this.code, this.holder);
    }

    async resume(masked: string, holder: string): Promise<Opened> {
        this.holder = from_base64url(holder);
        const reply = await this.transport.get(routes.lease, this.bearer());
        const screen_key = from_base64url(text_in(reply, keys.screen_key));
        this.code = keys_from_p1(this.id, exclusive_or(from_base64url(masked), screen_key));
        return this.opened(reply);
    }

    // The sender may republish while we read: then the lease names another version, and one more try is right.
    async papers(): Promise<Papers> {
        const version = this.version;
        try {
            return await this.read_papers();
        } catch (error) {
            if (!(error instanceof Failure) || error.detail.kind !== "tamper") {
                throw error;
            }
            this.version = lease_of(await this.transport.get(routes.lease, this.bearer())).version;
            if (this.version === version) {
                throw error;
            }
            return this.read_papers();
        }
    }

    private async read_papers(): Promise<Papers> {
        const content = await this.read_package();
        const receipt = await this.check_logged(content);
        this.rows.clear();
        const parts: PartView[] = [];
        for (const row of content.parts) {
            parts.push(await this.read_part(row));
        }
        return { content, parts, receipt };
    }

    bearer(): string {
        return bearer(this.id, this.holder ?? new Uint8Array(32));
    }

    identity(): Bytes {
        return this.keys().identity;
    }

    private keys(): CodeKeys {
        if (!this.code) {
            throw new Failure({ kind: "lease_over" });
        }
        return this.code;
    }

    private async claim(code: CodeKeys, holder: Bytes): Promise<Opened> {
        for (let is_retry = false; ; is_retry = true) {
            const challenge = await this.fresh_challenge();
            this.challenge = undefined;
            const message = {
                [keys.id]: to_base32(this.id),
                [keys.challenge]: to_base64url(challenge),
                [keys.holder]: to_base64url(holder),
                [keys.signature]: to_base64url(open_signature(code, this.id, challenge, holder)),
            };
            try {
                const reply = await this.transport.post(routes.open, message);
                this.code = code;
                this.holder = holder;
                return this.opened(reply);
            } catch (error) {
                if (is_retry || !is_stale_challenge(error)) {
                    throw error;
                }
            }
        }
    }

    private async fresh_challenge(): Promise<Bytes> {
        if (!this.challenge || Date.now() - this.challenge.drawn_at > kChallengeUseMilliseconds) {
            await this.hello();
        }
        return this.challenge?.value ?? new Uint8Array(32);
    }

    private opened(reply: Reply): Opened {
        const lease = lease_of(reply);
        this.version = lease.version;
        this.until = lease.until;
        const screen_key = from_base64url(text_in(reply, keys.screen_key));
        return { lease, masked: to_base64url(exclusive_or(this.keys().p1, screen_key)) };
    }

    private place(kind: "package" | "part", part: number): ObjectPlace {
        return { kind, id: this.id, version: this.version, part };
    }

    // Opens {file, mac} only after the MAC, and the hash where one is known, held.
    private async open_object(reply: Reply, place: ObjectPlace, hash?: Bytes): Promise<Bytes> {
        const file = from_base64url(text_in(reply, keys.file));
        const file_hash = sha256(file);
        const mac = object_mac(this.keys(), place, file_hash);
        if (!equal(mac, from_base64url(text_in(reply, keys.mac))) || (hash && !equal(hash, file_hash))) {
            throw new Error("MAC or hash does not hold");
        }
        return open_file(file, this.keys().identity);
    }

    private async read_package(): Promise<PackageContent> {
        const reply = await this.transport.get(routes.lease_package, this.bearer());
        return verified({ object: "package" }, async () =>
            read_package(await this.open_object(reply, this.place("package", 0)), this.expected()),
        );
    }

    // Before anything of a part is asked for: this very opening stands in the sender's log.
    private async check_logged({ log_key, log_origin, lease_minutes }: PackageContent): Promise<string> {
        const text = await this.transport.get_text(routes.lease_receipt, this.bearer());
        const link = to_base32(this.id);
        const holder_sha256 = sha256(this.holder ?? new Uint8Array(32));
        await verified({ object: "receipt" }, async () =>
            check_receipt(text, { link, holder_sha256, log_key, log_origin, lease_minutes, lease_until: this.until }),
        );
        return text;
    }

    private async read_part(row: PartRow): Promise<PartView> {
        const closed = { part: row.part, name: row.name, opens_at: row.opens_at, ends_at: row.ends_at };
        let reply: Reply;
        try {
            reply = await this.transport.get(routes.lease_part.replace("{part}", String(row.part)), this.bearer());
        } catch (error) {
            const state = find_part_state(error);
            if (!state) {
                throw error;
            }
            return { ...closed, state };
        }
        const content = await verified({ object: "part", part: row.part }, async () =>
            read_part(await this.open_object(reply, this.place("part", row.part), row.sha256), this.expected(), row),
        );
        content.documents.forEach((document) => this.rows.set(document.row, document));
        return { ...closed, state: "open", content };
    }

    private expected(): { link: string; version: number } {
        return { link: to_base32(this.id), version: this.version };
    }
}

function is_stale_challenge(error: unknown): boolean {
    return error instanceof Failure && error.detail.kind === "ending" && error.detail.reason === "unknown";
}

function find_part_state(error: unknown): "later" | "over" | undefined {
    if (!(error instanceof Failure) || error.detail.kind !== "ending") {
        return undefined;
    }
    return error.detail.reason === "not_yet" ? "later" : error.detail.reason === "expired" ? "over" : undefined;
}
