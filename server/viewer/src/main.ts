// One script for page and worker: one download, one hash.
import { App } from "./app";
import { serve_page } from "./worker";
import { start_page } from "./page";

if (typeof document === "undefined") {
    serve_page();
} else {
    const script = document.currentScript as HTMLScriptElement;
    start_page((source) => new App(source), { source: script.src, integrity: script.integrity });
}
