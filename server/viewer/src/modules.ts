// What tests/browser checks in node, bundled by `build.mjs OUTDIR --modules`.
export * as age from "./age";
export * as bytes from "./bytes";
export * as content from "./content";
export * as derive from "./derive";
export * as digits from "./digits";
export * as failure from "./failure";
export * as protocol from "./protocol";
export * as receipt from "./receipt";
export * as save from "./save";
export * as stream from "./stream";
export * as times from "./times";
export * as view from "./view";
export * as words from "./words";
