// What a part's `view` shows: the page takes what it knows and passes over everything else
// (written by client/casework package_fields).

export interface Place {
    readonly name: string;
    readonly zone: string | undefined;
    readonly terminal: string | undefined;
}

export interface Leg {
    readonly from: Place;
    readonly to: Place;
    readonly departs: string; // UTC
    readonly arrives: string; // UTC
    readonly service: string; // carrier and number
    readonly mode: string;
    readonly is_cancelled: boolean;
}

export interface Contact {
    readonly name: string;
    readonly role: string;
    readonly phone: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

function items(view: Fields, key: string): readonly Fields[] {
    const value = view[key];
    return Array.isArray(value) ? value.filter((item): item is Fields => typeof item === "object" && item !== null) : [];
}

function text(fields: Fields, key: string): string | undefined {
    const value = fields[key];
    return typeof value === "string" && value !== "" ? value : undefined;
}

function place_of(value: unknown): Place | undefined {
    if (typeof value !== "object" || value === null) {
        return undefined;
    }
    const fields = value as Fields;
    const name = text(fields, "name");
    const iata = text(fields, "iata");
    const shown = name !== undefined && iata !== undefined ? `${name} (${iata})` : name ?? iata;
    return shown === undefined ? undefined : { name: shown, zone: text(fields, "zone"), terminal: text(fields, "terminal") };
}

function leg_of(fields: Fields): Leg | undefined {
    const from = place_of(fields.from);
    const to = place_of(fields.to);
    const departs = text(fields, "departs_utc");
    const arrives = text(fields, "arrives_utc");
    if (!from || !to || departs === undefined || arrives === undefined) {
        return undefined;
    }
    const service = [text(fields, "carrier"), text(fields, "number")].filter((word) => word !== undefined).join(" ");
    const mode = text(fields, "mode") ?? "";
    return { from, to, departs, arrives, service, mode, is_cancelled: text(fields, "status") === "cancelled" };
}

export function legs_of(view: Fields): Leg[] {
    return items(view, "legs").map(leg_of).filter((leg): leg is Leg => leg !== undefined);
}

export function contacts_of(view: Fields): Contact[] {
    return items(view, "contacts").flatMap((fields) => {
        const name = text(fields, "name");
        return name === undefined ? [] : [{ name, role: text(fields, "role") ?? "", phone: text(fields, "phone") }];
    });
}

export function travellers_of(view: Fields): string[] {
    return items(view, "persons").flatMap((fields) => text(fields, "name") ?? []);
}

// Minutes between two legs; nothing when they do not follow each other.
export function change_minutes(leg: Leg, next: Leg | undefined): number | undefined {
    const minutes = next ? (Date.parse(next.departs) - Date.parse(leg.arrives)) / 60_000 : Number.NaN;
    return minutes >= 0 && minutes < 24 * 60 ? Math.round(minutes) : undefined;
}
