// ChaCha20-Poly1305 opening: the browser's own where trying it works, noble where not (reference: Chromium has it,
// Firefox ESR 153 and node 20 do not; SubtleCrypto.supports() cannot be asked without the full parameters).
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import type { Bytes } from "./bytes";

export class SealError extends Error {}

export interface Opener {
    open(nonce: Bytes, sealed: Bytes): Promise<Bytes>; // throws SealError
}

const kName = "ChaCha20-Poly1305";

export function open_once(key: Bytes, nonce: Bytes, sealed: Bytes): Bytes {
    try {
        return chacha20poly1305(key, nonce).decrypt(sealed) as Bytes;
    } catch {
        throw new SealError("tag does not hold");
    }
}

async function find_native(key: Bytes): Promise<CryptoKey | undefined> {
    try {
        const subtle = crypto.subtle as unknown as {
            importKey(format: string, key: Bytes, name: string, extractable: boolean, uses: string[]): Promise<CryptoKey>;
        };
        return await subtle.importKey("raw-secret", key, kName, false, ["decrypt"]);
    } catch {
        return undefined;
    }
}

export async function make_opener(key: Bytes): Promise<Opener> {
    const native = await find_native(key);
    if (!native) {
        return { open: async (nonce, sealed) => open_once(key, nonce, sealed) };
    }
    const open = async (nonce: Bytes, sealed: Bytes): Promise<Bytes> => {
        try {
            return new Uint8Array(await crypto.subtle.decrypt({ name: kName, iv: nonce } as AesGcmParams, native, sealed));
        } catch {
            throw new SealError("tag does not hold");
        }
    };
    return { open };
}
