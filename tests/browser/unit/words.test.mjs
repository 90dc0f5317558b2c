// Both languages say the same things, word for word where a promise hangs on the words, and nothing says why a person travels.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { words } from "../lib/words.mjs";

const forbidden = JSON.parse(readFileSync(new URL("../vectors/forbidden.json", import.meta.url)));
const placeholders = (text) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort().join();

test("KeysAreEqualInAllLanguages", () => {
    assert.deepEqual(Object.keys(words.sv), Object.keys(words.en));
});

test("PlaceholdersAreEqualInAllLanguages", () => {
    for (const [key, text] of Object.entries(words.en)) {
        assert.equal(placeholders(words.sv[key]), placeholders(text), key);
    }
});

test("NoTextIsEmpty", () => {
    Object.values(words).flatMap(Object.entries).forEach(([key, text]) => assert.ok(text.trim().length > 0, key));
});

for (const [language, table] of Object.entries(words)) {
    test(`NoForbiddenWord_${language}`, () => {
        const stems = [...forbidden.all, ...forbidden[language]];
        for (const [key, text] of Object.entries(table)) {
            const found = stems.find((stem) => new RegExp(`(?<!\\p{L})${stem}`, "iu").test(text));
            assert.equal(found, undefined, `${key}: ${text}`);
        }
    });
}
