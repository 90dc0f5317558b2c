// The page: which screen stands, what a failure turns it into, history, and the lease's clock.
import { Client, type Script } from "./client";
import { show } from "./dom";
import { Failure, type FailureDetail, failure_of } from "./failure";
import { drop_holders, drop_session, find_holder, find_session, holder_for, keep_holder, keep_session } from "./memory";
import type { Hello, Opened, Papers } from "./messages";
import { code_screen } from "./screens/code";
import { document_screen } from "./screens/document";
import { cleared_screen, ending_screen, lease_over_screen, problem_screen } from "./screens/endings";
import { landing_screen } from "./screens/landing";
import { package_screen } from "./screens/package";
import type { Paper } from "./screens/paper";
import { find_link } from "./derive";
import { routes } from "./protocol";
import type { Shown, State, View } from "./state";
import { choose_language, find_language } from "./words";
import { LeaseClock } from "./lease_clock";

export class App {
    readonly state: State = { fragment: "", typed: "", problem: undefined, has_chosen_language: false, papers: undefined, lease: undefined };
    readonly client: Client;
    readonly rows = new Map<number, Paper>(); // a running download outlives a change of language or screen
    readonly lease_clock = new LeaseClock(() => this.lease_ended());
    private view: View = { name: "landing" };
    private link = "";

    constructor(script: Script) {
        this.client = new Client(script);
    }

    start(): void {
        drop_holders("ended");
        window.addEventListener("popstate", () => this.address_changed());
        window.addEventListener("hashchange", () => this.address_changed());
        const kept = find_session();
        if (location.hash === "" && kept) {
            void this.resume(kept.link, kept.masked);
        } else if (location.hash === "" && history.state === "code") {
            history.back(); // reloaded on the code screen: the link stands in the entry before
        } else {
            this.new_link();
        }
    }

    new_link(): void {
        this.state.fragment = location.hash;
        this.go({ name: "landing" });
        void this.client.start().catch(() => undefined);
    }

    go(view: View): void {
        this.view = view;
        this.state.problem = undefined;
        this.draw("arrive");
    }

    draw(keep: "keep" | "arrive"): void {
        show(this.screen(), keep);
    }

    private screen() {
        const view = this.view;
        switch (view.name) {
            case "landing":
                return landing_screen(this);
            case "code":
                return code_screen(this);
            case "package":
                return package_screen(this, view.papers);
            case "document":
                return document_screen(this, view.document);
            case "ending":
                return ending_screen(view.ending);
            case "lease_over":
                return lease_over_screen(this, view.can_reopen);
            case "cleared":
                return cleared_screen();
            case "problem":
                return problem_screen(view);
        }
    }

    find_link() {
        return find_link(this.state.fragment);
    }

    // After "Continue": is the link alive, or may this browser come back under its lease?
    async hello(): Promise<void> {
        this.link = (await this.client.call("begin", [this.state.fragment, location.origin])).link;
        const hello = await this.client.call("hello", []);
        if (hello.ended && find_holder(this.link) === undefined) {
            this.go({ name: "ending", ending: ending_of(hello) });
        } else if (this.find_link()?.needs_code) {
            history.pushState("code", "", routes.page);
            this.go({ name: "code" });
        } else {
            await this.open(undefined);
        }
    }

    async open(digits: string | undefined): Promise<void> {
        const holder = holder_for(this.link);
        await this.opened(await this.client.call("open", [digits, holder]), holder);
    }

    async open_again(): Promise<void> {
        await this.opened(await this.client.call("open_again", []), holder_for(this.link));
    }

    async resume(link: string, masked: string): Promise<void> {
        this.link = link;
        const holder = find_holder(link);
        try {
            if (holder === undefined) {
                throw new Failure({ kind: "lease_over" });
            }
            const opened = await this.client.call("resume", [location.origin, link, masked, holder]);
            await this.opened(opened, holder);
        } catch (error) {
            this.fail(error, () => void this.resume(link, masked));
        }
    }

    private async opened({ lease, masked }: Opened, holder: string): Promise<void> {
        // Both are whole seconds: a second more, so that "Open again" never meets a lease that the server still holds.
        const until = Date.now() + Date.parse(lease.until) - Date.parse(lease.now) + 1000;
        keep_holder(this.link, holder, until);
        keep_session({ link: this.link, masked });
        history.replaceState("package", "", routes.page);
        this.state.typed = "";
        this.state.lease = lease;
        const papers = await this.client.call("papers", []);
        this.lease_clock.start(lease, until);
        this.arrived(papers);
    }

    private arrived(papers: Papers): void {
        this.state.papers = papers;
        this.rows.clear();
        const wanted = find_language([papers.content.language]);
        if (!this.state.has_chosen_language && !find_language(navigator.languages) && wanted) {
            choose_language(wanted);
        }
        this.go({ name: "package", papers });
    }

    // Failures that a screen cannot tell beside its own button.
    fail(error: unknown, again?: () => void): void {
        const detail = failure_of(error);
        if (detail.kind === "ending") {
            this.forget();
            this.go({ name: "ending", ending: detail });
        } else if (detail.kind === "lease_over") {
            this.lease_ended();
        } else {
            if (detail.kind === "tamper") {
                this.forget();
            }
            this.go({ name: "problem", detail, again });
        }
    }

    is_for_screen(detail: FailureDetail): boolean {
        return ["network", "busy", "wrong_code", "waiting", "defect"].includes(detail.kind);
    }

    show_document(document: Shown): void {
        history.pushState("document", "", routes.page);
        this.go({ name: "document", document });
    }

    may_leave(): boolean {
        return ["traveller", "escort"].includes(this.state.papers?.content.audience ?? "");
    }

    leave(): void {
        drop_session();
        location.replace("about:blank");
    }

    clear_device(): void {
        drop_holders("all");
        this.forget();
        this.go({ name: "cleared" });
    }

    private lease_ended(): void {
        const can_reopen = this.state.papers !== undefined && this.find_link() !== undefined;
        drop_session();
        this.put_away();
        this.go({ name: "lease_over", can_reopen });
    }

    private forget(): void {
        drop_session();
        this.put_away();
        this.state.lease = undefined;
    }

    private put_away(): void {
        this.lease_clock.stop();
        this.state.papers = undefined;
        this.rows.clear();
    }

    // Back, Forward, or another link put into the address bar. With papers open, Back to the landing entry wipes the
    // secret from that entry too and shows the papers.
    private address_changed(): void {
        const papers = this.state.papers;
        if (location.hash !== "" && location.hash !== this.state.fragment) {
            this.put_away();
            this.new_link();
        } else if (papers) {
            const is_there = this.view.name === "package" && location.hash === "";
            history.replaceState("package", "", routes.page);
            if (!is_there) {
                this.go({ name: "package", papers });
            }
        } else if (history.state === "code" && this.view.name === "landing" && this.link !== "") {
            this.go({ name: "code" });
        } else if (location.hash !== "" && this.view.name !== "landing") {
            this.new_link();
        }
    }
}

function ending_of(hello: Hello): Extract<FailureDetail, { kind: "ending" }> {
    return { kind: "ending", reason: hello.ended ?? "unknown", at: hello.at, maximum: hello.maximum };
}
