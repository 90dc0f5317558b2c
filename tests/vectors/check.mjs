// node check.mjs: recomputes the output of every vector in *.json of this folder, and exits with 1 on a difference.
// node check.mjs --write: writes them. The C++ tests read the same files, so the two implementations hold each other.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as schedules from "./schedules.mjs";

const files = {
    "body.json": schedules.body,
    "case.json": schedules.caseKeys,
    "checkpoint.json": schedules.checkpoint,
    "device.json": schedules.deviceKeys,
    "invitation.json": schedules.invitation,
    "keyring.json": schedules.keyring,
    "link.json": schedules.link,
    "mask.json": schedules.mask,
    "note.json": schedules.note,
};

let differences = 0;
let checked = 0;
for (const [name, compute] of Object.entries(files)) {
    const path = fileURLToPath(new URL(name, import.meta.url));
    const vectors = JSON.parse(readFileSync(path, "utf8"));
    for (const [at, vector] of vectors.entries()) {
        const output = compute(vector.input);
        if (process.argv[2] === "--write") {
            vector.output = output;
        } else if (JSON.stringify(output) !== JSON.stringify(vector.output)) {
            ++differences;
            console.error(`${name} ${at}: expected`, vector.output, "computed", output);
        }
        ++checked;
    }
    if (process.argv[2] === "--write") writeFileSync(path, JSON.stringify(vectors, null, 1) + "\n");
}
console.log(`${checked} vectors, ${differences} differences`);
process.exitCode = differences === 0 && checked > 0 ? 0 : 1;
