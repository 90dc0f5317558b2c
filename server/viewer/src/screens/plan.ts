// The travel plan and the people to call, from the views of the open parts.
import { type Child, h } from "../dom";
import { time_text } from "../times";
import { type Contact, type Leg, type Place, change_minutes } from "../view";
import { find_word, say } from "../words";

function place_line(place: Place, instant: string, arrow: string): HTMLElement {
    const terminal = place.terminal === undefined ? "" : `, ${say("leg_terminal", { terminal: place.terminal })}`;
    const name = h("strong", {}, arrow + place.name + terminal);
    return h("p", { class: "stop" }, name, " ", h("span", { class: "time" }, time_text(instant, place.zone)));
}

function change_line(minutes: number | undefined): HTMLElement | undefined {
    if (minutes === undefined) {
        return undefined;
    }
    return h("p", { class: "change" }, say("leg_change", { h: Math.floor(minutes / 60), m: minutes % 60 }));
}

function leg_item(leg: Leg, next: Leg | undefined): HTMLElement {
    const service = [find_word("mode_" + leg.mode), leg.service].filter((word) => word !== undefined && word !== "");
    const cancelled = leg.is_cancelled && h("strong", { class: "cancelled" }, say("leg_cancelled"));
    return h(
        "li",
        { class: leg.is_cancelled ? "leg gone" : "leg" },
        h("p", { class: "service" }, h("span", { class: "tick", "aria-hidden": "true" }), service.join(" · "), cancelled && " · ", cancelled),
        place_line(leg.from, leg.departs, ""),
        place_line(leg.to, leg.arrives, "→ "),
        change_line(change_minutes(leg, next)),
    );
}

export function plan_section(legs: readonly Leg[]): Child[] {
    if (legs.length === 0) {
        return [];
    }
    const list = h("ol", { class: "legs" }, ...legs.map((leg, index) => leg_item(leg, legs[index + 1])));
    return [h("h2", {}, say("plan_h2")), list];
}

function phone_link(phone: string): HTMLElement {
    return h("a", { class: "phone", href: "tel:" + phone.replace(/[^+\d]/g, "") }, phone);
}

export function people_section(contacts: readonly Contact[]): Child[] {
    if (contacts.length === 0) {
        return [];
    }
    const rows = contacts.map(({ name, role, phone }) => {
        const known_role = find_word("role_" + role);
        const text = known_role === undefined ? name : `${name} · ${known_role}`;
        return h("li", { class: "person" }, h("span", {}, text), phone === undefined ? undefined : phone_link(phone));
    });
    return [h("h2", {}, say("people_h2")), h("ul", { class: "people" }, ...rows)];
}
