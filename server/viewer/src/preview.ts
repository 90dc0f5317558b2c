// Showing without executing: pictures as pixels on a canvas, text as text. Everything else is only saved.
import { text_of } from "./bytes";
import type { DocumentRow } from "./content";
import { h } from "./dom";
import { say } from "./words";

const kMaxTextBytes = 65536;
const kMaxPixels = 64_000_000;
const kMaxSide = 2000;
const kMaxShownBytes = 64 * 1024 * 1024;

const kMagic: Readonly<Record<string, RegExp>> = {
    "image/png": /^\x89PNG\r\n\x1a\n/,
    "image/jpeg": /^\xff\xd8\xff/,
    "image/webp": /^RIFF[^]{4}WEBP/,
};

export function is_shown_here({ media_type, size }: DocumentRow): boolean {
    return size <= kMaxShownBytes && (media_type in kMagic || media_type === "text/plain");
}

async function text_element(content: Blob): Promise<HTMLElement> {
    const bytes = new Uint8Array(await content.slice(0, kMaxTextBytes).arrayBuffer());
    let end = bytes.length;
    while (content.size > kMaxTextBytes && end > 0 && ((bytes[end - 1] ?? 0) & 0x80) !== 0) {
        end -= 1; // do not cut inside a letter
    }
    return h("pre", { tabindex: "0", role: "region", "aria-label": say("image_page", { a: 1, b: 1 }) }, text_of(bytes.subarray(0, end)));
}

async function image_element(content: Blob, media_type: string): Promise<HTMLElement> {
    const start = String.fromCharCode(...new Uint8Array(await content.slice(0, 16).arrayBuffer()));
    if (!kMagic[media_type]?.test(start)) {
        throw new Error("not the kind of picture that it says");
    }
    const picture = await createImageBitmap(new Blob([content], { type: media_type }));
    if (picture.width * picture.height > kMaxPixels) {
        throw new Error("picture too large");
    }
    const scale = Math.min(1, kMaxSide / Math.max(picture.width, picture.height));
    const canvas = h("canvas", { role: "img", "aria-label": say("image_page", { a: 1, b: 1 }) });
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return canvas;
}

export async function preview_element(row: DocumentRow, content: Blob): Promise<HTMLElement> {
    try {
        return row.media_type === "text/plain" ? await text_element(content) : await image_element(content, row.media_type);
    } catch {
        return h("p", {}, say("cannot_show"));
    }
}
