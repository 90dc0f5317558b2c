// Where opened chunks go. Nothing of a document is visible before `finish`.
import type { Bytes } from "./bytes";

export interface Sink {
    write(chunks: readonly Bytes[]): Promise<void>;
    finish(): Promise<Blob | undefined>;
    restart(): Promise<void>;
    abort(): Promise<void>;
}

// The type never lets a browser run what was saved.
const kType = { type: "application/octet-stream" };

export class BlobSink implements Sink {
    private parts: Blob[] = [];

    async write(chunks: readonly Bytes[]): Promise<void> {
        this.parts.push(new Blob([...chunks]));
    }

    async finish(): Promise<Blob> {
        return new Blob(this.parts, kType);
    }

    async restart(): Promise<void> {
        this.parts = [];
    }

    abort(): Promise<void> {
        return this.restart();
    }
}

// A file the person picked. The browser writes to a swap file and moves it into place at `close`.
export class FileSink implements Sink {
    private stream: Promise<FileSystemWritableFileStream> | undefined;

    constructor(private readonly handle: FileSystemFileHandle) {}

    async write(chunks: readonly Bytes[]): Promise<void> {
        this.stream ??= this.handle.createWritable();
        await (await this.stream).write(new Blob([...chunks]));
    }

    async finish(): Promise<undefined> {
        this.stream ??= this.handle.createWritable();
        await (await this.stream).close();
        return undefined;
    }

    async restart(): Promise<void> {
        await this.abort();
        this.stream = undefined;
    }

    async abort(): Promise<void> {
        await (await this.stream)?.abort().catch(() => undefined);
    }
}
