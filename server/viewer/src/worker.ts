// The worker's side: one session, its downloads, and answers by number.
import { from_base32 } from "./bytes";
import { find_link, link_keys } from "./derive";
import { Download } from "./document";
import { Failure, failure_of } from "./failure";
import type { Answer, Calls, Request } from "./messages";
import { to_base32 } from "./bytes";
import { Session } from "./session";
import { BlobSink, FileSink } from "./sink";
import { Transport } from "./transport";

let session: Session | undefined;
const downloads = new Map<number, Download>();

function current(): Session {
    if (!session) {
        throw new Failure({ kind: "lease_over" });
    }
    return session;
}

type Handlers = {
    [Name in keyof Calls]: (
        progress: (percent: number) => void,
        ...rest: Parameters<Calls[Name]>
    ) => Promise<ReturnType<Calls[Name]>>;
};

async function fetch_document(
    progress: (percent: number) => void,
    row: number,
    target: FileSystemFileHandle | undefined,
): Promise<Blob | undefined> {
    const document = current().rows.get(row);
    if (!document) {
        throw new Failure({ kind: "defect" });
    }
    const sink = target ? new FileSink(target) : new BlobSink();
    const download = downloads.get(row) ?? new Download(current(), document, sink);
    downloads.set(row, download);
    try {
        const blob = await download.run(progress);
        downloads.delete(row);
        return blob;
    } catch (error) {
        if (!is_resumable(error)) {
            await drop_document(row);
        }
        throw error;
    }
}

function is_resumable(error: unknown): boolean {
    return ["cut", "network", "busy"].includes(failure_of(error).kind);
}

async function drop_document(row: number): Promise<void> {
    await downloads.get(row)?.abort();
    downloads.delete(row);
}

const handlers: Handlers = {
    begin: async (_progress, fragment, origin) => {
        const link = find_link(fragment);
        if (!link) {
            throw new Failure({ kind: "defect" });
        }
        const derived = link_keys(link);
        session = new Session(new Transport(origin), derived.id, derived);
        return { link: to_base32(derived.id) };
    },
    hello: () => current().hello(),
    open: (_progress, digits, holder) => current().open(digits, holder),
    open_again: () => current().open_again(),
    resume: (_progress, origin, link, masked, holder) => {
        session = new Session(new Transport(origin), from_base32(link), undefined);
        return session.resume(masked, holder);
    },
    papers: () => current().papers(),
    fetch_document,
    drop_document: (_progress, row) => drop_document(row),
};

export function serve_page(): void {
    const answer = (message: Answer): void => self.postMessage(message);
    self.addEventListener("message", async (event: MessageEvent<Request>) => {
        const { number, call, arguments: values } = event.data;
        const handler = handlers[call] as (...all: unknown[]) => Promise<unknown>;
        const progress = (percent: number): void => answer({ number, percent });
        try {
            answer({ number, value: await handler(progress, ...values) });
        } catch (error) {
            answer({ number, failure: failure_of(error) });
        }
    });
}
