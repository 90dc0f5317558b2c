// The key schedules, MACs, masks, bodies and notes of docs/formats.md: from the `input` of a vector to its `output`.
// Octets are hexadecimal, ids too; texts are texts.
import * as p from "./primitives.mjs";

const { X, be32, be64, concat, hex, id, text, unhex, zero } = p;
const hash = (octets) => p.sha256(octets);

function casePrk(key) {
    return p.extractKey("resvalv/v1/case", unhex(key));
}
function caseIdentity(caseId, epoch, key) {
    return X(casePrk(key), "resvalv/v1/case/identity", concat(unhex(caseId), be32(epoch)), 32);
}
const deviceListHash = (devices) => hash(concat(...[...devices].sort().map(unhex)));
function successionMac(caseId, before, after) {
    const context = concat(unhex(caseId), be32(after.epoch), be32(after.number));
    const key = X(casePrk(before), "resvalv/v1/case/next", context, 32);
    return p.hmacSha256(key, hash(unhex(after.key)), deviceListHash(after.devices));
}

export function caseKeys(input) {
    const identity = caseIdentity(input.case, input.epoch, input.key);
    const reply = X(casePrk(input.key), "resvalv/v1/case/reply", unhex(input.link), 32);
    return {
        identity_text: p.identityText(identity),
        recipient: p.recipientOf(identity),
        reply_identity_text: p.identityText(reply),
        device_list_hash: hex(deviceListHash(input.next.devices)),
        succession: hex(successionMac(input.case, input.key, input.next)),
        file_key_hash: hex(hash(concat("resvalv/v1/fk", unhex(input.file_key)))),
    };
}

export function keyring(input) {
    const newest = input.keys.at(-1);
    let succession = "-";
    if (input.before) {
        succession = p.base64url(successionMac(input.case, input.before, { ...input, key: newest }));
    }
    const record = input.record ? `${input.record.number} ${p.base64(unhex(input.record.hash))}` : "0 -";
    const lines = [
        "# resvalv keyring 1",
        `# vault ${id(input.vault)}`,
        `# case ${id(input.case)}`,
        `# epoch ${input.epoch}`,
        `# number ${input.number}`,
        `# succession ${succession}`,
        `# record ${record}`,
        ...input.keys.map((key, at) => `# key ${at + 1} ${p.base64url(unhex(key))}`),
        ...input.keys.map((key, at) => p.identityText(caseIdentity(input.case, at + 1, key))),
    ];
    return { plaintext: lines.join("\n") + "\n" };
}

export function link(input) {
    const p0 = p.extractKey("resvalv/v1/link/" + input.mode, unhex(input.secret));
    const linkId = X(p0, "resvalv/v1/link/id", new Uint8Array(), 16);
    const probe = X(p0, "resvalv/v1/link/probe", linkId, 32);
    const digits = input.typed === undefined ? "" : asciiDigits(input.typed);
    const salt = X(p0, "resvalv/v1/link/code-salt", linkId, 32);
    const cost = { N: 2 ** 15, r: 8, p: 1, dkLen: 32, maxmem: 2 ** 27 };
    const stretched = input.mode === "c" ? p.scrypt(text(digits), salt, cost) : new Uint8Array(32);
    const p1 = p.extractKey(X(p0, "resvalv/v1/link/code", linkId, 32), stretched);
    const auth = X(p1, "resvalv/v1/link/auth", linkId, 32);
    const isk = X(p1, "resvalv/v1/link/identity", linkId, 32);
    const macPackage = X(p1, "resvalv/v1/link/mac/package", linkId, 32);
    const macReply = X(p1, "resvalv/v1/link/mac/reply", linkId, 32);
    const holderHash = hash(unhex(input.holder));
    const open = concat("resvalv/v1/link/open", zero, linkId, unhex(input.challenge), holderHash);
    const object = (kind, part, file) =>
        hex(p.hmacSha256(macPackage, kind, zero, linkId, be32(input.version), be32(part), hash(unhex(file))));
    const reply = input.reply;
    const replyMac = p.hmacSha256(
        macReply, "resvalv/v1/link/reply", zero, linkId, be32(reply.number), holderHash, be32(input.version),
        hash(unhex(input.package)), be64(reply.checkpoint_size), unhex(reply.checkpoint_root),
        hash(unhex(reply.content)));
    return {
        url: `${input.origin}/o#${input.mode}${p.base64url(unhex(input.secret))}`,
        p0: hex(p0),
        id: hex(linkId),
        id_text: id(hex(linkId)),
        probe: hex(probe),
        probe_sha256: hex(hash(probe)),
        digits,
        p1: hex(p1),
        auth_public_key: hex(p.ed25519.getPublicKey(auth)),
        identity_text: p.identityText(isk),
        recipient: p.recipientOf(isk),
        mac_package_key: hex(macPackage),
        mac_reply_key: hex(macReply),
        open_message: hex(open),
        open_signature: hex(p.ed25519.sign(open, auth)),
        bearer: p.base64url(concat(linkId, unhex(input.holder))),
        package_mac: object("package", 0, input.package),
        part_mac: object("part", input.part.number, input.part.file),
        reply_mac: hex(replyMac),
    };
}

// Decimal digits of any script; everything else is stripped. A run of \p{Nd} begins at its zero.
export function asciiDigits(typed) {
    let digits = "";
    for (const character of typed) {
        if (!/\p{Nd}/u.test(character)) continue;
        let zeroes = character.codePointAt(0);
        let value = 0;
        while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(zeroes - 1)) && !isRunStart(zeroes)) {
            --zeroes;
            ++value;
        }
        digits += value;
    }
    return digits;
}
// Runs have ten digits and may follow each other (U+1D7CE…): count from where \p{Nd} begins.
function isRunStart(codePoint) {
    let first = codePoint;
    while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) --first;
    return (codePoint - first) % 10 === 0;
}

export function invitation(input) {
    const file = [
        "resvalv-invitation-1",
        `server ${input.server}`,
        `server_ca ${p.base64(unhex(input.server_ca))}`,
        `vault ${id(input.vault)}`,
        `founder ${p.base64(unhex(input.founder))}`,
        `log_key ${p.base64(unhex(input.log_key))}`,
        `person ${id(input.person)}`,
        `role ${input.role}`,
        `expires ${input.expires}`,
        `secret ${p.base64(unhex(input.secret))}`,
    ].join("\n") + "\n";
    const h = hash(text(file));
    const i0 = p.extractKey("resvalv/v1/invite", unhex(input.secret));
    const invitationId = X(i0, "resvalv/v1/invite/id", new Uint8Array(), 16);
    const probe = X(i0, "resvalv/v1/invite/probe", invitationId, 32);
    const cost = { N: 2 ** 17, r: 8, p: 1, dkLen: 32, maxmem: 2 ** 28 };
    const stretched = p.scrypt(text(input.digits), X(i0, "resvalv/v1/invite/code-salt", h, 32), cost);
    const ik = p.extractKey(X(i0, "resvalv/v1/invite/code", h, 32), stretched);
    const sign = X(ik, "resvalv/v1/invite/sign", h, 32);
    const mac = X(ik, "resvalv/v1/invite/mac", h, 32);
    const device = deviceKeys(input.device);
    const message = concat("resvalv/v1/enrolment", zero, unhex(input.vault), h, unhex(device.x25519_public_key),
        unhex(device.ed25519_public_key), unhex(input.device.tls_key));
    const approval = input.approval;
    return {
        text: file,
        h: hex(h),
        id: hex(invitationId),
        probe: hex(probe),
        probe_sha256: hex(hash(probe)),
        sign_public_key: hex(p.ed25519.getPublicKey(sign)),
        mac_key: hex(mac),
        submission_message: hex(message),
        code_signature: hex(p.ed25519.sign(message, sign)),
        device_signature: hex(p.ed25519.sign(message, unhex(input.device.signing_seed))),
        approval_mac: hex(p.hmacSha256(mac, "resvalv/v1/approval", zero, unhex(input.vault), h, unhex(device.id),
            be32(approval.directory_number), unhex(approval.directory_hash), be64(approval.checkpoint_size),
            unhex(approval.checkpoint_root))),
    };
}

export function deviceKeys(input) {
    const x25519 = p.x25519.getPublicKey(unhex(input.secret));
    const ed25519 = p.ed25519.getPublicKey(unhex(input.signing_seed));
    const digest = hash(concat("resvalv/v1/device", zero, x25519, ed25519, unhex(input.tls_key)));
    return {
        x25519_public_key: hex(x25519),
        ed25519_public_key: hex(ed25519),
        recipient: p.recipientText(x25519),
        id: hex(digest.slice(0, 16)),
        id_text: id(hex(digest.slice(0, 16))),
    };
}

export function mask(input) {
    const data = unhex(input.data);
    const masked = data.map((octet, at) => {
        const block = p.hmacSha256(unhex(input.key), "resvalv/v1/mask", zero, input.kind, zero, unhex(input.salt),
            be64(Math.floor(at / 32)));
        return octet ^ block[at % 32];
    });
    return { masked: hex(masked) };
}

// Plaintext octet i is 7 i + 3 mod 256.
export const pattern = (size) => Uint8Array.from({ length: size }, (_, at) => (7 * at + 3) & 255);

export function body(input) {
    const nonce = unhex(input.nonce);
    const key = p.hkdf(unhex(input.file_key), nonce, "payload", 32);
    const plaintext = pattern(input.size);
    const chunks = [];
    const count = Math.max(1, Math.ceil(plaintext.length / 65536));
    for (let index = 0; index < count; ++index) {
        const chunkNonce = concat(new Uint8Array(3), be64(index), Uint8Array.of(index === count - 1 ? 1 : 0));
        const part = plaintext.subarray(index * 65536, (index + 1) * 65536);
        chunks.push(p.chacha20poly1305(key, chunkNonce).encrypt(part));
    }
    return {
        payload_key: hex(key),
        body_size: 16 + chunks.reduce((sum, chunk) => sum + chunk.length, 0),
        body_sha256: hex(hash(concat(nonce, ...chunks))),
        body_root: hex(p.merkleRoot([nonce, ...chunks])),
    };
}

const hashOrDash = (octets) => (octets === undefined ? "-" : p.base64(unhex(octets)));

export function note(input) {
    const isDirectory = input.kind === "directory";
    const objectId = isDirectory ? input.vault : (input.link ?? input.case);
    const lines = [
        `resvalv/v1/${input.kind}`,
        `vault ${id(input.vault)}`,
        `case ${isDirectory ? "-" : id(input.case)}`,
        `object ${id(objectId)}`,
        `epoch ${input.epoch}`,
        `number ${input.number}`,
        `sha256 ${p.base64(unhex(input.object))}`,
        `previous ${hashOrDash(input.previous)}`,
        `directory ${input.directory.number} ${hashOrDash(input.directory.hash)}`,
        `checkpoint ${input.checkpoint.size} ${p.base64(unhex(input.checkpoint.root))}`,
    ];
    if (input.kind === "keyring") {
        lines.push(`recovery ${hashOrDash(input.recovery)}`, ...[...input.devices].sort().map((device) => `device ${id(device)}`));
    }
    if (isDirectory) {
        lines.push(
            `server_ca ${p.base64(unhex(input.server_ca))}`,
            `server_ca_next ${hashOrDash(input.server_ca_next)}`,
            `log_key ${p.base64(unhex(input.log_key))}`,
            `recovery ${input.recovery ?? "-"}`,
            `recovery_proposed ${input.recovery_proposed ?? "-"}`,
            `origin ${input.origin}`);
        const devices = input.lines.map((line) => ({ ...line, ...deviceKeys(line) }));
        devices.sort((left, right) => (left.id < right.id ? -1 : 1));
        for (const line of devices) {
            lines.push(`device ${id(line.person)} ${line.id_text} ${line.role} ${line.recipient} ` +
                `${p.base64(unhex(line.ed25519_public_key))} ${p.base64(unhex(line.tls_key))} ${line.status}`);
        }
    }
    const body = lines.join("\n") + "\n";
    const signed = p.signNote(body, id(input.signer), unhex(input.signing_seed));
    return { text: body, note: signed, note_sha256: hex(hash(text(signed))) };
}

export function checkpoint(input) {
    const origin = "resvalv/v1/log/" + id(input.vault);
    const root = p.merkleRoot(input.leaves.map(unhex));
    const body = `${origin}\n${input.leaves.length}\n${p.base64(root)}\n`;
    return { root: hex(root), note: p.signNote(body, origin, unhex(input.signing_seed)) };
}
