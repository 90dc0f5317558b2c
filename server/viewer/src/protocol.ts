// Routes, wire keys, wire names and limits of the public listener (docs/protocol.md section 4).
// Printed by valv_protocol_ts from common/protocol; not to be edited.

export const routes = {
    page: "/o",
    hello: "/v1/links/hello",
    open: "/v1/links/open",
    lease: "/v1/lease",
    lease_receipt: "/v1/lease/receipt",
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
    malformed: "malformed",
    invalid_argument: "invalid_argument",
    unauthenticated: "unauthenticated",
    forbidden: "forbidden",
    wrong_code: "wrong_code",
    not_found: "not_found",
    conflict: "conflict",
    on_hold: "on_hold",
    ended: "ended",
    length_required: "length_required",
    too_large: "too_large",
    key_reused: "key_reused",
    client_too_old: "client_too_old",
    waiting: "waiting",
    internal: "internal",
    unavailable: "unavailable",
    storage_full: "storage_full",
} as const;

export const reasons = {
    expired: "expired",
    revoked: "revoked",
    used_up: "used_up",
    locked: "locked",
    not_yet: "not_yet",
    frozen: "frozen",
} as const;

export const states = {
    live: "live",
    used_up: "used_up",
    locked: "locked",
} as const;

export const limits = {
    challenge_seconds: 60,
    code_digits: 12,
    lease_minutes: 1440,
    link_header_bytes: 65536,
} as const;
