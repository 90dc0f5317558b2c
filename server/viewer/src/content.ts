// The sender's package and parts, decoded after their MACs held (docs/formats.md section 7). Unknown keys are refused,
// except inside `view`, where the page shows what it knows.
import { type Bytes, FormatError, from_base64url, text_of } from "./bytes";

export interface PartRow {
    readonly part: number;
    readonly name: string;
    readonly opens_at: string | undefined;
    readonly ends_at: string | undefined;
    readonly sha256: Bytes;
}

export interface PackageContent {
    readonly version: number;
    readonly title: string;
    readonly audience: string;
    readonly language: string;
    readonly sender: string;
    readonly organisation: string | undefined;
    readonly recipient: string;
    readonly note: string | undefined;
    readonly made_at: string;
    readonly not_after: string;
    readonly lease_minutes: number;
    readonly log_key: Bytes;
    readonly log_origin: string;
    readonly parts: readonly PartRow[];
}

export interface DocumentRow {
    readonly row: number;
    readonly name: string;
    readonly kind: string;
    readonly media_type: string;
    readonly size: number;
    readonly file_key_hash: Bytes;
    readonly body_root: Bytes;
    readonly header_sha256: Bytes;
}

export interface PartContent {
    readonly part: number;
    readonly name: string;
    readonly view: Readonly<Record<string, unknown>>;
    readonly documents: readonly DocumentRow[];
}

class Fields {
    private readonly taken = new Set<string>();
    private readonly object: Record<string, unknown>;

    constructor(value: unknown) {
        if (typeof value !== "object" || value === null || Array.isArray(value)) {
            throw new FormatError("an object is expected");
        }
        this.object = value as Record<string, unknown>;
    }

    take(key: string): unknown {
        this.taken.add(key);
        return Object.prototype.hasOwnProperty.call(this.object, key) ? this.object[key] : undefined;
    }

    text(key: string): string {
        const value = this.take(key);
        if (typeof value !== "string") {
            throw new FormatError(key + ": text is expected");
        }
        return value;
    }

    find_text(key: string): string | undefined {
        return this.take(key) === undefined ? undefined : this.text(key);
    }

    time(key: string): string {
        const value = this.text(key);
        if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) || Number.isNaN(Date.parse(value))) {
            throw new FormatError(key + ": a time is expected");
        }
        return value;
    }

    find_time(key: string): string | undefined {
        return this.take(key) === undefined ? undefined : this.time(key);
    }

    number(key: string, least: number): number {
        const value = this.take(key);
        if (!Number.isSafeInteger(value) || (value as number) < least) {
            throw new FormatError(key + ": a number is expected");
        }
        return value as number;
    }

    hash(key: string): Bytes {
        const value = from_base64url(this.text(key));
        if (value.length !== 32) {
            throw new FormatError(key + ": 32 octets are expected");
        }
        return value;
    }

    fields(key: string): Fields {
        return new Fields(this.take(key));
    }

    list(key: string): Fields[] {
        const value = this.take(key);
        if (!Array.isArray(value)) {
            throw new FormatError(key + ": a list is expected");
        }
        return value.map((item) => new Fields(item));
    }

    expect(key: string, expected: string | number): void {
        if (this.take(key) !== expected) {
            throw new FormatError(key + ": another value is expected");
        }
    }

    ignore(...keys: string[]): void {
        keys.forEach((key) => this.taken.add(key));
    }

    end(): void {
        const unknown = Object.keys(this.object).find((key) => !this.taken.has(key));
        if (unknown !== undefined) {
            throw new FormatError(unknown + ": unknown key");
        }
    }
}

function read_part_row(fields: Fields): PartRow {
    const row = {
        part: fields.number("part", 1),
        name: fields.text("name"),
        opens_at: fields.find_time("opens_at"),
        ends_at: fields.find_time("ends_at"),
        sha256: fields.hash("sha256"),
    };
    fields.end();
    return row;
}

function expect_unique(numbers: readonly number[]): void {
    if (new Set(numbers).size !== numbers.length) {
        throw new FormatError("a number occurs twice");
    }
}

export interface Expected {
    readonly link: string; // id
    readonly version: number;
}

export function read_package(json: Bytes, expected: Expected): PackageContent {
    const fields = new Fields(JSON.parse(text_of(json)));
    fields.expect("format", "resvalv/package/1");
    fields.expect("link", expected.link);
    fields.expect("version", expected.version);
    const policy = fields.fields("policy");
    const content = {
        version: expected.version,
        title: fields.text("title"),
        audience: fields.text("audience"),
        language: fields.text("language"),
        sender: fields.fields("sender").text("name"),
        organisation: fields.fields("sender").find_text("organisation"),
        recipient: fields.fields("recipient").text("name"),
        note: fields.find_text("note"),
        made_at: fields.time("made_at"),
        not_after: policy.time("not_after"),
        lease_minutes: policy.number("lease_minutes", 1),
        log_key: fields.hash("log_key"),
        log_origin: fields.text("log_origin"),
        parts: fields.list("parts").map(read_part_row),
    };
    expect_unique(content.parts.map((row) => row.part));
    fields.ignore("reply_recipient");
    fields.end();
    return content;
}

function read_document_row(fields: Fields): DocumentRow {
    const row = {
        row: fields.number("row", 1),
        name: fields.text("name"),
        kind: fields.text("kind"),
        media_type: fields.text("media_type"),
        size: fields.number("size", 0),
        file_key_hash: fields.hash("file_key_hash"),
        body_root: fields.hash("body_root"),
        header_sha256: fields.hash("header_sha256"),
    };
    fields.end();
    return row;
}

export function read_part(json: Bytes, expected: Expected, part: PartRow): PartContent {
    const fields = new Fields(JSON.parse(text_of(json)));
    fields.expect("format", "resvalv/part/1");
    fields.expect("link", expected.link);
    fields.expect("version", expected.version);
    fields.expect("part", part.part);
    fields.expect("name", part.name);
    const view = fields.take("view");
    new Fields(view);
    const documents = fields.list("documents").map(read_document_row);
    expect_unique(documents.map((row) => row.row));
    fields.end();
    return { part: part.part, name: part.name, view: view as Record<string, unknown>, documents };
}
