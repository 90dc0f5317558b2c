// One row of the papers: Show and Save, with progress, going on after a cut, and the sentence at the end.
import type { App } from "../app";
import type { DocumentRow } from "../content";
import { announce, button, h, is_busy, set_busy } from "../dom";
import { failure_of } from "../failure";
import { is_shown_here } from "../preview";
import { find_picker, save_blob } from "../save";
import { size_text } from "../times";
import { find_word, say } from "../words";
import { failure_text } from "./endings";

const kBigBytes = 128 * 1024 * 1024;

export class Paper {
    readonly status = h("div", { class: "status" });
    readonly element: HTMLElement;
    private readonly buttons: readonly HTMLButtonElement[];
    private told = -1;

    constructor(private readonly app: App, private readonly row: DocumentRow) {
        const show = button(say("row_show"), () => void this.start("show"));
        const save = button(say("row_save"), () => void this.start("save"), "primary");
        show.setAttribute("aria-label", say("row_show_name", { name: row.name }));
        save.setAttribute("aria-label", say("row_save_name", { name: row.name }));
        this.buttons = is_shown_here(row) ? [show, save] : [save];
        const facts = [find_word("kind_" + row.kind) ?? say("kind_other"), size_text(row.size)].join(" · ");
        const name = h("p", { class: "name" }, h("strong", {}, row.name), h("span", { class: "facts" }, facts));
        const actions = h("div", { class: "actions" }, ...this.buttons);
        this.element = h("li", { class: "paper" }, name, actions, this.status);
    }

    private async start(purpose: "show" | "save"): Promise<void> {
        if (this.buttons.some(is_busy)) {
            return;
        }
        const pick = find_picker();
        if (purpose === "save" && this.row.size > kBigBytes) {
            if (!pick) {
                this.ask_big();
                return;
            }
            const target = await pick(this.row.name).catch(() => undefined);
            return target && this.run(purpose, target);
        }
        return this.run(purpose, undefined);
    }

    private ask_big(): void {
        const go = button(say("row_save"), () => void this.run("save", undefined), "primary");
        this.say_status(say("big", { size: size_text(this.row.size) }), go);
    }

    private async run(purpose: "show" | "save", target: FileSystemFileHandle | undefined): Promise<void> {
        this.buttons.forEach((pressed) => set_busy(pressed, true));
        this.told = -1;
        this.progress(0);
        try {
            const values = [this.row.row, target] as [number, FileSystemFileHandle | undefined];
            const content = await this.app.client.call("fetch_document", values, (percent) => this.progress(percent));
            this.done(purpose, content);
        } catch (error) {
            this.failed(error, () => void this.run(purpose, target));
        } finally {
            this.buttons.forEach((pressed) => set_busy(pressed, false));
        }
    }

    private done(purpose: "show" | "save", content: Blob | undefined): void {
        if (purpose === "show" && content) {
            this.status.replaceChildren();
            this.app.show_document({ row: this.row, content });
            return;
        }
        if (content) {
            save_blob(content, this.row.name);
        }
        this.say_status(say("saved", { name: this.row.name }));
    }

    private failed(error: unknown, again: () => void): void {
        const detail = failure_of(error);
        if (detail.kind === "damaged") {
            this.say_status(say("damaged", { name: this.row.name }));
        } else if (["cut", "network", "busy"].includes(detail.kind)) {
            const go_on = button(say("cut_go_on"), again, "primary");
            this.say_status(failure_text(detail), go_on);
            go_on.focus();
        } else {
            this.app.fail(error);
        }
    }

    // The eye sees each percent, the ear every quarter.
    private progress(percent: number): void {
        const text = say("loading", { name: this.row.name, percent });
        this.status.replaceChildren(h("p", {}, text));
        if (Math.floor(percent / 25) > this.told) {
            this.told = Math.floor(percent / 25);
            announce(text);
        }
    }

    private say_status(text: string, action?: HTMLElement): void {
        this.status.replaceChildren(h("p", {}, text));
        if (action) {
            this.status.append(action);
        }
        announce(text);
    }
}
