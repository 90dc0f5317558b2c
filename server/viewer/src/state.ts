// What the page remembers while it stands; nothing of it is stored.
import type { DocumentRow } from "./content";
import type { FailureDetail } from "./failure";
import type { Lease, Papers } from "./messages";

export type Ending = Extract<FailureDetail, { kind: "ending" }>;

export interface Shown {
    readonly row: DocumentRow;
    readonly content: Blob;
}

export type View =
    | { name: "landing" }
    | { name: "code" }
    | { name: "package"; papers: Papers }
    | { name: "document"; document: Shown }
    | { name: "ending"; ending: Ending }
    | { name: "lease_over"; can_reopen: boolean }
    | { name: "cleared" }
    | { name: "problem"; detail: FailureDetail; again?: (() => void) | undefined };

export interface State {
    fragment: string;
    typed: string; // digits on the code screen
    problem: (() => string) | undefined; // what stands in the error summary, in the words of the moment
    has_chosen_language: boolean;
    papers: Papers | undefined;
    lease: Lease | undefined;
}
