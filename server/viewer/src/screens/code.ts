// S2: one field for the spoken code.
import type { App } from "../app";
import { ascii_digits, grouped } from "../digits";
import { type Screen, announce, error_summary, h, is_busy, set_busy } from "../dom";
import { failure_of } from "../failure";
import { limits } from "../protocol";
import { say } from "../words";
import { failure_text } from "./endings";

interface Form {
    readonly form: HTMLFormElement;
    readonly field: HTMLInputElement;
    readonly problem: HTMLElement;
    readonly message: HTMLElement;
    readonly submit: HTMLElement;
}

function make_field(app: App): HTMLInputElement {
    const field = h("input", {
        id: "code",
        class: "code",
        type: "text",
        inputmode: "numeric",
        autocomplete: "one-time-code",
        autocapitalize: "off",
        spellcheck: "false",
        "aria-describedby": "code-hint code-error",
    });
    field.value = app.state.typed;
    field.addEventListener("input", (event) => {
        const is_at_end = field.selectionStart === field.value.length;
        if (is_at_end && !(event as InputEvent).isComposing) {
            field.value = grouped(ascii_digits(field.value));
        }
        app.state.typed = field.value;
    });
    return field;
}

// The same words in the summary and at the field; nothing in both when there is no problem.
function draw_problem(app: App, form: Form): HTMLElement | undefined {
    const text = app.state.problem?.();
    if (text === undefined) {
        form.field.removeAttribute("aria-invalid");
        form.message.replaceChildren();
        form.problem.replaceChildren();
        return undefined;
    }
    const summary = error_summary(text, form.field);
    form.field.setAttribute("aria-invalid", "true");
    form.message.replaceChildren(h("span", { class: "unseen" }, say("error_prefix") + " "), text);
    form.problem.replaceChildren(summary);
    return summary;
}

function tell(app: App, form: Form, problem: () => string): void {
    app.state.problem = problem;
    const summary = draw_problem(app, form);
    document.title = `${say("error_prefix")} ${say("code_h1")} – Resvalv`;
    announce("");
    summary?.focus();
}

function find_mistake(digits: string): (() => string) | undefined {
    if (digits.length === 0) {
        return () => say("code_empty");
    }
    return digits.length === limits.code_digits ? undefined : () => say("code_length", { n: digits.length });
}

async function send(app: App, form: Form): Promise<void> {
    if (is_busy(form.submit)) {
        return;
    }
    const digits = ascii_digits(form.field.value);
    const mistake = find_mistake(digits);
    app.state.problem = undefined;
    draw_problem(app, form);
    if (mistake) {
        tell(app, form, mistake);
        return;
    }
    set_busy(form.submit, true);
    announce(say("code_busy"));
    try {
        await app.open(digits);
    } catch (error) {
        const detail = failure_of(error);
        set_busy(form.submit, false);
        if (app.is_for_screen(detail)) {
            tell(app, form, () => failure_text(detail));
        } else {
            app.fail(error);
        }
    }
}

export function code_screen(app: App): Screen {
    const field = make_field(app);
    const message = h("p", { id: "code-error", class: "error" });
    const submit = h("button", { type: "submit", class: "primary" }, say("code_button"));
    const label = h("label", { for: "code", class: "label" }, say("code_label"));
    const hint = h("p", { id: "code-hint", class: "hint" }, say("code_hint"));
    const problem = h("div");
    const press = (event: Event): void => {
        event.preventDefault();
        void send(app, whole);
    };
    const form = h("form", { novalidate: true, submit: press }, label, hint, message, field, submit);
    const whole = { form, field, problem, message, submit };
    draw_problem(app, whole);
    return { title: say("code_h1"), nodes: [problem, form], focus: field };
}
