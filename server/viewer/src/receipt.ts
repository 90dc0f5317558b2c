// That this very opening stands in the sender's log (docs/formats.md section 9): a C2SP tlog-proof.
import { ed25519 } from "@noble/curves/ed25519.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { type Bytes, FormatError, concat, equal, from_base64_padded, text_of, utf8 } from "./bytes";

export interface ExpectedOpen {
    readonly link: string; // id
    readonly holder_sha256: Uint8Array;
    readonly log_key: Bytes;
    readonly log_origin: string;
    readonly lease_minutes: number;
    readonly lease_until: string;
}

interface Head {
    readonly size: number;
    readonly root: Bytes;
}

const kProofLine = "c2sp.org/tlog-proof@v1";
const kNonceBytes = 32;

function require_that(holds: boolean, about: string): void {
    if (!holds) {
        throw new FormatError("receipt: " + about);
    }
}

const hashed = (...parts: readonly Uint8Array[]): Bytes => sha256(concat(...parts)) as Bytes;

function value_of(line: string | undefined, key: string): string {
    require_that(line?.startsWith(key + " ") ?? false, key);
    return (line ?? "").slice(key.length + 1);
}

function whole_number(text: string | undefined): number {
    require_that(/^(0|[1-9]\d{0,14})$/.test(text ?? ""), "a number");
    return Number(text);
}

// The lines before the first (last) empty line, and what follows.
function split(text: string, at: number): [string[], string] {
    require_that(at >= 0, "an empty line");
    return [text.slice(0, at).split("\n"), text.slice(at + 2)];
}

// C2SP checkpoint: a signed note over origin, size, root. Keys that are not the log's are ignored.
function verified_head(note: string, origin: string, key: Bytes): Head {
    const at = note.lastIndexOf("\n\n");
    const [lines, signatures] = split(note, at);
    const name = utf8(origin);
    const key_id = hashed(name, Uint8Array.of(10, 1), key).slice(0, 4);
    const known = signatures.split("\n").flatMap((line) => {
        const [dash, signer, blob] = line.split(" ");
        const octets = dash === "\u2014" && signer === origin ? from_base64_padded(blob ?? "") : new Uint8Array(0);
        return equal(octets.slice(0, 4), key_id) ? [octets.slice(4)] : [];
    });
    const text = utf8(note.slice(0, at + 1));
    require_that(known.length > 0 && known.every((signature) => ed25519.verify(signature, text, key)), "the log's signature");
    require_that(lines.length === 3 && lines[0] === origin, "the log's name");
    return { size: whole_number(lines[1]), root: from_base64_padded(lines[2] ?? "") };
}

// RFC 9162 section 2.1.3.2.
function root_from(leaf: Bytes, index: number, size: number, proof: readonly Bytes[]): Bytes {
    require_that(index < size, "the index");
    let [at, last, hash] = [index, size - 1, leaf];
    const up = (): void => {
        at = Math.floor(at / 2);
        last = Math.floor(last / 2);
    };
    for (const sibling of proof) {
        require_that(last > 0, "too many hashes");
        if (at % 2 === 1 || at === last) {
            hash = hashed(Uint8Array.of(1), sibling, hash);
            while (at % 2 === 0 && at > 0) {
                up();
            }
        } else {
            hash = hashed(Uint8Array.of(1), hash, sibling);
        }
        up();
    }
    require_that(last === 0, "too few hashes");
    return hash;
}

function check_event(event: string, expected: ExpectedOpen): void {
    const lines = event.split("\n");
    require_that(lines.shift() === "resvalv/v1/event" && lines.pop() === "", "an event");
    const fields = new Map(lines.map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]));
    require_that(fields.get("kind") === "link-open" && fields.get("link") === expected.link, "another event");
    require_that(equal(from_base64_padded(fields.get("holder_sha256") ?? ""), expected.holder_sha256), "another holder");
    const latest = Date.parse(fields.get("at") ?? "") + expected.lease_minutes * 60_000;
    require_that(Date.parse(expected.lease_until) <= latest, "an earlier opening");
}

// Throws FormatError unless this very opening is logged.
export function check_receipt(text: string, expected: ExpectedOpen): void {
    const [[first, extra_line, index_line, ...hashes], checkpoint] = split(text, text.indexOf("\n\n"));
    require_that(first === kProofLine, "not a tlog-proof");
    const extra = from_base64_padded(value_of(extra_line, "extra"));
    const event = extra.slice(kNonceBytes);
    const head = verified_head(checkpoint, expected.log_origin, expected.log_key);
    const commitment = hmac(sha256, extra.slice(0, kNonceBytes), event);
    const leaf = hashed(Uint8Array.of(0, 1), commitment);
    const index = whole_number(value_of(index_line, "index"));
    const root = root_from(leaf, index, head.size, hashes.map(from_base64_padded));
    require_that(equal(root, head.root), "not in the log");
    check_event(text_of(event), expected);
}
