// The page's own modules, bundled for node by server/viewer/build.mjs --modules.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { page_folder } from "./browser.mjs";

export const modules = await import(pathToFileURL(join(page_folder, "modules.mjs")));

export const vectors = (name) => JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url)));

export const bytes = (value, encoding = "base64url") => new Uint8Array(Buffer.from(value, encoding));
