// One row of the papers: Show and Save, with progress, going on after a cut, and the sentence at the end.
import type { App } from "../app";
import type { DocumentRow } from "../content";
import { announce, button, h, set_busy } from "../dom";
import { failure_of } from "../failure";
import { is_shown_here } from "../preview";
import { find_picker, save_blob } from "../save";
import { size_text } from "../times";
import { find_word, say } from "../words";
import { failure_text } from "./endings";

const kBigBytes = 128 * 1024 * 1024;

type Purpose = "show" | "save";
type Status = () => readonly (HTMLElement | string)[];

export class Paper {
    private readonly element = h("li", { class: "paper" });
    private readonly place = h("div", { class: "status" });
    private status: Status = () => [];
    private buttons: readonly HTMLButtonElement[] = [];
    private is_running = false;
    private told = -1;

    constructor(private readonly app: App, private readonly row: DocumentRow) {}

    // In the words of the current language.
    draw(): HTMLElement {
        const { name, kind, size } = this.row;
        const show = button(say("row_show"), () => void this.start("show"));
        const save = button(say("row_save"), () => void this.start("save"), "primary");
        show.setAttribute("aria-label", say("row_show_name", { name }));
        save.setAttribute("aria-label", say("row_save_name", { name }));
        this.buttons = is_shown_here(this.row) ? [show, save] : [save];
        this.buttons.forEach((pressed) => set_busy(pressed, this.is_running));
        const facts = [find_word("kind_" + kind) ?? say("kind_other"), size_text(size)].join(" · ");
        const title = h("p", { class: "name" }, h("strong", {}, name), h("span", { class: "facts" }, facts));
        this.element.replaceChildren(title, h("div", { class: "actions" }, ...this.buttons), this.place);
        this.draw_status();
        return this.element;
    }

    private draw_status(): void {
        const pieces = this.status().map((piece) => (typeof piece === "string" ? h("p", {}, piece) : piece));
        this.place.replaceChildren(...pieces);
    }

    private tell(text: () => string, action?: () => HTMLElement): void {
        this.status = () => (action ? [text(), action()] : [text()]);
        this.draw_status();
        announce(text());
    }

    private async start(purpose: Purpose): Promise<void> {
        if (this.is_running) {
            return;
        }
        const pick = find_picker();
        if (purpose === "show" || this.row.size <= kBigBytes) {
            return this.run(purpose, undefined);
        }
        if (!pick) {
            const go = (): HTMLElement => button(say("row_save"), () => void this.run("save", undefined), "primary");
            this.tell(() => say("big", { size: size_text(this.row.size) }), go);
            return;
        }
        const target = await pick(this.row.name).catch(() => undefined); // the person may think better of it
        return target && this.run(purpose, target);
    }

    private set_running(is_running: boolean): void {
        this.is_running = is_running;
        this.buttons.forEach((pressed) => set_busy(pressed, is_running));
    }

    private async run(purpose: Purpose, target: FileSystemFileHandle | undefined): Promise<void> {
        this.set_running(true);
        this.told = -1;
        this.progress(0);
        try {
            const { client } = this.app;
            const content = await client.call("fetch_document", [this.row.row, target], (percent) => this.progress(percent));
            this.set_running(false);
            this.done(purpose, content);
        } catch (error) {
            this.set_running(false);
            this.failed(error, () => void this.run(purpose, target));
        }
    }

    private done(purpose: Purpose, content: Blob | undefined): void {
        const { name } = this.row;
        if (purpose === "show" && content) {
            this.status = () => [];
            this.app.show_document({ row: this.row, content });
            return;
        }
        if (content) {
            save_blob(content, name);
        }
        this.tell(() => say("saved", { name }));
    }

    private failed(error: unknown, again: () => void): void {
        const detail = failure_of(error);
        if (detail.kind === "damaged") {
            this.tell(() => say("damaged", { name: this.row.name }));
        } else if (["cut", "network", "busy"].includes(detail.kind)) {
            this.tell(() => failure_text(detail), () => button(say("cut_go_on"), again, "primary"));
            this.place.querySelector("button")?.focus();
        } else {
            this.app.fail(error);
        }
    }

    // The eye sees each percent, the ear every quarter.
    private progress(percent: number): void {
        const text = (): string => say("loading", { name: this.row.name, percent });
        if (Math.floor(percent / 25) > this.told) {
            this.told = Math.floor(percent / 25);
            this.tell(text);
        } else {
            this.status = () => [text()];
            this.draw_status();
        }
    }
}
