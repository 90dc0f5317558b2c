// docs/formats.md sections 1, 2 and 7 on node:crypto alone: a path that shares no code with the page.
import {
    createCipheriv, createHash, createHmac, createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync,
    randomBytes, scryptSync, sign,
} from "node:crypto";

const kBase32 = "abcdefghijklmnopqrstuvwxyz234567";
const kChunkBytes = 65536;

export const sha256 = (...parts) => createHash("sha256").update(Buffer.concat(parts.map(octets))).digest();
export const hmac = (key, ...parts) => createHmac("sha256", key).update(Buffer.concat(parts.map(octets))).digest();
export const base64url = (value) => Buffer.from(value).toString("base64url");
const base64 = (value) => Buffer.from(value).toString("base64").replace(/=+$/, "");
const octets = (value) => (typeof value === "string" ? Buffer.from(value) : value);

export function base32(value) {
    let bits = "";
    for (const octet of value) {
        bits += octet.toString(2).padStart(8, "0");
    }
    return bits.match(/.{1,5}/g).map((group) => kBase32[parseInt(group.padEnd(5, "0"), 2)]).join("");
}

export function be32(value) {
    const all = Buffer.alloc(4);
    all.writeUInt32BE(value);
    return all;
}

const extract = (salt, ikm) => hmac(octets(salt), ikm);

// HKDF-Expand of at most 32 octets is its first block.
function expand(prk, label, context, length) {
    return hmac(prk, label, Buffer.of(0), context, Buffer.of(1)).subarray(0, length);
}

// An Ed25519 or X25519 private key object from its 32 octets: PKCS #8 with the fixed prefix of RFC 8410.
function private_key(algorithm, seed) {
    const prefix = Buffer.from(`302e020100300506032b65${algorithm === "ed25519" ? "70" : "6e"}04220420`, "hex");
    return createPrivateKey({ key: Buffer.concat([prefix, seed]), format: "der", type: "pkcs8" });
}

export const public_key = (key) => (key.type === "public" ? key : createPublicKey(key));
export const public_octets = (key) => public_key(key).export({ format: "der", type: "spki" }).subarray(-32);

export function derive(variant, secret, digits) {
    const x = (prk, name, context, length) => expand(prk, "resvalv/v1/link/" + name, context, length);
    const p0 = extract("resvalv/v1/link/" + variant, secret);
    const id = x(p0, "id", Buffer.alloc(0), 16);
    const salt = x(p0, "code-salt", id, 32);
    const stretched =
        variant === "c" ? scryptSync(digits, salt, 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 64 << 20 }) : Buffer.alloc(32);
    const p1 = extract(x(p0, "code", id, 32), stretched);
    return {
        id, p0, p1,
        probe: x(p0, "probe", id, 32),
        auth: private_key("ed25519", x(p1, "auth", id, 32)),
        auth_seed: x(p1, "auth", id, 32),
        isk: private_key("x25519", x(p1, "identity", id, 32)),
        identity: x(p1, "identity", id, 32),
        mac_package: x(p1, "mac/package", id, 32),
    };
}

export function open_message(id, challenge, holder) {
    return Buffer.concat([Buffer.from("resvalv/v1/link/open\0"), id, challenge, sha256(holder)]);
}

export function object_mac(keys, kind, version, part, file) {
    return hmac(keys.mac_package, kind, Buffer.of(0), keys.id, be32(version), be32(part), sha256(file));
}

const hkdf = (ikm, salt, info, length) => Buffer.from(hkdfSync("sha256", ikm, salt, info, length));

function seal(key, nonce, plain) {
    const cipher = createCipheriv("chacha20-poly1305", key, nonce, { authTagLength: 16 });
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

export function age_header(file_key, recipient) {
    const own = generateKeyPairSync("x25519");
    const share = public_octets(own.publicKey);
    const target = public_octets(recipient);
    const shared = diffieHellman({ privateKey: own.privateKey, publicKey: public_key(recipient) });
    const wrap = hkdf(shared, Buffer.concat([share, target]), "age-encryption.org/v1/X25519", 32);
    const body = base64(seal(wrap, Buffer.alloc(12), file_key));
    const text = `age-encryption.org/v1\n-> X25519 ${base64(share)}\n${body}\n---`;
    return Buffer.from(`${text} ${base64(hmac(hkdf(file_key, "", "header", 32), text))}\n`);
}

const private_log_key = private_key("ed25519", Buffer.alloc(32, 9));
export const log_key = public_octets(private_log_key);
export const log_origin = "resvalv/v1/log/aaaaaaaaaaaaaaaaaaaaaaaaaa";
const padded = (value) => Buffer.from(value).toString("base64");

// Root and proof straight from the definitions of RFC 9162 sections 2.1.1 and 2.1.3.1, unlike the page's loop.
const node = (left, right) => sha256(Buffer.of(1), left, right);
const split_of = (count) => 2 ** Math.floor(Math.log2(count - 1));
export function tree_hash(leaves) {
    const split = leaves.length > 1 ? split_of(leaves.length) : 0;
    return split === 0 ? leaves[0] : node(tree_hash(leaves.slice(0, split)), tree_hash(leaves.slice(split)));
}
export function tree_path(index, leaves) {
    if (leaves.length === 1) {
        return [];
    }
    const split = split_of(leaves.length);
    return index < split
        ? [...tree_path(index, leaves.slice(0, split)), tree_hash(leaves.slice(split))]
        : [...tree_path(index - split, leaves.slice(split)), tree_hash(leaves.slice(0, split))];
}

export function sign_checkpoint(size, root, { key = private_log_key, origin = log_origin, first_line = origin } = {}) {
    const text = `${first_line}\n${size}\n${padded(root)}\n`;
    const id = sha256(origin, Buffer.of(10, 1), public_octets(key)).subarray(0, 4);
    return `${text}\n\u2014 ${origin} ${padded(Buffer.concat([id, sign(null, Buffer.from(text), key)]))}\n`;
}

export const other_log_key = private_key("ed25519", Buffer.alloc(32, 8));

export function log_entry(fields) {
    const event = "resvalv/v1/event\n" + Object.entries(fields).map(([key, value]) => `${key} ${value}\n`).join("");
    const nonce = randomBytes(32);
    return { event, nonce, leaf: sha256(Buffer.of(0, 1), hmac(nonce, event)) };
}

export const open_event = (link, holder_sha256, at) => ({
    kind: "link-open", at, link, holder_sha256: padded(holder_sha256), challenge: padded(Buffer.alloc(32)), network: "192.0.2.0/24",
});

// docs/formats.md section 9, of entry `index`.
export function receipt(entries, index, signer = {}) {
    const leaves = entries.map(({ leaf }) => leaf);
    const { nonce, event } = entries[index];
    const hashes = tree_path(index, leaves).map((hash) => padded(hash) + "\n").join("");
    const extra = padded(Buffer.concat([nonce, Buffer.from(event)]));
    return `c2sp.org/tlog-proof@v1\nextra ${extra}\nindex ${index}\n${hashes}\n${sign_checkpoint(leaves.length, tree_hash(leaves), signer)}`;
}

export function age_body(file_key, plain) {
    const nonce = randomBytes(16);
    const key = hkdf(file_key, nonce, "payload", 32);
    const chunks = [];
    const count = Math.max(1, Math.ceil(plain.length / kChunkBytes));
    for (let index = 0; index < count; index += 1) {
        const chunk_nonce = Buffer.alloc(12);
        chunk_nonce.writeUInt32BE(index, 7);
        chunk_nonce[11] = index === count - 1 ? 1 : 0;
        chunks.push(seal(key, chunk_nonce, plain.subarray(index * kChunkBytes, (index + 1) * kChunkBytes)));
    }
    return Buffer.concat([nonce, ...chunks]);
}

export function age_file(plain, recipient) {
    const file_key = randomBytes(16);
    return Buffer.concat([age_header(file_key, recipient), age_body(file_key, octets(plain))]);
}

// RFC 6962 by a stack of subtrees, unlike the page's recursion.
export function body_root(body) {
    const leaves = [body.subarray(0, 16)];
    for (let at = 16; at < body.length; at += kChunkBytes + 16) {
        leaves.push(body.subarray(at, at + kChunkBytes + 16));
    }
    const stack = [];
    leaves.forEach((leaf, index) => {
        stack.push(sha256(Buffer.of(0), leaf));
        for (let rest = index; rest & 1; rest >>= 1) {
            const right = stack.pop();
            stack.push(sha256(Buffer.of(1), stack.pop(), right));
        }
    });
    return stack.reduceRight((right, left) => sha256(Buffer.of(1), left, right));
}
