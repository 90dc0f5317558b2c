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
    readonly booking: string | undefined;
    readonly check_in_by: string | undefined; // UTC
    readonly mode: string;
    readonly is_cancelled: boolean;
}

export interface Contact {
    readonly name: string;
    readonly role: string;
    readonly phone: string | undefined;
    readonly place: string | undefined;
}

export interface Traveller {
    readonly name: string;
    readonly birth_date: string | undefined;
    readonly languages: readonly string[];
    readonly needs_interpreter: boolean;
    readonly mobility: string | undefined;
}

export interface Meeting {
    readonly place: string;
    readonly zone: string | undefined;
    readonly at: string; // UTC
    readonly to: string | undefined;
    readonly code_phrase: string | undefined;
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

// A place of a leg, or of onward travel, where it is a line in the zone of its row.
function place_of(value: unknown, zone: string | undefined): Place | undefined {
    if (typeof value === "string") {
        return { name: value, zone, terminal: undefined };
    }
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
    const from = place_of(fields.from, text(fields, "zone"));
    const to = place_of(fields.to, text(fields, "zone"));
    const departs = text(fields, "departs_utc");
    const arrives = text(fields, "arrives_utc");
    if (!from || !to || departs === undefined || arrives === undefined) {
        return undefined;
    }
    const service = [text(fields, "carrier"), text(fields, "number")].filter((word) => word !== undefined).join(" ");
    return {
        from,
        to,
        departs,
        arrives,
        service,
        mode: text(fields, "mode") ?? "",
        is_cancelled: text(fields, "status") === "cancelled",
        booking: text(fields, "booking_reference"),
        check_in_by: text(fields, "check_in_by_utc"),
    };
}

export function legs_of(view: Fields): Leg[] {
    return [...items(view, "legs"), ...items(view, "onward")].map(leg_of).filter((leg): leg is Leg => leg !== undefined);
}

export function contacts_of(view: Fields): Contact[] {
    const guardians = items(view, "guardians").map((fields): Fields => ({ role: "guardian", ...fields }));
    return [...items(view, "contacts"), ...guardians].flatMap((fields) => {
        const name = text(fields, "name");
        const role = text(fields, "role") ?? "";
        return name === undefined ? [] : [{ name, role, phone: text(fields, "phone"), place: text(fields, "place") }];
    });
}

function person_name(value: unknown): string | undefined {
    if (typeof value !== "object" || value === null) {
        return typeof value === "string" && value !== "" ? value : undefined;
    }
    const { given, family, order } = value as Fields;
    const words = order === "family-first" ? [family, given] : [given, family];
    const name = words.filter((word) => typeof word === "string" && word !== "").join(" ");
    return name === "" ? undefined : name;
}

export function travellers_of(view: Fields): Traveller[] {
    return items(view, "persons").flatMap((fields) => {
        const name = person_name(fields.name);
        const languages = Array.isArray(fields.languages) ? fields.languages : [];
        if (name === undefined) {
            return [];
        }
        return [{
            name,
            birth_date: text(fields, "birth_date"),
            languages: languages.filter((tag): tag is string => typeof tag === "string"),
            needs_interpreter: fields.interpreter === true,
            mobility: text(fields, "mobility"),
        }];
    });
}

export function meetings_of(view: Fields): Meeting[] {
    return items(view, "handovers").flatMap((fields) => {
        const place = text(fields, "place");
        const at = text(fields, "at_utc");
        if (place === undefined || at === undefined) {
            return [];
        }
        const code_phrase = text(fields, "code_phrase");
        return [{ place, at, zone: text(fields, "zone"), to: text(fields, "to"), code_phrase }];
    });
}

// Minutes between two legs; nothing when they do not follow each other.
export function change_minutes(leg: Leg, next: Leg | undefined): number | undefined {
    const minutes = next ? (Date.parse(next.departs) - Date.parse(leg.arrives)) / 60_000 : Number.NaN;
    return minutes >= 0 && minutes < 24 * 60 ? Math.round(minutes) : undefined;
}
