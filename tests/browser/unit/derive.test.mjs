// docs/formats.md section 7 against values that Python and OpenSSL computed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { bytes, modules, vectors } from "../lib/modules.mjs";

const { derive, bytes: codec } = modules;
const text = (value) => codec.to_base64url(value);

for (const vector of vectors("link").links) {
    const link = derive.find_link(vector.fragment);
    const keys = derive.link_keys(link);
    const code = derive.code_keys(keys, vector.digits ?? undefined);
    const variant = vector.fragment[1];

    test(`LinkKeysEqualTheVector_${variant}`, () => {
        assert.equal(link.needs_code, variant === "c");
        assert.equal(codec.to_base32(keys.id), vector.id);
        assert.equal(text(keys.probe), vector.probe);
    });

    test(`CodeKeysEqualTheVector_${variant}`, () => {
        assert.equal(text(code.p1), vector.p1);
        assert.equal(text(code.auth_seed), vector.auth_seed);
        assert.equal(text(code.identity), vector.identity);
        assert.equal(text(code.package_mac), vector.package_mac_key);
    });

    test(`SignatureBearerAndMacsEqualTheVector_${variant}`, async () => {
        const holder = bytes(vector.holder);
        const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes(vector.file)));
        const place = (kind, version, part) => ({ kind, id: keys.id, version, part });
        assert.equal(text(derive.open_signature(code, keys.id, bytes(vector.challenge), holder)), vector.open_signature);
        assert.equal(derive.bearer(keys.id, holder), vector.bearer);
        assert.equal(text(derive.object_mac(code, place("package", 1, 0), hash)), vector.package_mac);
        assert.equal(text(derive.object_mac(code, place("part", 7, 3), hash)), vector.part_mac);
    });
}

test("AFragmentThatIsNotAWholeLinkIsNone", () => {
    const whole = vectors("link").links[0].fragment;
    const bad = ["", "#", whole.slice(0, -1), whole + "A", "#x" + whole.slice(2), whole.slice(0, -1) + "*", whole.slice(0, -1) + "9"];
    bad.forEach((fragment) => assert.equal(derive.find_link(fragment), undefined, fragment));
});

// The vectors of the C++ side (tests/vectors/link.json), so that both read the same links.
for (const { input, output } of JSON.parse(readFileSync(new URL("../../vectors/link.json", import.meta.url)))) {
    test(`TheSharedVectorHolds_${output.id_text}`, async () => {
        const hex = (value) => Buffer.from(value).toString("hex");
        const keys = derive.link_keys(derive.find_link(new URL(output.url).hash));
        const code = derive.code_keys(keys, output.digits === "" ? undefined : output.digits);
        const holder = bytes(input.holder, "hex");
        const mac = async (kind, part, file) => {
            const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes(file, "hex")));
            return hex(derive.object_mac(code, { kind, id: keys.id, version: input.version, part }, hash));
        };
        assert.equal(hex(keys.p0), output.p0);
        assert.equal(codec.to_base32(keys.id), output.id_text);
        assert.equal(hex(keys.probe), output.probe);
        assert.equal(hex(code.p1), output.p1);
        assert.equal(hex(code.package_mac), output.mac_package_key);
        assert.equal(hex(derive.open_signature(code, keys.id, bytes(input.challenge, "hex"), holder)), output.open_signature);
        assert.equal(derive.bearer(keys.id, holder), output.bearer);
        assert.equal(await mac("package", 0, input.package), output.package_mac);
        assert.equal(await mac("part", input.part.number, input.part.file), output.part_mac);
    });
}
