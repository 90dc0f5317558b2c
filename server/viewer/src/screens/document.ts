// S4: one paper on the page.
import type { App } from "../app";
import { type Screen, announce, button, h } from "../dom";
import { preview_element } from "../preview";
import { save_blob } from "../save";
import type { Shown } from "../state";
import { say } from "../words";

export function document_screen(_app: App, { row, content }: Shown): Screen {
    const page = h("div", { class: "page" });
    void preview_element(row, content).then((element) => page.replaceChildren(element));
    const save = (): void => {
        save_blob(content, row.name);
        announce(say("saved", { name: row.name }));
    };
    const actions = h(
        "div",
        { class: "actions" },
        button(say("row_save"), save, "primary"),
        button(say("print"), () => window.print()),
        button(say("back"), () => history.back()),
    );
    return { title: row.name, nodes: [actions, page] };
}
