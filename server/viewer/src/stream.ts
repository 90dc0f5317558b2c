// age's STREAM and our body root over the same octets (docs/formats.md section 2).
import { sha256 } from "@noble/hashes/sha2.js";
import { open_header, payload_key } from "./age";
import { type Bytes, FormatError, concat } from "./bytes";
import { type Opener, make_opener } from "./cipher";

export const kChunkBytes = 65536;
export const kSealedChunkBytes = kChunkBytes + 16;
export const kNonceBytes = 16;

export function body_size(plain_size: number): number {
    return kNonceBytes + plain_size + 16 * Math.max(1, Math.ceil(plain_size / kChunkBytes));
}

function chunk_nonce(index: number, is_last: boolean): Bytes {
    const nonce = new Uint8Array(12);
    new DataView(nonce.buffer).setBigUint64(3, BigInt(index)); // 11 octets, big-endian; a 64-bit counter is enough
    nonce[11] = is_last ? 1 : 0;
    return nonce;
}

export async function leaf_hash(data: Uint8Array): Promise<Bytes> {
    return new Uint8Array(await crypto.subtle.digest("SHA-256", concat(Uint8Array.of(0), data)));
}

// RFC 6962 section 2.1 over leaf hashes.
export function tree_root(leaves: readonly Bytes[]): Bytes {
    if (leaves.length < 2) {
        return leaves[0] ?? (sha256(new Uint8Array(0)) as Bytes);
    }
    const split = 2 ** (Math.ceil(Math.log2(leaves.length)) - 1);
    return sha256(concat(Uint8Array.of(1), tree_root(leaves.slice(0, split)), tree_root(leaves.slice(split)))) as Bytes;
}

// Opens a body chunk by chunk, in order, and keeps the leaves of its root.
export class BodyReader {
    readonly leaves: Bytes[] = [];
    private opener: Opener | undefined;
    private count = 0;

    constructor(private readonly file_key: Bytes) {}

    async start(nonce: Bytes): Promise<void> {
        this.opener = await make_opener(payload_key(this.file_key, nonce));
        this.leaves.push(await leaf_hash(nonce));
    }

    // `sealed`: whole chunks; only the last one of the body may be shorter.
    async open(sealed: Bytes, is_end: boolean): Promise<Bytes[]> {
        const jobs: Promise<Bytes>[] = [];
        const hashes: Promise<Bytes>[] = [];
        for (let at = 0; at < sealed.length; at += kSealedChunkBytes) {
            const chunk = sealed.subarray(at, at + kSealedChunkBytes);
            hashes.push(leaf_hash(chunk));
            jobs.push(this.open_chunk(chunk, is_end && at + kSealedChunkBytes >= sealed.length));
        }
        const [plain, leaves] = await Promise.all([Promise.all(jobs), Promise.all(hashes)]);
        this.leaves.push(...leaves);
        return plain;
    }

    root(): Bytes {
        return tree_root(this.leaves);
    }

    private async open_chunk(chunk: Bytes, is_last: boolean): Promise<Bytes> {
        const index = this.count++;
        if (!this.opener || chunk.length < 16 || (chunk.length === 16 && index > 0)) {
            throw new FormatError("age: a chunk of a size that cannot occur");
        }
        return this.opener.open(chunk_nonce(index, is_last), chunk);
    }
}

// A whole small age file: package or part.
export async function open_file(file: Bytes, identity: Bytes): Promise<Bytes> {
    const { file_key, length } = open_header(file, identity);
    const body = file.subarray(length);
    if (body.length < kNonceBytes + 16) {
        throw new FormatError("age: file cut short");
    }
    const reader = new BodyReader(file_key);
    await reader.start(body.slice(0, kNonceBytes));
    return concat(...(await reader.open(body.subarray(kNonceBytes), true)));
}
