// node interop.mjs PROGRAM: age files both ways between npm age-encryption and our program (tests/crypto/sealed/age_pipe.cpp).
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { asciiDigits, pattern } from "./schedules.mjs";

const program = process.argv[2];
const folder = mkdtempSync(join(tmpdir(), "valv-interop-"));
let failures = 0;
let checks = 0;

function ours(args, input) {
    const result = spawnSync(program, args, { input, maxBuffer: 2 ** 27 });
    if (result.status !== 0) throw new Error(`${args[0]}: ${result.stderr}`);
    return new Uint8Array(result.stdout);
}

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

const passphrase = join(folder, "passphrase");
writeFileSync(passphrase, "correct horse");
for (const size of [0, 1, 65535, 65536, 65537, 131072, 300000]) {
    const plaintext = pattern(size);
    const identity = await generateX25519Identity();
    const recipient = await identityToRecipient(identity);
    const identityFile = join(folder, "identity");
    writeFileSync(identityFile, identity);

    await check(`theirs to ours, ${size}`, plaintext, async () => {
        const encrypter = new Encrypter();
        encrypter.addRecipient(recipient);
        return ours(["open", identityFile], await encrypter.encrypt(plaintext));
    });
    await check(`ours to theirs, ${size}`, plaintext, async () => {
        const decrypter = new Decrypter();
        decrypter.addIdentity(identity);
        return decrypter.decrypt(ours(["seal", recipient], plaintext));
    });
}
await check("passphrase, theirs to ours", pattern(1000), async () => {
    const encrypter = new Encrypter();
    encrypter.setPassphrase("correct horse");
    encrypter.setScryptWorkFactor(12);
    return ours(["open-passphrase", passphrase], await encrypter.encrypt(pattern(1000)));
});
await check("passphrase, ours to theirs", pattern(1000), async () => {
    const decrypter = new Decrypter();
    decrypter.addPassphrase("correct horse");
    return decrypter.decrypt(ours(["seal-passphrase", passphrase, "12"], pattern(1000)));
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
await check("digits", new TextEncoder().encode(asciiDigits(decimal.join(""))), async () => ours(["digits"], typed));

rmSync(folder, { recursive: true });
console.log(`${checks} checks, ${failures} failures`);
process.exitCode = failures === 0 ? 0 : 1;
