// The links that the tests visit.
import { randomBytes } from "node:crypto";
import { kView, make_link, time } from "./papers.mjs";
import { make_png } from "./picture.mjs";

const kDay = 86_400_000;

export const papers_of = (content) => [
    { row: 1, name: "RV-2026-014-passport-1.pdf", content: content ?? randomBytes(3_000_000) },
    { row: 2, name: "RV-2026-014-photo-1.png", kind: "photo", media_type: "image/png", content: make_png(600, 400) },
    { row: 3, name: "RV-2026-014-itinerary-1.txt", kind: "itinerary", media_type: "text/plain", content: Buffer.from("Dag 1: Arlanda 08.30\nDag 2: București\n") },
];

export function office_link(given = {}) {
    const main = { part: 1, name: "arrival", view: kView, documents: papers_of() };
    const later = { part: 2, name: "journey", opens_at: time(Date.now() + kDay), documents: [] };
    return make_link({ parts: [main, later], ...given });
}

export const ended_links = {
    expired: () => make_link({ not_after: "2026-03-31T08:25:00Z" }),
    revoked: () => Object.assign(make_link(), { revoked: true }),
    used_up: () => Object.assign(make_link({ max_opens: 1 }), { opens: 1 }),
    locked: () => Object.assign(make_link(), { locked: true }),
    not_yet: () => make_link({ not_before: time(Date.now() + kDay) }),
};
