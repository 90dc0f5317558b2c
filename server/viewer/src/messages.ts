// What page and worker say to each other. Keys and plaintext of papers stay in the worker, but for what is shown or saved.
import type { PackageContent, PartContent } from "./content";
import type { EndingReason, FailureDetail } from "./failure";

export interface Lease {
    readonly until: string;
    readonly now: string; // the server's clock, to which `until` belongs
    readonly opens: number;
    readonly maximum: number;
    readonly version: number;
}

export interface Hello {
    readonly ended: EndingReason | undefined; // a browser that keeps a holder may still come back
    readonly at: string | undefined;
    readonly maximum: number | undefined;
}

export interface Opened {
    readonly lease: Lease;
    readonly masked: string; // base64url of P1 ⊕ screen key
}

export interface PartView {
    readonly part: number;
    readonly name: string;
    readonly opens_at: string | undefined;
    readonly ends_at: string | undefined;
    readonly state: "open" | "later" | "over";
    readonly content?: PartContent;
}

export interface Papers {
    readonly content: PackageContent;
    readonly parts: readonly PartView[];
    readonly receipt: string; // verified
}

export interface Calls {
    begin(fragment: string, origin: string): { link: string };
    hello(): Hello;
    open(digits: string | undefined, holder: string): Opened;
    open_again(): Opened;
    resume(origin: string, link: string, masked: string, holder: string): Opened;
    papers(): Papers;
    fetch_document(row: number, target: FileSystemFileHandle | undefined): Blob | undefined;
    drop_document(row: number): void;
}

export interface Request {
    readonly number: number;
    readonly call: keyof Calls;
    readonly arguments: readonly unknown[];
}

export type Answer =
    | { readonly number: number; readonly value: unknown }
    | { readonly number: number; readonly failure: FailureDetail }
    | { readonly number: number; readonly percent: number };
