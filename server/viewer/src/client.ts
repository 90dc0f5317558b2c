// The page's side of the worker. The worker's code is the page's own script, fetched with the page's integrity value, so
// the hash of the HTML fixes every octet of code that runs.
import { Failure } from "./failure";
import type { Answer, Calls } from "./messages";

interface Waiting {
    readonly resolve: (value: never) => void;
    readonly reject: (failure: Failure) => void;
    readonly progress: (percent: number) => void;
}

export interface Script {
    readonly source: string;
    readonly integrity: string;
}

interface TrustedTypes {
    createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

function worker_url(code: Blob): string {
    const url = URL.createObjectURL(code);
    const types = (window as unknown as { trustedTypes?: TrustedTypes }).trustedTypes;
    const createScriptURL = (candidate: string): string => {
        if (candidate !== url) {
            throw new TypeError("not the worker's address");
        }
        return candidate;
    };
    return types ? types.createPolicy("valv", { createScriptURL }).createScriptURL(url) : url;
}

async function make_worker(script: Script): Promise<Worker> {
    const response = await fetch(script.source, { integrity: script.integrity, cache: "force-cache" });
    const code = new Blob([await response.arrayBuffer()], { type: "text/javascript" });
    return new Worker(worker_url(code));
}

export class Client {
    private readonly waiting = new Map<number, Waiting>();
    private worker: Promise<Worker> | undefined;
    private count = 0;

    constructor(private readonly script: Script) {}

    start(): Promise<Worker> {
        this.worker ??= make_worker(this.script).then((worker) => this.listen(worker));
        this.worker.catch(() => (this.worker = undefined));
        return this.worker;
    }

    async call<Name extends keyof Calls>(
        name: Name,
        values: Parameters<Calls[Name]>,
        progress: (percent: number) => void = () => undefined,
    ): Promise<ReturnType<Calls[Name]>> {
        const worker = await this.start().catch(() => {
            throw new Failure({ kind: "network" });
        });
        const number = ++this.count;
        return new Promise((resolve, reject) => {
            this.waiting.set(number, { resolve, reject, progress });
            worker.postMessage({ number, call: name, arguments: values });
        });
    }

    private listen(worker: Worker): Worker {
        worker.addEventListener("message", (event: MessageEvent<Answer>) => this.take(event.data));
        return worker;
    }

    private take(answer: Answer): void {
        const waiting = this.waiting.get(answer.number);
        if ("percent" in answer) {
            waiting?.progress(answer.percent);
            return;
        }
        this.waiting.delete(answer.number);
        if ("failure" in answer) {
            waiting?.reject(new Failure(answer.failure));
        } else {
            waiting?.resolve(answer.value as never);
        }
    }
}
