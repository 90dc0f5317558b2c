// Elements without markup strings (Trusted Types), one screen at a time, and the live region.
import { say } from "./words";

export type Child = Node | string | undefined | false;

export interface Properties {
    readonly [name: string]: string | boolean | ((event: Event) => void) | undefined;
}

export function h<Name extends keyof HTMLElementTagNameMap>(
    name: Name,
    properties: Properties = {},
    ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
        if (typeof value === "function") {
            element.addEventListener(key, value);
        } else if (value !== undefined && value !== false) {
            element.setAttribute(key, value === true ? "" : value);
        }
    }
    element.append(...children.filter((child): child is Node | string => child !== undefined && child !== false));
    return element;
}

function place(id: string): HTMLElement {
    const element = document.getElementById(id);
    if (!element) {
        throw new Error("page without #" + id);
    }
    return element;
}

export interface Screen {
    readonly title: string;
    readonly nodes: readonly Child[];
    readonly focus?: HTMLElement | undefined; // the h1 when absent
    readonly foot?: HTMLElement | undefined; // stays in view below the screen
}

// `keep`: the same screen in other words; focus and scroll position stay.
export function show(screen: Screen, keep: "keep" | "arrive"): void {
    const heading = h("h1", { tabindex: "-1" }, screen.title);
    const nodes = screen.nodes.filter((child): child is Node | string => child !== undefined && child !== false);
    place("app").replaceChildren(heading, ...nodes);
    document.title = screen.title + " – Resvalv";
    show_foot(screen.foot);
    if (keep === "arrive") {
        window.scrollTo(0, 0);
        (screen.focus ?? heading).focus();
    }
}

function show_foot(foot: HTMLElement | undefined): void {
    place("foot").replaceChildren(...(foot ? [foot] : []));
    place("foot").hidden = !foot;
}

export function announce(text: string): void {
    const region = place("live");
    region.textContent = "";
    window.setTimeout(() => (region.textContent = text), 50);
}

export function button(text: string, press: () => void, look = "plain"): HTMLButtonElement {
    return h("button", { type: "button", class: look, click: press }, text);
}

// A pressed button keeps its focus: aria-disabled, never disabled.
export function set_busy(element: HTMLElement, is_busy: boolean): void {
    if (is_busy) {
        element.setAttribute("aria-disabled", "true");
    } else {
        element.removeAttribute("aria-disabled");
    }
}

export function is_busy(element: HTMLElement): boolean {
    return element.getAttribute("aria-disabled") === "true";
}

// GOV.UK's error summary: an alert with the focus, the words a link to the field when there is one.
export function error_summary(text: string, field: HTMLElement | undefined): HTMLElement {
    const press = (event: Event): void => {
        event.preventDefault();
        field?.focus();
    };
    const line = field ? h("a", { href: "#" + field.id, click: press }, text) : text;
    const title = h("h2", {}, say("summary_h2"));
    return h("div", { class: "summary", role: "alert", tabindex: "-1" }, title, h("p", {}, line));
}
