// The two things this browser keeps: in sessionStorage P1 ⊕ screen key, so a reload does not ask
// for the code again; in localStorage the holder of a link until its lease ends, so coming back uses no second opening.
import { to_base64url } from "./bytes";
import { limits } from "./protocol";

const kSession = "valv.session";
const kHolder = "valv.holder.";

export interface KeptSession {
    readonly link: string;
    readonly masked: string;
}

interface KeptHolder {
    readonly holder: string;
    readonly until: number; // this device's clock, milliseconds
}

// A browser that forbids storage still opens papers; it only cannot come back.
function quietly<T>(act: () => T): T | undefined {
    try {
        return act();
    } catch {
        return undefined;
    }
}

function read(storage: () => Storage, key: string): Record<string, unknown> | undefined {
    return quietly(() => {
        const value: unknown = JSON.parse(storage().getItem(key) ?? "null");
        return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
    });
}

const local = (): Storage => localStorage;
const session = (): Storage => sessionStorage;

export function find_session(): KeptSession | undefined {
    const kept = read(session, kSession);
    return typeof kept?.link === "string" && typeof kept.masked === "string"
        ? { link: kept.link, masked: kept.masked }
        : undefined;
}

export function keep_session(kept: KeptSession): void {
    quietly(() => session().setItem(kSession, JSON.stringify(kept)));
}

export function drop_session(): void {
    quietly(() => session().removeItem(kSession));
}

function find_kept(link: string): KeptHolder | undefined {
    const kept = read(local, kHolder + link);
    if (typeof kept?.holder !== "string" || typeof kept.until !== "number" || kept.until < Date.now()) {
        return undefined;
    }
    return { holder: kept.holder, until: kept.until };
}

export function find_holder(link: string): string | undefined {
    return find_kept(link)?.holder;
}

// Kept before the call that opens: when its reply is lost, the next try has the same holder. No lease outlives a day.
export function holder_for(link: string): string {
    const kept = find_kept(link);
    if (kept) {
        return kept.holder;
    }
    const holder = to_base64url(crypto.getRandomValues(new Uint8Array(32)));
    keep_holder(link, holder, Date.now() + limits.lease_minutes * 60_000);
    return holder;
}

export function keep_holder(link: string, holder: string, until: number): void {
    quietly(() => local().setItem(kHolder + link, JSON.stringify({ holder, until })));
}

// Holders whose lease is over go at every start; `all` is "Clear this device".
export function drop_holders(which: "ended" | "all"): void {
    quietly(() => {
        const names = Object.keys(local()).filter((key) => key.startsWith(kHolder));
        names
            .filter((key) => which === "all" || !find_kept(key.slice(kHolder.length)))
            .forEach((key) => local().removeItem(key));
    });
}
