// The page's words, one table a language. English is the fallback for a key that a language lacks.
import en from "./words/en.json";
import sv from "./words/sv.json";

export type Word = keyof typeof en;
export type Language = "en" | "sv";

const kTables: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, sv };
export const kLanguages = Object.keys(kTables) as Language[];

let language: Language = "en";

export function current_language(): Language {
    return language;
}

export function choose_language(next: Language): void {
    language = next;
    document.documentElement.lang = next;
}

export function find_language(tags: readonly string[]): Language | undefined {
    const known = tags.map((tag) => tag.toLowerCase().split("-")[0]);
    return known.find((tag): tag is Language => kLanguages.some((name) => name === tag));
}

export function language_name(name: Language): string {
    return kTables[name].language_name ?? name;
}

export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function find_word(key: string): string | undefined {
    const table: Readonly<Record<string, string>> = kTables[language];
    return Object.prototype.hasOwnProperty.call(en, key) ? table[key] ?? kTables.en[key] : undefined;
}

export function say(key: Word, values: Readonly<Record<string, string | number>> = {}): string {
    return fill(find_word(key) ?? key, values);
}
