import { readFileSync } from "node:fs";

const table = (language) => JSON.parse(readFileSync(new URL(`../../../server/viewer/src/words/${language}.json`, import.meta.url)));

export const words = { en: table("en"), sv: table("sv") };

export function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
