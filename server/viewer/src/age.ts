// age v1 header (c2sp.org/age): strict parsing, X25519 stanzas, header MAC. Headers are the server's input until the MAC holds.
import { x25519 } from "@noble/curves/ed25519.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { type Bytes, FormatError, concat, equal, from_base64, utf8 } from "./bytes";
import { SealError, open_once } from "./cipher";

const kMaxHeaderBytes = 2 * 1024 * 1024;
const kMaxLineBytes = 4096;
const kMaxStanzas = 1024;
const kLf = 0x0a;

interface Stanza {
    readonly args: readonly string[];
    readonly body: Bytes;
}

interface Header {
    readonly stanzas: readonly Stanza[];
    readonly mac: Bytes;
    readonly covered: Bytes; // what the MAC covers: up to and including `---`
    readonly length: number;
}

class LineReader {
    at = 0;
    constructor(private readonly bytes: Bytes) {}

    line(): string {
        const end = this.bytes.indexOf(kLf, this.at);
        if (end < 0 || end - this.at > kMaxLineBytes || end > kMaxHeaderBytes) {
            throw new FormatError("age: header line too long or not ended");
        }
        const text = String.fromCharCode(...this.bytes.subarray(this.at, end));
        this.at = end + 1;
        return text;
    }
}

function read_body(lines: LineReader): Bytes {
    let encoded = "";
    for (;;) {
        const line = lines.line();
        if (line.length > 64) {
            throw new FormatError("age: stanza body line too long");
        }
        encoded += line;
        if (line.length < 64) {
            return from_base64(encoded);
        }
    }
}

function read_stanza(first: string, lines: LineReader): Stanza {
    const args = first.slice(3).split(" ");
    if (!first.startsWith("-> ") || args.some((arg) => !/^[!-~]+$/.test(arg))) {
        throw new FormatError("age: bad stanza");
    }
    return { args, body: read_body(lines) };
}

export function read_header(bytes: Bytes): Header {
    const lines = new LineReader(bytes);
    if (lines.line() !== "age-encryption.org/v1") {
        throw new FormatError("age: not a version 1 file");
    }
    const stanzas: Stanza[] = [];
    for (;;) {
        const start = lines.at;
        const line = lines.line();
        if (line.startsWith("---")) {
            const mac = /^--- ([A-Za-z0-9+/]{43})$/.exec(line)?.[1];
            if (mac === undefined) {
                throw new FormatError("age: bad end line");
            }
            return { stanzas, mac: from_base64(mac), covered: bytes.slice(0, start + 3), length: lines.at };
        }
        if (stanzas.push(read_stanza(line, lines)) > kMaxStanzas) {
            throw new FormatError("age: too many stanzas");
        }
    }
}

// Nothing when the stanza is for somebody else.
function find_file_key(stanza: Stanza, identity: Bytes): Bytes | undefined {
    if (stanza.args[0] !== "X25519") {
        return undefined;
    }
    const share = from_base64(stanza.args[1] ?? "");
    if (stanza.args.length !== 2 || share.length !== 32 || stanza.body.length !== 32) {
        throw new FormatError("age: bad X25519 stanza");
    }
    const shared = x25519.getSharedSecret(identity, share); // throws on the all-zero result
    const salt = concat(share, x25519.getPublicKey(identity));
    const key = hkdf(sha256, shared, salt, utf8("age-encryption.org/v1/X25519"), 32) as Bytes;
    try {
        return open_once(key, new Uint8Array(12), stanza.body);
    } catch (error) {
        if (error instanceof SealError) {
            return undefined;
        }
        throw error;
    }
}

// The file key, after the header's MAC held; and the header's length in `bytes`.
export function open_header(bytes: Bytes, identity: Bytes): { file_key: Bytes; length: number } {
    const header = read_header(bytes);
    for (const stanza of header.stanzas) {
        const file_key = find_file_key(stanza, identity);
        if (file_key) {
            const mac_key = hkdf(sha256, file_key, undefined, utf8("header"), 32);
            if (!equal(hmac(sha256, mac_key, header.covered), header.mac)) {
                throw new FormatError("age: header MAC does not hold");
            }
            return { file_key, length: header.length };
        }
    }
    throw new FormatError("age: no stanza for this link");
}

export function payload_key(file_key: Bytes, nonce: Bytes): Bytes {
    return hkdf(sha256, file_key, nonce, utf8("payload"), 32) as Bytes;
}
