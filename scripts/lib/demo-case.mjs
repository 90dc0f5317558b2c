// The fictional case of tests/data/cases/8_3.json as `case import` takes it (no rows of papers and links, nor references to them), moved in time so
// that its journey begins in twenty days. Prints JSON.
import { readFileSync } from "node:fs";

const dayMs = 86_400_000;
const departure = Date.parse("2026-04-14T00:00:00Z");
const shift = Math.round((Date.now() - departure) / dayMs + 20) * dayMs;

function moved(text) {
    const match = /^(\d{4}-\d{2}-\d{2})(T.*)?$/.exec(text);
    const year = match ? Number(text.slice(0, 4)) : 0;
    if (year !== 2026 && year !== 2027) {
        return text;
    }
    return new Date(Date.parse(match[1]) + shift).toISOString().slice(0, 10) + (match[2] ?? "");
}

function walk(value, key) {
    if (Array.isArray(value)) {
        return value.map((item) => walk(item, key));
    }
    if (value !== null && typeof value === "object") {
        return Object.fromEntries(
            Object.entries(value)
                .filter(([name]) => !["ticket_document", "receipt_document", "document", "booked_document"].includes(name))
                .map(([name, item]) => [name, walk(item, name)]),
        );
    }
    return typeof value === "string" && key !== "reference" ? moved(value) : value;
}

const record = JSON.parse(readFileSync(process.argv[2], "utf8"));
record.documents = [];
record.links = [];
process.stdout.write(JSON.stringify(walk(record)));
