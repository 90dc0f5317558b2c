// Start of the page: is this browser able to, which language, and the language list.
import type { App } from "./app";
import type { Script } from "./client";
import { announce, h, show } from "./dom";
import { type Language, choose_language, current_language, find_language, kLanguages, language_name, say } from "./words";

function is_able(): boolean {
    try {
        new RegExp("\\p{Nd}", "u");
        return [window.ReadableStream, window.Worker, window.BigInt, window.crypto?.getRandomValues].every(
            (part) => typeof part === "function",
        );
    } catch {
        return false;
    }
}

function fill_language_list(app: App): void {
    const list = document.getElementById("language") as HTMLSelectElement;
    list.append(...kLanguages.map((name) => h("option", { value: name, lang: name }, language_name(name))));
    list.value = current_language();
    list.addEventListener("change", () => {
        app.state.has_chosen_language = true;
        choose_language(list.value as Language);
        app.draw("keep");
    });
    document.getElementById("top")?.removeAttribute("hidden");
}

function watch_leave_keys(app: App): void {
    let presses = 0;
    window.addEventListener("keyup", (event) => {
        presses = event.key === "Shift" ? presses + 1 : 0;
        if (presses === 3 && app.may_leave()) {
            app.leave();
        }
    });
}

export function start_page(make_app: (script: Script) => App, script: Script): void {
    choose_language(find_language(navigator.languages) ?? "en");
    if (!window.isSecureContext) {
        show({ title: say("landing_h1"), nodes: [h("p", { class: "lead" }, say("http"))] }, "arrive");
        return;
    }
    if (!is_able()) {
        show({ title: say("landing_h1"), nodes: [h("p", { class: "lead" }, say("old"))] }, "arrive");
        return;
    }
    const app = make_app(script);
    fill_language_list(app);
    watch_leave_keys(app);
    announce("");
    app.start();
}
