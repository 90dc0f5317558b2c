// What docs/formats.md section 1 names, on @noble alone. A second implementation: nothing here is taken from the C++.
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { expand, extract } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { scrypt } from "@noble/hashes/scrypt.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bech32 } from "@scure/base";

export { chacha20poly1305, ed25519, scrypt, sha256, x25519 };

export const text = (string) => new TextEncoder().encode(string);
export const hex = (octets) => Buffer.from(octets).toString("hex");
export const unhex = (string) => new Uint8Array(Buffer.from(string, "hex"));
export const base64 = (octets) => Buffer.from(octets).toString("base64");
export const base64url = (octets) => Buffer.from(octets).toString("base64url");

export function concat(...parts) {
    return new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === "string" ? text(part) : part))));
}

export function be32(value) {
    const octets = new Uint8Array(4);
    new DataView(octets.buffer).setUint32(0, value);
    return octets;
}

export function be64(value) {
    const octets = new Uint8Array(8);
    new DataView(octets.buffer).setBigUint64(0, BigInt(value));
    return octets;
}

export const zero = new Uint8Array(1);
export const hmacSha256 = (key, ...parts) => hmac(sha256, key, concat(...parts));
export const extractKey = (salt, ikm) => extract(sha256, ikm, typeof salt === "string" ? text(salt) : salt);
export const hkdf = (ikm, salt, info, size) => expand(sha256, extract(sha256, ikm, salt), text(info), size);
export const X = (prk, label, context, size) => expand(sha256, prk, concat(label, zero, context), size);

// RFC 4648 section 6, lower case, unpadded.
export function id(hexOctets) {
    const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    let bits = BigInt("0x" + hexOctets) << 2n; // 128 bits to 26 groups of 5
    let out = "";
    for (let group = 0; group < 26; ++group) {
        out = alphabet[Number(bits & 31n)] + out;
        bits >>= 5n;
    }
    return out;
}

export const recipientText = (point) => bech32.encodeFromBytes("age", point);
export const recipientOf = (secret) => recipientText(x25519.getPublicKey(secret));
// bech32 is checked over the lower-case human-readable part; the text is upper case as a whole.
export const identityText = (secret) => bech32.encode("age-secret-key-", bech32.toWords(secret), false).toUpperCase();

// C2SP signed note with one Ed25519 signature.
export function signNote(body, name, seed) {
    const key = ed25519.getPublicKey(seed);
    const keyId = sha256(concat(name, "\n", Uint8Array.of(1), key)).slice(0, 4);
    return `${body}\n— ${name} ${base64(concat(keyId, ed25519.sign(text(body), seed)))}\n`;
}

// RFC 6962 section 2.1, from the definition.
export function merkleRoot(leaves) {
    if (leaves.length === 0) return sha256(new Uint8Array());
    if (leaves.length === 1) return sha256(concat(zero, leaves[0]));
    let split = 1;
    while (split * 2 < leaves.length) split *= 2;
    return sha256(concat(Uint8Array.of(1), merkleRoot(leaves.slice(0, split)), merkleRoot(leaves.slice(split))));
}
