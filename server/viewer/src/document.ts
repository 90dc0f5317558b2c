// One document from the server to a sink: header hash, file key hash, STREAM and body root are checked before the sink ends.
import { sha256 } from "@noble/hashes/sha2.js";
import { open_header } from "./age";
import { type Bytes, concat, equal, utf8 } from "./bytes";
import type { DocumentRow } from "./content";
import { Failure } from "./failure";
import { limits, routes } from "./protocol";
import type { Session } from "./session";
import type { Sink } from "./sink";
import { BodyReader, body_size, kNonceBytes, kSealedChunkBytes } from "./stream";

const kChunksAtOnce = 16;

export type Progress = (percent: number) => void;

// Keeps what arrived when the connection is cut; `run` again goes on from there.
export class Download {
    private reader: BodyReader | undefined;
    private file_key: Bytes | undefined;
    private pending: Uint8Array[] = [];
    private pending_bytes = 0;
    private received = 0;
    private opened = 0;
    private etag = "";
    private readonly total: number;

    constructor(private readonly session: Session, private readonly row: DocumentRow, private readonly sink: Sink) {
        this.total = body_size(row.size);
    }

    async run(progress: Progress): Promise<Blob | undefined> {
        this.file_key ??= await this.fetch_file_key();
        const response = await this.fetch_body();
        await this.read(response, progress);
        await this.drain(true);
        if (this.received !== this.total || !this.reader || !equal(this.reader.root(), this.row.body_root)) {
            throw new Failure({ kind: "damaged" });
        }
        return this.sink.finish();
    }

    abort(): Promise<void> {
        return this.sink.abort();
    }

    private route(route: string): string {
        return route.replace("{row}", String(this.row.row));
    }

    private async fetch_file_key(): Promise<Bytes> {
        const response = await this.session.transport.fetch(this.route(routes.lease_header), this.session.bearer(), {});
        const header = new Uint8Array(await response.arrayBuffer().catch(() => this.cut()));
        try {
            const { file_key, length } = open_header(header, this.session.identity());
            const hashes_hold =
                equal(sha256(header), this.row.header_sha256) &&
                equal(sha256(concat(utf8("resvalv/v1/fk"), file_key)), this.row.file_key_hash);
            if (length !== header.length || length > limits.link_header_bytes || !hashes_hold) {
                throw new Error("header is not the one that the part names");
            }
            return file_key;
        } catch {
            throw new Failure({ kind: "tamper", what: { object: "document", name: this.row.name } });
        }
    }

    private async fetch_body(): Promise<Response> {
        const range = { Range: `bytes=${this.received}-`, "If-Range": this.etag };
        const headers: Record<string, string> = this.received > 0 && this.etag !== "" ? range : {};
        const response = await this.session.transport.fetch(this.route(routes.lease_body), this.session.bearer(), headers);
        if (this.received > 0 && !this.continues(response)) {
            await this.restart();
        }
        this.etag = response.headers.get("ETag") ?? "";
        return response;
    }

    private continues(response: Response): boolean {
        const from = /^bytes (\d+)-/.exec(response.headers.get("Content-Range") ?? "")?.[1];
        return response.status === 206 && Number(from) === this.received;
    }

    private async restart(): Promise<void> {
        this.reader = undefined;
        this.pending = [];
        this.pending_bytes = this.received = this.opened = 0;
        await this.sink.restart();
    }

    private async read(response: Response, progress: Progress): Promise<void> {
        const source = response.body?.getReader();
        while (source && this.received < this.total) {
            const { done, value } = await source.read().catch(() => this.cut());
            if (done) {
                return this.cut();
            }
            this.pending.push(value);
            this.pending_bytes += value.length;
            this.received += value.length;
            await this.drain(false);
            progress(this.percent());
        }
        source?.cancel().catch(() => undefined);
    }

    // Opens whole chunks in batches, and everything at the end.
    private async drain(is_end: boolean): Promise<void> {
        const batch = kChunksAtOnce * kSealedChunkBytes;
        while (is_end ? this.pending_bytes > 0 : this.pending_bytes > batch + kNonceBytes) {
            const all = concat(...this.pending);
            const from = await this.start(all);
            const to = is_end ? Math.min(all.length, from + batch) : from + batch;
            await this.open(all.slice(from, to));
            this.pending = to < all.length ? [all.slice(to)] : [];
            this.pending_bytes = all.length - to;
        }
    }

    // How many octets of `all` the nonce took.
    private async start(all: Bytes): Promise<number> {
        if (this.reader) {
            return 0;
        }
        this.reader = new BodyReader(this.file_key ?? new Uint8Array(16));
        await this.reader.start(all.slice(0, kNonceBytes));
        this.opened = kNonceBytes;
        return kNonceBytes;
    }

    private async open(sealed: Bytes): Promise<void> {
        this.opened += sealed.length;
        let plain: Bytes[];
        try {
            plain = (await this.reader?.open(sealed, this.opened >= this.total)) ?? [];
        } catch {
            throw new Failure({ kind: "damaged" });
        }
        await this.sink.write(plain);
    }

    private percent(): number {
        return Math.min(100, Math.floor((100 * this.received) / this.total));
    }

    private cut(): never {
        throw new Failure({ kind: "cut", percent: Math.min(99, this.percent()) });
    }
}
