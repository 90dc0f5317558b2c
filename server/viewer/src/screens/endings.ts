// S7: why a link opens nothing (more), and what to do; and the other screens that only tell something.
import type { App } from "../app";
import { type Child, type Screen, button, error_summary, h, is_busy, set_busy } from "../dom";
import { type FailureDetail, type TamperedThing, failure_of } from "../failure";
import type { Ending } from "../state";
import { time_text } from "../times";
import { type Word, fill, find_word, say } from "../words";

type Values = Readonly<Record<string, string | number>>;

// The first sentence is the heading, the others the text. Split before the values are filled in: they may hold stops.
function told(key: Word, values: Values = {}, ...more: readonly Child[]): Screen {
    const [, first = "", rest = ""] = /^(.*?[.!])(?: (.*))?$/s.exec(find_word(key) ?? "") ?? [];
    const title = fill(first, values).replace(/\.$/, "");
    return { title, nodes: [rest !== "" && h("p", { class: "lead" }, fill(rest, values)), ...more] };
}

export function ending_screen(ending: Ending): Screen {
    const values = { time: ending.at === undefined ? "–" : time_text(ending.at), max: ending.maximum ?? "–" };
    const wants_call = ["revoked", "used_up", "expired"].includes(ending.reason);
    const call = wants_call && h("p", {}, say("ending_call"));
    return told(`ending_${ending.reason}`, values, call);
}

function tampered_name(what: TamperedThing): string {
    switch (what.object) {
        case "package":
            return say("tamper_package");
        case "receipt":
            return say("tamper_receipt");
        case "part":
            return say("tamper_part", { n: what.part });
        case "document":
            return what.name;
    }
}

export function failure_text(detail: FailureDetail): string {
    switch (detail.kind) {
        case "wrong_code":
            return say("code_wrong");
        case "waiting":
            return say("code_wait", { time: time_text(detail.at) });
        case "busy":
            return say("busy_server", { n: detail.seconds });
        case "cut":
            return say("cut", { percent: detail.percent });
        default:
            return say("net");
    }
}

interface Problem {
    readonly detail: FailureDetail;
    readonly again?: (() => void) | undefined;
}

export function problem_screen({ detail, again }: Problem): Screen {
    if (detail.kind === "tamper") {
        const { title, nodes } = told("tamper", { what: tampered_name(detail.what) });
        return { title, nodes: [h("div", { class: "summary" }, ...nodes.filter((node) => node !== false))] };
    }
    return told(detail.kind === "busy" ? "busy_server" : "net", detail.kind === "busy" ? { n: detail.seconds } : {},
        again && button(say("try_again"), again, "primary"));
}

export function cleared_screen(): Screen {
    return told("cleared");
}

function reopen_button(app: App): HTMLElement[] {
    const problem = h("div");
    const press = async (): Promise<void> => {
        if (is_busy(again)) {
            return;
        }
        set_busy(again, true);
        await app.open_again().catch((error: unknown) => {
            set_busy(again, false);
            const detail = failure_of(error);
            if (app.is_for_screen(detail)) {
                problem.replaceChildren(error_summary(failure_text(detail), undefined));
            } else {
                app.fail(error);
            }
        });
    };
    const again = button(say("lease_end_button"), () => void press(), "primary");
    return [problem, again];
}

export function lease_over_screen(app: App, can_reopen: boolean): Screen {
    const lease = app.state.lease;
    if (lease && lease.opens >= lease.maximum) {
        return told("lease_end", {}, h("p", { class: "lead" }, say("ending_used_up", { max: lease.maximum })));
    }
    if (!can_reopen || !lease) {
        return told("lease_end", {}, h("p", { class: "lead" }, say("lease_end_link")));
    }
    const uses = say("lease_end_uses", { n: lease.opens + 1, max: lease.maximum });
    const [problem, again] = reopen_button(app);
    return told("lease_end", {}, problem, h("p", {}, again, " " + uses));
}
