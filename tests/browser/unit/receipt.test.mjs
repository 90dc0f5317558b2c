// The page's check of a receipt (docs/formats.md section 9) against a log made by other code.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { modules } from "../lib/modules.mjs";
import { log_entry, log_key, log_origin, open_event, other_log_key, receipt } from "../mock/format.mjs";

const { check_receipt } = modules.receipt;
const kLink = "c".repeat(26);
const kAt = "2026-03-01T09:00:00Z";
const holder = randomBytes(32);
const expected = {
    link: kLink, holder_sha256: holder, log_key: new Uint8Array(log_key), log_origin, lease_minutes: 60,
    lease_until: "2026-03-01T10:00:00Z",
};
const own = log_entry(open_event(kLink, holder, kAt));
const others = (count) => Array.from({ length: count }, (_, index) => log_entry({ kind: "enrolment", at: kAt, invitation: index }));
const log_with = (index, size) => Object.assign(others(size), { [index]: own });
const refused = (text, change = {}) => assert.throws(() => check_receipt(text, { ...expected, ...change }));

test("TheOwnOpeningHoldsAtEveryPlaceOfEverySmallLog", () => {
    for (let size = 1; size <= 20; size += 1) {
        for (let index = 0; index < size; index += 1) {
            check_receipt(receipt(log_with(index, size), index), expected);
        }
    }
});

test("EveryCutAndEveryChangedLineIsRefused", () => {
    const text = receipt(log_with(6, 11), 6);
    for (let length = 0; length < text.length - 1; length += 1) {
        refused(text.slice(0, length));
    }
    text.split("\n").forEach((line, at, lines) => {
        if (line !== "") {
            refused(lines.toSpliced?.(at, 1).join("\n") ?? lines.filter((_, other) => other !== at).join("\n"));
        }
    });
});

test("AnotherPlaceOrOneHashMoreIsRefused", () => {
    const text = receipt(log_with(6, 11), 6);
    refused(text.replace("index 6", "index 7"));
    refused(text.replace("index 6", "index 11"));
    refused(text.replace("index 6\n", `index 6\n${Buffer.alloc(32).toString("base64")}\n`));
});

test("AnotherLinkHolderKeyOrLogIsRefused", () => {
    const text = receipt(log_with(2, 5), 2);
    refused(text, { link: "d".repeat(26) });
    refused(text, { holder_sha256: randomBytes(32) });
    refused(text, { log_key: new Uint8Array(32) });
    refused(text, { log_origin: "resvalv/v1/log/other" });
    refused(receipt(log_with(2, 5), 2, { key: other_log_key }));
    refused(receipt(log_with(2, 5), 2, { first_line: "resvalv/v1/log/other" }));
});

test("ALeaseThatOutlivesTheOpeningIsRefused", () => {
    const text = receipt(log_with(2, 5), 2);
    refused(text, { lease_until: "2026-03-01T10:00:01Z" });
    refused(text, { lease_minutes: 59 });
});

test("AnotherKindOfEventIsRefused", () => {
    const entries = others(3);
    entries[1] = log_entry({ ...open_event(kLink, holder, kAt), kind: "link-locked" });
    refused(receipt(entries, 1));
});
