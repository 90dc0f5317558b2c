// The age reader against files of Debian's age, and each way a file can be wrong.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { test } from "node:test";
import { bytes, modules, vectors } from "../lib/modules.mjs";
import { age_body, age_file, body_root, derive } from "../mock/format.mjs";

const { age, stream } = modules;
const { identity: identity_hex, files } = vectors("age");
const identity = bytes(identity_hex, "hex");
const file_of = (name) => bytes(files.find((file) => file.name === name).file, "base64");
const sha256 = (value) => createHash("sha256").update(value).digest("hex");
const kChunkBytes = 65536;

for (const { name, plain_size, plain_sha256, file } of files) {
    test(`AFileOfDebiansAgeOpens: ${name}`, async () => {
        const plain = await stream.open_file(bytes(file, "base64"), identity);
        assert.equal(plain.length, plain_size);
        assert.equal(sha256(plain), plain_sha256);
    });
}

test("EveryFlippedOctetIsRefused", async () => {
    const file = file_of("one octet");
    for (let at = 0; at < file.length; at += 1) {
        const changed = Uint8Array.from(file);
        changed[at] ^= 1;
        await assert.rejects(stream.open_file(changed, identity), `octet ${at}`);
    }
});

test("EveryCutIsRefused", async () => {
    const file = file_of("text to three");
    for (let length = 0; length < file.length; length += 1) {
        await assert.rejects(stream.open_file(file.slice(0, length), identity), `length ${length}`);
    }
});

test("OctetsAfterTheEndAreRefused", async () => {
    await assert.rejects(stream.open_file(Uint8Array.from([...file_of("one octet"), 0]), identity));
});

test("AnotherIdentityOpensNothing", async () => {
    await assert.rejects(stream.open_file(file_of("one octet"), new Uint8Array(randomBytes(32))), /no stanza/);
});

const header_text = () => Buffer.from(file_of("one octet")).toString("latin1").split("\n").slice(0, 4);

const kBadHeaders = {
    "CRLF": ([version, ...rest]) => [version + "\r", ...rest],
    "another version": ([, ...rest]) => ["age-encryption.org/v2", ...rest],
    "two blanks": ([version, stanza, ...rest]) => [version, stanza.replace(" X", "  X"), ...rest],
    "a blank at the end": ([version, stanza, ...rest]) => [version, stanza + " ", ...rest],
    "an argument too many": ([version, stanza, ...rest]) => [version, stanza + " x", ...rest],
    "a padded body": ([version, stanza, body, end]) => [version, stanza, body + "=", end],
    "a body line too long": ([version, stanza, body, end]) => [version, stanza, body.padEnd(65, "A"), end],
    "a short body": ([version, stanza, , end]) => [version, stanza, "AAAA", end],
    "no end line": ([version, stanza, body]) => [version, stanza, body],
    "a MAC too short": ([version, stanza, body, end]) => [version, stanza, body, end.slice(0, -1)],
    "a low-order share": ([version, , body, end]) => [version, "-> X25519 " + "A".repeat(43), body, end],
};

for (const [name, change] of Object.entries(kBadHeaders)) {
    test(`AHeaderIsRefused: ${name}`, () => {
        const header = Buffer.from(change(header_text()).join("\n") + "\n", "latin1");
        assert.throws(() => age.open_header(new Uint8Array(header), identity));
    });
}

test("AStanzaOfAnotherTypeIsPassedOver", () => {
    const [version, ...rest] = header_text();
    const header = Buffer.from([version, "-> tomorrow a b", "", ...rest].join("\n") + "\n", "latin1");
    assert.throws(() => age.open_header(new Uint8Array(header), identity), /MAC/); // it was read, matched, and the MAC differs
});

for (const size of [0, 1, kChunkBytes - 1, kChunkBytes, kChunkBytes + 1, 3 * kChunkBytes, 5 * kChunkBytes + 17]) {
    test(`BodyOpensAndItsRootIsRight: ${size} octets`, async () => {
        const file_key = randomBytes(16);
        const plain = randomBytes(size);
        const body = age_body(file_key, plain);
        assert.equal(body.length, stream.body_size(size));
        const reader = new stream.BodyReader(new Uint8Array(file_key));
        await reader.start(new Uint8Array(body.subarray(0, 16)));
        const chunks = await reader.open(new Uint8Array(body.subarray(16)), true);
        assert.ok(Buffer.concat(chunks).equals(plain));
        assert.equal(Buffer.from(reader.root()).toString("hex"), body_root(body).toString("hex"));
    });
}

test("AnEmptyLastChunkAfterOthersIsRefused", async () => {
    const keys = derive("n", randomBytes(32));
    const file = age_file(randomBytes(kChunkBytes), keys.isk);
    const tail = age_body(randomBytes(16), Buffer.alloc(0)).subarray(16);
    await assert.rejects(stream.open_file(new Uint8Array(Buffer.concat([file, tail])), new Uint8Array(keys.identity)));
});

test("TreeRootsAreThoseOfRfc6962", () => {
    const leaves = Array.from({ length: 9 }, (_value, index) => new Uint8Array(32).fill(index));
    const node = (left, right) => createHash("sha256").update(Buffer.concat([Buffer.of(1), left, right])).digest();
    const hex = (value) => Buffer.from(value).toString("hex");
    const three = node(node(leaves[0], leaves[1]), leaves[2]);
    assert.equal(hex(stream.tree_root([])), sha256(""));
    assert.equal(hex(stream.tree_root(leaves.slice(0, 3))), hex(three));
    const four = node(node(leaves[0], leaves[1]), node(leaves[2], leaves[3]));
    assert.equal(hex(stream.tree_root(leaves.slice(0, 5))), hex(node(four, leaves[4])));
});
