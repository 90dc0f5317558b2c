// The wire of docs/protocol.md section 4, as the worker sees it. Every refusal becomes a Failure.
import { Failure, type EndingReason } from "./failure";
import { errors, keys, reasons } from "./protocol";

export type Reply = Readonly<Record<string, unknown>>;

const kEndings: Readonly<Record<string, EndingReason>> = {
    [reasons.expired]: "expired",
    [reasons.frozen]: "frozen",
    [reasons.locked]: "locked",
    [reasons.not_yet]: "not_yet",
    [reasons.revoked]: "revoked",
    [reasons.used_up]: "used_up",
};

const kOptions = { cache: "no-store", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer" } as const;

export function text_in(reply: Reply, key: string): string {
    const value = reply[key];
    if (typeof value !== "string") {
        throw new Failure({ kind: "network" });
    }
    return value;
}

export function number_in(reply: Reply, key: string): number {
    const value = reply[key];
    if (!Number.isSafeInteger(value)) {
        throw new Failure({ kind: "network" });
    }
    return value as number;
}

export function find_text(reply: Reply, key: string): string | undefined {
    const value = reply[key];
    return typeof value === "string" ? value : undefined;
}

export function find_number(reply: Reply, key: string): number | undefined {
    const value = reply[key];
    return Number.isSafeInteger(value) ? (value as number) : undefined;
}

async function json_of(response: Response): Promise<Reply> {
    try {
        const value: unknown = await response.json();
        return typeof value === "object" && value !== null ? (value as Reply) : {};
    } catch {
        return {};
    }
}

function ending(reply: Reply): Failure {
    const reason = kEndings[find_text(reply, keys.reason) ?? ""] ?? "unknown";
    return new Failure({ kind: "ending", reason, at: find_text(reply, keys.at), maximum: find_number(reply, keys.maximum) });
}

async function refusal(response: Response): Promise<Failure> {
    const reply = await json_of(response);
    switch (reply[keys.error]) {
        case errors.wrong_code:
            return new Failure({ kind: "wrong_code" });
        case errors.waiting:
            return new Failure({ kind: "waiting", at: find_text(reply, keys.at) ?? "" });
        case errors.ended:
            return ending(reply);
        case errors.not_found:
            return new Failure({ kind: "ending", reason: "unknown" });
        case errors.unauthenticated:
            return new Failure({ kind: "lease_over" });
        case errors.unavailable:
            return new Failure({ kind: "busy", seconds: Number(response.headers.get("Retry-After")) || 10 });
        default:
            return new Failure({ kind: "network" });
    }
}

export class Transport {
    constructor(private readonly origin: string) {}

    async post(route: string, message: Reply): Promise<Reply> {
        const headers = { "Content-Type": "application/json" };
        return json_of(await this.request(route, { method: "POST", headers, body: JSON.stringify(message) }));
    }

    async get(route: string, bearer: string): Promise<Reply> {
        return json_of(await this.fetch(route, bearer, {}));
    }

    async get_text(route: string, bearer: string): Promise<string> {
        return (await this.fetch(route, bearer, {})).text();
    }

    fetch(route: string, bearer: string, headers: Readonly<Record<string, string>>): Promise<Response> {
        return this.request(route, { headers: { Authorization: "Bearer " + bearer, ...headers } });
    }

    private async request(route: string, init: RequestInit): Promise<Response> {
        let response: Response;
        try {
            response = await fetch(this.origin + route, { ...kOptions, ...init });
        } catch {
            throw new Failure({ kind: "network" });
        }
        if (!response.ok) {
            throw await refusal(response);
        }
        return response;
    }
}
