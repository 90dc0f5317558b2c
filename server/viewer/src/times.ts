// Times as people compare them with tickets: weekday, date, clock, whose clock; and the device's own when it differs.
import { current_language, say } from "./words";

export const kHomeZone = "Europe/Stockholm";

type Parts = Readonly<Partial<Record<Intl.DateTimeFormatPartTypes, string>>>;

function parts_of(instant: Date, zone: string | undefined): Parts {
    const locale = current_language() === "en" ? "en-GB" : current_language();
    const format = new Intl.DateTimeFormat(locale + "-u-nu-latn", {
        weekday: "short",
        day: "numeric",
        month: "long",
        year: "numeric",
        hour: "2-digit",
        minute: "2-digit",
        hourCycle: "h23",
        ...(zone === undefined ? {} : { timeZone: zone }),
    });
    return Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
}

const clock = (parts: Parts): string => `${parts.hour}:${parts.minute}`;
const date = (parts: Parts): string => `${parts.year} ${parts.month} ${parts.day}`;

function zone_name(zone: string): string {
    if (zone === kHomeZone) {
        return say("time_zone_stockholm");
    }
    return say("time_zone", { city: (zone.split("/").pop() ?? zone).replace(/_/g, " ") });
}

function own_time(instant: Date, there: Parts): string {
    const here = parts_of(instant, undefined);
    if (clock(here) === clock(there) && date(here) === date(there)) {
        return "";
    }
    const day = date(here) === date(there) ? "" : here.weekday + " ";
    return " " + say("time_yours", { clock: day + clock(here) });
}

function is_zone(zone: string): boolean {
    try {
        new Intl.DateTimeFormat("en", { timeZone: zone });
        return true;
    } catch {
        return false;
    }
}

// A calendar date without a clock, such as a birth date.
export function date_text(text: string): string {
    const instant = new Date(text + "T00:00:00Z");
    if (Number.isNaN(instant.getTime())) {
        return text;
    }
    const { day, month, year } = parts_of(instant, "UTC");
    return `${day} ${month} ${year}`;
}

export function language_text(tag: string): string {
    try {
        return new Intl.DisplayNames([current_language()], { type: "language" }).of(tag) ?? tag;
    } catch {
        return tag;
    }
}

export function time_text(text: string, zone = kHomeZone): string {
    const instant = new Date(text);
    if (Number.isNaN(instant.getTime()) || !is_zone(zone)) {
        return text;
    }
    const there = parts_of(instant, zone);
    const { weekday, day, month, year } = there;
    const values = { weekday: weekday ?? "", day: day ?? "", month: month ?? "", year: year ?? "" };
    return say("time", { ...values, clock: clock(there), zone: zone_name(zone) }) + own_time(instant, there);
}

export function size_text(bytes: number): string {
    const locale = current_language() === "en" ? "en-GB" : current_language();
    const units = ["B", "kB", "MB", "GB"];
    let step = 0;
    let value = bytes;
    for (; value >= 1000 && step < units.length - 1; step += 1) {
        value /= 1000;
    }
    const digits = step > 0 && value < 10 ? 1 : 0;
    return value.toLocaleString(locale, { maximumFractionDigits: digits }) + "\u00a0" + units[step];
}
