// S1: who may read this and what they need. No request is made before the click.
import type { App } from "../app";
import { type Screen, announce, button, error_summary, h, is_busy, set_busy } from "../dom";
import { failure_of } from "../failure";
import { find_word, say } from "../words";
import { failure_text } from "./endings";

const kInApp = /FBAN|FBAV|Instagram|Line\/|WhatsApp|Snapchat|GSA\/|; wv\)/;

function in_app_note(): HTMLElement | undefined {
    if (!kInApp.test(navigator.userAgent)) {
        return undefined;
    }
    const copy = (): void => {
        navigator.clipboard.writeText(location.href).then(() => announce(say("inapp_copied")), () => undefined);
    };
    return h("div", { class: "notice" }, h("p", {}, say("inapp")), button(say("inapp_copy"), copy));
}

function draw_problem(app: App, problem: HTMLElement): HTMLElement | undefined {
    const text = app.state.problem?.();
    const summary = text === undefined ? undefined : error_summary(text, undefined);
    problem.replaceChildren(...(summary ? [summary] : []));
    return summary;
}

async function go_on(app: App, pressed: HTMLElement, problem: HTMLElement): Promise<void> {
    if (is_busy(pressed)) {
        return;
    }
    set_busy(pressed, true);
    announce(say("landing_busy"));
    try {
        await app.hello();
    } catch (error) {
        const detail = failure_of(error);
        set_busy(pressed, false);
        if (!app.is_for_screen(detail)) {
            app.fail(error);
            return;
        }
        app.state.problem = () => failure_text(detail);
        draw_problem(app, problem)?.focus();
    }
}

export function landing_screen(app: App): Screen {
    const link = app.find_link();
    const title = say("landing_h1");
    if (!link) {
        return { title, nodes: [h("p", { class: "lead" }, say("incomplete"))] };
    }
    const problem = h("div");
    draw_problem(app, problem);
    const next = button(say("landing_button"), () => void go_on(app, next, problem), "primary");
    const first = link.needs_code ? say("landing_p1") : find_word("landing_p1_no_code");
    const nodes = [
        problem,
        h("p", { class: "lead" }, first),
        link.needs_code && h("p", {}, h("strong", {}, say("landing_p2"))),
        link.needs_code && h("p", {}, say("landing_p3")),
        in_app_note(),
        next,
    ];
    return { title, nodes };
}
