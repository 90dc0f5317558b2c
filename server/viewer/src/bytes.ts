// Octets and their texts (docs/formats.md section 1). Decoders accept exactly one text for each value.

export type Bytes = Uint8Array<ArrayBuffer>;

const kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const kBase64Url = kBase64.slice(0, 62) + "-_";
const kBase32 = "abcdefghijklmnopqrstuvwxyz234567";

export class FormatError extends Error {}

export function utf8(text: string): Bytes {
    return new TextEncoder().encode(text) as Bytes;
}

export function text_of(bytes: Uint8Array): string {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
        all.set(part, at);
        at += part.length;
    }
    return all;
}

export function be32(value: number): Bytes {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, value);
    return bytes;
}

// Same time whatever differs; lengths are public.
export function equal(left: Uint8Array, right: Uint8Array): boolean {
    if (left.length !== right.length) {
        return false;
    }
    let difference = 0;
    left.forEach((octet, index) => (difference |= octet ^ (right[index] ?? 0)));
    return difference === 0;
}

export function exclusive_or(left: Uint8Array, right: Uint8Array): Bytes {
    return Uint8Array.from(left, (octet, index) => octet ^ (right[index] ?? 0));
}

function encode(bytes: Uint8Array, alphabet: string, width: number): string {
    let text = "";
    let bits = 0;
    let held = 0;
    for (const octet of bytes) {
        held = ((held << 8) | octet) & 0xffff;
        bits += 8;
        while (bits >= width) {
            bits -= width;
            text += alphabet[(held >> bits) & ((1 << width) - 1)];
        }
    }
    return bits > 0 ? text + alphabet[(held << (width - bits)) & ((1 << width) - 1)] : text;
}

function decode(text: string, alphabet: string, width: number): Bytes {
    const bytes = new Uint8Array(Math.floor((text.length * width) / 8));
    let bits = 0;
    let held = 0;
    let at = 0;
    for (const letter of text) {
        const value = alphabet.indexOf(letter);
        if (value < 0) {
            throw new FormatError("letter outside the alphabet");
        }
        held = ((held << width) | value) & 0xffff;
        bits += width;
        if (bits >= 8) {
            bits -= 8;
            bytes[at++] = (held >> bits) & 0xff;
        }
    }
    if (bits >= width || (held & ((1 << bits) - 1)) !== 0) {
        throw new FormatError("text is not canonical");
    }
    return bytes;
}

export const to_base64url = (bytes: Uint8Array): string => encode(bytes, kBase64Url, 6);
export const from_base64url = (text: string): Bytes => decode(text, kBase64Url, 6);
export const from_base64 = (text: string): Bytes => decode(text, kBase64, 6); // unpadded, as in age headers
// Padded, as in signed notes.
export function from_base64_padded(text: string): Bytes {
    if (text.length % 4 !== 0) {
        throw new FormatError("text is not padded");
    }
    return from_base64(text.replace(/={1,2}$/, ""));
}
export const to_base32 = (bytes: Uint8Array): string => encode(bytes, kBase32, 5);
export const from_base32 = (text: string): Bytes => decode(text, kBase32, 5);
