// Everything that can stop a call, as values that cross from the worker to the page.

export type EndingReason = "unknown" | "expired" | "used_up" | "revoked" | "locked" | "frozen" | "not_yet";

export type FailureDetail =
    | { kind: "ending"; reason: EndingReason; at?: string | undefined; maximum?: number | undefined }
    | { kind: "network" }
    | { kind: "busy"; seconds: number }
    | { kind: "wrong_code" }
    | { kind: "waiting"; at: string }
    | { kind: "lease_over" }
    | { kind: "tamper"; what: TamperedThing }
    | { kind: "cut"; percent: number }
    | { kind: "damaged" }
    | { kind: "defect" };

export type TamperedThing = { object: "package" } | { object: "receipt" } | { object: "part"; part: number } | { object: "document"; name: string };

export class Failure extends Error {
    constructor(readonly detail: FailureDetail) {
        super(detail.kind);
    }
}

export function failure_of(error: unknown): FailureDetail {
    return error instanceof Failure ? error.detail : { kind: "defect" };
}
