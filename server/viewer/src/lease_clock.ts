// Warns ten minutes before a lease ends, and ends it. Times are this device's clock; a sleeping telephone wakes late.
import { announce } from "./dom";
import type { Lease } from "./messages";
import { say } from "./words";

const kWarningMilliseconds = 10 * 60_000;
const kTickMilliseconds = 1000;

export class LeaseClock {
    private timer = 0;
    is_near = false; // the warning has been given

    constructor(private readonly ended: () => void) {}

    start(lease: Lease, until: number): void {
        this.stop();
        this.is_near = false;
        let will_warn = Date.parse(lease.until) - Date.parse(lease.now) > kWarningMilliseconds;
        this.timer = window.setInterval(() => {
            const left = until - Date.now();
            if (left <= 0) {
                this.ended();
            } else if (will_warn && left <= kWarningMilliseconds) {
                will_warn = false;
                this.warn();
            }
        }, kTickMilliseconds);
    }

    stop(): void {
        window.clearInterval(this.timer);
    }

    private warn(): void {
        this.is_near = true;
        const line = document.getElementById("lease");
        if (line) {
            line.textContent = say("lease_soon");
            line.hidden = false;
        }
        announce(say("lease_soon"));
    }
}
