// S3: who and until when, what to do, the plan, the papers, the people.
import type { App } from "../app";
import type { DocumentRow } from "../content";
import { type Child, type Screen, button, h } from "../dom";
import type { Papers, PartView } from "../messages";
import { save_blob } from "../save";
import { time_text } from "../times";
import { contacts_of, legs_of, meetings_of, travellers_of } from "../view";
import { find_word, say } from "../words";
import { Paper } from "./paper";
import { guardians_section, meetings_section, people_section, plan_section, travellers_section } from "./plan";

function fact(term: string, value: string): HTMLElement {
    return h("div", {}, h("dt", {}, term), h("dd", {}, value));
}

function facts(app: App, { content }: Papers): Child[] {
    const sender = [content.sender, content.organisation].filter((word) => word !== undefined && word !== "").join(", ");
    const list = h(
        "dl",
        {},
        fact(say("package_from"), sender),
        fact(say("package_made"), time_text(content.made_at)),
        fact(say("package_until"), time_text(content.not_after)),
    );
    const lease = app.state.lease;
    const opens = lease && say("package_opens", { n: lease.opens, max: lease.maximum, time: time_text(lease.until) });
    return [list, h("p", { class: "checked" }, say("package_verified")), lease && h("p", { class: "small" }, opens)];
}

function closed_part({ name, state, opens_at, ends_at }: PartView): Child {
    const label = find_word("part_" + name) ?? name;
    if (state === "later" && opens_at !== undefined) {
        return h("p", { class: "closed" }, say("part_later", { name: label, time: time_text(opens_at) }));
    }
    if (state === "over" && ends_at !== undefined) {
        return h("p", { class: "closed" }, say("part_over", { name: label, time: time_text(ends_at) }));
    }
    return undefined;
}

function note_section(note: string | undefined): Child[] {
    return note === undefined ? [] : [h("h2", {}, say("note_h2")), h("p", { class: "note" }, note)];
}

function paper_of(app: App, row: DocumentRow): Paper {
    const paper = app.rows.get(row.row) ?? new Paper(app, row);
    app.rows.set(row.row, paper);
    return paper;
}

function papers_section(app: App, { parts }: Papers): Child[] {
    const rows = parts.flatMap((part) => part.content?.documents ?? []);
    if (rows.length === 0) {
        return [];
    }
    const list = h("ul", { class: "papers" }, ...rows.map((row) => paper_of(app, row).draw()));
    return [h("h2", {}, say("papers_h2")), list];
}

// For who may be watched while reading: escort and traveller.
function leave_button(app: App): HTMLElement | undefined {
    return app.may_leave() ? button(say("leave"), () => app.leave(), "leave") : undefined;
}

export function package_screen(app: App, papers: Papers): Screen {
    const views = papers.parts.flatMap((part) => (part.content ? [part.content.view] : []));
    const contacts = views.flatMap(contacts_of);
    const { content } = papers;
    const last = h(
        "div",
        { class: "actions last" },
        button(say("print"), () => window.print()),
        button(say("receipt_save"), () => save_blob(new Blob([papers.receipt], { type: "text/plain" }), "opening.tlog-proof")),
        button(say("clear"), () => app.clear_device()),
    );
    const nodes = [
        h("p", { class: "print-title" }, say("plan_h2")),
        content.title !== "" && h("p", { class: "lead" }, content.title),
        h("p", { id: "lease", class: "notice", hidden: !app.lease_clock.is_near }, say("lease_soon")),
        ...facts(app, papers),
        ...note_section(content.note),
        ...meetings_section(views.flatMap(meetings_of)),
        ...papers.parts.map(closed_part),
        ...travellers_section(views.flatMap(travellers_of)),
        ...guardians_section(contacts),
        ...plan_section(views.flatMap(legs_of)),
        ...papers_section(app, papers),
        ...people_section(contacts),
        h("p", { class: "care" }, say("care")),
        last,
        h("p", { class: "print-foot" }, say("print_foot", { time: time_text(content.made_at) })),
    ];
    return { title: say("package_h1", { recipient: content.recipient }), nodes, foot: leave_button(app) };
}
