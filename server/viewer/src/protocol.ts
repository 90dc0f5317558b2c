// Routes, wire keys, wire names and limits of the public listener. Printed from common/protocol at build time
// (valv_protocol_ts); never written by hand once that generator stands. docs/protocol.md section 4.

export const routes = {
    page: "/o",
    hello: "/v1/links/hello",
    open: "/v1/links/open",
    lease: "/v1/lease",
    lease_package: "/v1/lease/package",
    lease_part: "/v1/lease/parts/{part}",
    lease_header: "/v1/lease/documents/{row}/header",
    lease_body: "/v1/lease/documents/{row}/body",
} as const;

export const keys = {
    at: "at",
    challenge: "challenge",
    code: "code",
    error: "error",
    file: "file",
    holder: "holder",
    id: "id",
    mac: "mac",
    maximum: "maximum",
    now: "now",
    opens: "opens",
    probe: "probe",
    reason: "reason",
    screen_key: "screen_key",
    signature: "signature",
    state: "state",
    until: "until",
    version: "version",
} as const;

export const errors = {
    ended: "ended",
    not_found: "not_found",
    unauthenticated: "unauthenticated",
    unavailable: "unavailable",
    waiting: "waiting",
    wrong_code: "wrong_code",
} as const;

export const reasons = {
    expired: "expired",
    frozen: "frozen",
    locked: "locked",
    not_yet: "not_yet",
    revoked: "revoked",
    used_up: "used_up",
} as const;

export const states = {
    live: "live",
    locked: "locked",
    used_up: "used_up",
} as const;

export const limits = {
    challenge_seconds: 60,
    code_digits: 12,
    lease_minutes: 1440,
    link_header_bytes: 2097152,
} as const;
