// node unpack_cctv.mjs FOLDER: writes the age test kit (npm cctv-age) as files that the C++ test reads.
// Each file: the kit's `key: value` lines without `compressed`, an empty line, the age file (inflated).
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import * as kit from "cctv-age";

const folder = process.argv[2];
if (!folder) throw new Error("usage: node unpack_cctv.mjs FOLDER");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const vectors = kit.default ?? kit;
let count = 0;
for (const [name, bytes] of Object.entries(vectors)) {
    const file = Buffer.from(bytes);
    const end = file.indexOf("\n\n");
    const lines = file.subarray(0, end).toString("utf8").split("\n");
    const isCompressed = lines.includes("compressed: zlib");
    const body = file.subarray(end + 2);
    const head = lines.filter((line) => !line.startsWith("compressed:")).join("\n") + "\n\n";
    writeFileSync(join(folder, name), Buffer.concat([Buffer.from(head), isCompressed ? inflateSync(body) : body]));
    ++count;
}
console.log(`${count} vectors`);
