// A sender: makes a link with a package, parts and documents, as a client would.
import { randomBytes } from "node:crypto";
import { age_body, age_file, age_header, base32, base64url, body_root, derive, log_key, log_origin, object_mac, sha256 } from "./format.mjs";

export const kCode = "402381776095";
export const time = (instant) => new Date(instant).toISOString().replace(/\.\d+Z$/, "Z");

const kLegs = [
    {
        mode: "air", status: "ticketed", carrier: "SAS", number: "SK 2813",
        from: { name: "Stockholm Arlanda", iata: "ARN", zone: "Europe/Stockholm", country: "SE", terminal: "5" },
        to: { name: "Wien Schwechat", iata: "VIE", zone: "Europe/Vienna", country: "AT" },
        departs: "2026-03-31T10:25", departs_utc: "2026-03-31T08:25:00Z",
        arrives: "2026-03-31T12:45", arrives_utc: "2026-03-31T10:45:00Z",
    },
    {
        mode: "air", status: "ticketed", carrier: "Austrian", number: "OS 791",
        from: { name: "Wien Schwechat", iata: "VIE", zone: "Europe/Vienna", country: "AT", terminal: "3" },
        to: { name: "București Otopeni", iata: "OTP", zone: "Europe/Bucharest", country: "RO" },
        departs: "2026-03-31T14:05", departs_utc: "2026-03-31T12:05:00Z",
        arrives: "2026-03-31T16:40", arrives_utc: "2026-03-31T13:40:00Z",
    },
];

export const kView = {
    legs: kLegs,
    reference: "RV-2026-014", audience: "office",
    persons: [
        {
            id: "p1", name: { given: "Ionela", family: "Popescu" }, birth_date: "1991-05-02", sex: "female", citizenships: ["RO"],
            languages: ["ro", "rom"], interpreter: true, mobility: "WCHR",
        },
        { id: "p2", name: { given: "Andrei", family: "Popescu", order: "family-first" }, languages: ["ro"], mobility: "none" },
    ],
    contacts: [
        { name: "Maria Lindqvist", role: "escort", phone: "+46701234567" },
        { name: "IOM Bucharest", role: "reception", phone: "+40211234567", place: "București" },
    ],
    handovers: [
        {
            id: "h1", place: "Information desk, arrivals", zone: "Europe/Bucharest", at: "2026-03-31T17:10",
            at_utc: "2026-03-31T14:10:00Z", to: "IOM Bucharest", to_role: "office", persons: ["p1", "p2"], code_phrase: "blue lantern",
        },
    ],
    destination: { country: "RO", place: "Brăila", zone: "Europe/Bucharest" },
    onward: [
        {
            id: "w1", mode: "car", from: "Otopeni", to: "Brăila", zone: "Europe/Bucharest", departs: "2026-03-31T17:30",
            departs_utc: "2026-03-31T14:30:00Z", arrives: "2026-03-31T20:30", arrives_utc: "2026-03-31T17:30:00Z",
        },
    ],
    a_field_of_tomorrow: { shown: "not at all" },
};

function make_document(row, { name, kind = "passport", media_type = "application/pdf", content }, keys) {
    const file_key = randomBytes(16);
    const header = age_header(file_key, keys.isk);
    const body = age_body(file_key, content);
    const facts = {
        row, name, kind, media_type, size: content.length,
        file_key_hash: base64url(sha256("resvalv/v1/fk", file_key)),
        body_root: base64url(body_root(body)),
        header_sha256: base64url(sha256(header)),
    };
    return { facts, header, body };
}

function make_part(part, keys, options) {
    const documents = part.documents.map((document) => make_document(document.row, document, keys));
    const json = {
        format: "resvalv/part/1", link: base32(keys.id), version: options.version, part: part.part, name: part.name,
        view: part.view ?? {}, documents: documents.map(({ facts }) => facts), ...part.change,
    };
    const file = age_file(JSON.stringify(json), keys.isk);
    const row = { part: part.part, name: part.name, opens_at: part.opens_at, ends_at: part.ends_at, sha256: base64url(sha256(file)) };
    return { ...part, documents, file, mac: object_mac(keys, "part", options.version, part.part, file), row };
}

function package_json(keys, options, parts) {
    return {
        format: "resvalv/package/1", link: base32(keys.id), version: options.version, title: "Travel plan RV-2026-014",
        audience: options.audience, language: options.language,
        sender: { name: "Maria Lindqvist", organisation: "Region Stockholm" }, recipient: { name: "IOM Bucharest" },
        note: options.note, made_at: "2026-03-20T09:00:00Z",
        policy: { not_after: options.not_after, max_opens: options.max_opens, lease_minutes: options.lease_minutes },
        parts: parts.map(({ row }) => row),
        reply_recipient: "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqsg8n4jd", log_key: base64url(log_key), log_origin,
        ...options.change,
    };
}

export function make_link(given = {}) {
    const options = {
        variant: "c", version: 1, audience: "office", language: "en", not_after: time(Date.now() + 5 * 86_400_000), max_opens: 5,
        lease_minutes: 60, note: "Please meet them at the information desk in arrivals.", parts: [], ...given,
    };
    const secret = randomBytes(32);
    const keys = given.keys ?? derive(options.variant, secret, kCode);
    const parts = options.parts.map((part) => make_part(part, keys, options));
    const file = age_file(JSON.stringify(package_json(keys, options, parts)), keys.isk);
    return {
        keys, options, parts, id: base32(keys.id), fragment: `#${options.variant}${base64url(secret)}`,
        package: { file, mac: object_mac(keys, "package", options.version, 0, file) },
        opens: 0, failures: 0, leases: new Map(), challenges: new Set(), revoked: false, locked: false, frozen: false,
        not_before: options.not_before,
    };
}
