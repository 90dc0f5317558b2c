// The travel plan and the people to call, from the views of the open parts.
import { type Child, h } from "../dom";
import { date_text, language_text, time_text } from "../times";
import { type Contact, type Leg, type Meeting, type Place, type Traveller, change_minutes } from "../view";
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
    const hours = Math.floor(minutes / 60);
    const text = hours === 0 ? say("leg_change_short", { m: minutes }) : say("leg_change", { h: hours, m: minutes % 60 });
    return h("p", { class: "change" }, text);
}

function leg_item(leg: Leg, next: Leg | undefined): HTMLElement {
    const booking = leg.booking === undefined ? undefined : say("leg_booking", { reference: leg.booking });
    const service = [find_word("mode_" + leg.mode), leg.service, booking].filter((word) => word !== undefined && word !== "");
    const cancelled = leg.is_cancelled && h("strong", { class: "cancelled" }, say("leg_cancelled"));
    return h(
        "li",
        { class: leg.is_cancelled ? "leg gone" : "leg" },
        h("p", { class: "service" }, h("span", { class: "tick", "aria-hidden": "true" }), service.join(" · "), cancelled && " · ", cancelled),
        leg.check_in_by === undefined
            ? undefined
            : h("p", { class: "stop" }, say("leg_check_in", { time: time_text(leg.check_in_by, leg.from.zone) })),
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

// Guardians come without a number when they are not to be called: they are named, and stand apart.
export function guardians_section(contacts: readonly Contact[]): Child[] {
    const names = contacts.filter(is_only_named).map(({ name }) => h("li", { class: "traveller" }, h("strong", {}, name)));
    return names.length === 0 ? [] : [h("h2", {}, say("guardians_h2")), h("ul", { class: "names" }, ...names)];
}

function is_only_named({ role, phone }: Contact): boolean {
    return role === "guardian" && phone === undefined;
}

export function people_section(all: readonly Contact[]): Child[] {
    const contacts = all.filter((contact) => !is_only_named(contact));
    if (contacts.length === 0) {
        return [];
    }
    const rows = contacts.map(({ name, role, phone, place }) => {
        const text = [name, find_word("role_" + role), place].filter((word) => word !== undefined).join(" · ");
        return h("li", { class: "person" }, h("span", {}, text), phone === undefined ? undefined : phone_link(phone));
    });
    return [h("h2", {}, say("people_h2")), h("ul", { class: "people" }, ...rows)];
}

function traveller_item({ name, birth_date, languages, needs_interpreter, mobility }: Traveller): HTMLElement {
    const facts = [
        birth_date === undefined ? undefined : say("person_born", { date: date_text(birth_date) }),
        ...languages.map(language_text),
        needs_interpreter ? say("person_interpreter") : undefined,
        find_word("mobility_" + mobility),
    ];
    const line = facts.filter((word) => word !== undefined).join(" · ");
    return h("li", { class: "traveller" }, h("strong", {}, name), line !== "" && h("span", { class: "facts" }, line));
}

export function travellers_section(travellers: readonly Traveller[]): Child[] {
    if (travellers.length === 0) {
        return [];
    }
    return [h("h2", {}, say("travellers_h2")), h("ul", { class: "names" }, ...travellers.map(traveller_item))];
}

function meeting_item({ place, zone, at, to, code_phrase }: Meeting): HTMLElement {
    return h(
        "li",
        { class: "leg" },
        place_line({ name: place, zone, terminal: undefined }, at, ""),
        to !== undefined && h("p", {}, `${say("meeting_to")}: ${to}`),
        code_phrase !== undefined && h("p", {}, say("meeting_code") + ": ", h("strong", {}, code_phrase)),
    );
}

export function meetings_section(meetings: readonly Meeting[]): Child[] {
    if (meetings.length === 0) {
        return [];
    }
    return [h("h2", {}, say("meeting_h2")), h("ul", { class: "legs" }, ...meetings.map(meeting_item))];
}
