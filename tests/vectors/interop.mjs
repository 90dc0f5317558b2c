// node interop.mjs RESVALV_AGE DIGITS: age files both ways between npm age-encryption and resvalv-age, and what both sides read as digits.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { armor, Decrypter, Encrypter, generateHybridIdentity, generateX25519Identity, identityToRecipient } from "age-encryption";
import { asciiDigits, pattern } from "./schedules.mjs";

const [tool, digits] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "valv-interop-"));
let failures = 0;
let checks = 0;
let skipped = 0;

function run(program, args, input) {
    const result = spawnSync(program, args, { input, maxBuffer: 2 ** 27 });
    if (result.status !== 0) throw new Error(`${args[0]}: ${result.stderr}`);
    return new Uint8Array(result.stdout);
}

const ours = (args, input) => run(tool, args, input);
const text = (octets) => new TextDecoder().decode(octets);

async function check(name, expected, action) {
    ++checks;
    try {
        if (Buffer.compare(Buffer.from(await action()), Buffer.from(expected)) === 0) return;
        console.error(`${name}: another plaintext`);
    } catch (error) {
        console.error(`${name}: ${error}`);
    }
    ++failures;
}

function fileOf(name, contents) {
    const file = join(folder, name);
    writeFileSync(file, contents);
    return file;
}

async function theirs(recipient, plaintext) {
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipient);
    return encrypter.encrypt(plaintext);
}

function openedByThem(identity, file) {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    return decrypter.decrypt(file);
}

// Both ways, as octets and as armor, to a key of each kind.
async function checkKey(kind, identity, size) {
    const plaintext = pattern(size);
    const recipient = await identityToRecipient(identity);
    const key = fileOf("identity", identity);
    await check(`${kind}, theirs to ours, ${size}`, plaintext, async () =>
        ours(["decrypt", "-i", key], await theirs(recipient, plaintext)));
    await check(`${kind}, ours to theirs, ${size}`, plaintext, async () =>
        openedByThem(identity, ours(["encrypt", "-r", recipient], plaintext)));
    await check(`${kind}, armor, theirs to ours, ${size}`, plaintext, async () =>
        ours(["decrypt", "-i", key], armor.encode(await theirs(recipient, plaintext))));
    await check(`${kind}, armor, ours to theirs, ${size}`, plaintext, async () =>
        openedByThem(identity, armor.decode(text(ours(["encrypt", "-a", "-r", recipient], plaintext)))));
}

// Their reader takes our key, and both derive the same recipient.
async function checkMadeKey(kind, options) {
    const key = ours(["keygen", ...options]);
    const identity = text(key).split("\n").find((line) => line.startsWith("AGE-SECRET-KEY-"));
    await check(`${kind}, a key of ours`, new TextEncoder().encode(`${await identityToRecipient(identity)}\n`), async () => ours(["keygen", "-y"], key));
}

const sizes = [0, 1, 65535, 65536, 65537, 131072, 300000];
for (const size of sizes) await checkKey("classic", await generateX25519Identity(), size);
await checkMadeKey("classic", []);

// An OpenSSL before 3.5 has no ML-KEM, and the program then says so.
const probe = spawnSync(tool, ["keygen", "--pq"]);
if (probe.status === 0) {
    for (const size of sizes) await checkKey("hybrid", await generateHybridIdentity(), size);
    await checkMadeKey("hybrid", ["--pq"]);
} else if (String(probe.stderr).includes("OpenSSL 3.5") && process.env.VALV_REQUIRE_ML_KEM === undefined) {
    skipped = 4 * sizes.length + 1;
    console.log(`${skipped} hybrid checks skipped: this OpenSSL has no ML-KEM`);
} else {
    ++failures;
    console.error(`keygen --pq: ${probe.stderr}`);
}

const passphrase = fileOf("passphrase", "correct horse");
await check("passphrase, theirs to ours", pattern(1000), async () => {
    const encrypter = new Encrypter();
    encrypter.setPassphrase("correct horse");
    encrypter.setScryptWorkFactor(12);
    return ours(["decrypt", "--passphrase-file", passphrase], await encrypter.encrypt(pattern(1000)));
});
await check("passphrase, ours to theirs", pattern(1000), async () => {
    const decrypter = new Decrypter();
    decrypter.addPassphrase("correct horse");
    return decrypter.decrypt(ours(["encrypt", "--passphrase-file", passphrase], pattern(1000)));
});
// Every decimal digit of this node's Unicode, as our program reads it.
const decimal = [];
for (let codePoint = 0; codePoint <= 0x10ffff; ++codePoint) {
    if (codePoint < 0xd800 || codePoint > 0xdfff) {
        const character = String.fromCodePoint(codePoint);
        if (/\p{Nd}/u.test(character)) decimal.push(character);
    }
}
const typed = new TextEncoder().encode(decimal.join(" "));
await check("digits", new TextEncoder().encode(asciiDigits(decimal.join(""))), async () => run(digits, [], typed));

rmSync(folder, { recursive: true });
console.log(`${checks} checks, ${failures} failures, ${skipped} skipped`);
process.exitCode = failures === 0 ? 0 : 1;
