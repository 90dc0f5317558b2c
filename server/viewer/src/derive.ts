// Everything that follows from a link's URL and its code (docs/formats.md section 7).
import { ed25519 } from "@noble/curves/ed25519.js";
import { expand, extract } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { scrypt } from "@noble/hashes/scrypt.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { type Bytes, be32, concat, from_base64url, to_base64url, utf8 } from "./bytes";

export interface Link {
    readonly needs_code: boolean;
    readonly secret: Bytes;
}

export interface LinkKeys {
    readonly p0: Bytes;
    readonly id: Bytes;
    readonly probe: Bytes;
}

export interface CodeKeys {
    readonly p1: Bytes;
    readonly auth_seed: Bytes;
    readonly identity: Bytes;
    readonly package_mac: Bytes;
}

const kEmpty = new Uint8Array(0);
const kZero = Uint8Array.of(0);

const label = (name: string): Bytes => utf8("resvalv/v1/link/" + name);
const extracted = (salt: Uint8Array, ikm: Uint8Array): Bytes => extract(sha256, ikm, salt) as Bytes;

function expanded(prk: Uint8Array, name: string, context: Uint8Array, length: number): Bytes {
    return expand(sha256, prk, concat(label(name), kZero, context), length) as Bytes;
}

// Nothing when the fragment is not a whole link.
export function find_link(fragment: string): Link | undefined {
    const match = /^#?([cn])([A-Za-z0-9_-]{43})$/.exec(fragment);
    if (!match) {
        return undefined;
    }
    try {
        return { needs_code: match[1] === "c", secret: from_base64url(match[2] ?? "") };
    } catch {
        return undefined;
    }
}

export function link_keys(link: Link): LinkKeys {
    const p0 = extracted(label(link.needs_code ? "c" : "n"), link.secret);
    const id = expanded(p0, "id", kEmpty, 16);
    return { p0, id, probe: expanded(p0, "probe", id, 32) };
}

// `digits`: 12 ASCII digits, or nothing for a link without a code. Takes seconds on old telephones.
export function code_keys(keys: LinkKeys, digits: string | undefined): CodeKeys {
    const salt = expanded(keys.p0, "code-salt", keys.id, 32);
    const stretched =
        digits === undefined ? new Uint8Array(32) : scrypt(utf8(digits), salt, { N: 2 ** 15, r: 8, p: 1, dkLen: 32 });
    return keys_from_p1(keys.id, extracted(expanded(keys.p0, "code", keys.id, 32), stretched));
}

export function keys_from_p1(id: Bytes, p1: Bytes): CodeKeys {
    return {
        p1,
        auth_seed: expanded(p1, "auth", id, 32),
        identity: expanded(p1, "identity", id, 32),
        package_mac: expanded(p1, "mac/package", id, 32),
    };
}

export function open_signature(keys: CodeKeys, id: Bytes, challenge: Bytes, holder: Bytes): Bytes {
    return ed25519.sign(concat(label("open"), kZero, id, challenge, sha256(holder)), keys.auth_seed) as Bytes;
}

export interface ObjectPlace {
    readonly kind: "package" | "part";
    readonly id: Bytes;
    readonly version: number;
    readonly part: number; // 0 for the package
}

export function object_mac(keys: CodeKeys, place: ObjectPlace, file_hash: Uint8Array): Bytes {
    const { kind, id, version, part } = place;
    const message = concat(utf8(kind), kZero, id, be32(version), be32(part), file_hash);
    return hmac(sha256, keys.package_mac, message) as Bytes;
}

export const bearer = (id: Bytes, holder: Bytes): string => to_base64url(concat(id, holder));
