// serve.mjs COMMAND …: runs the command while a real server holds real links (VALV_BROWSER_LINKS), and ends with its code.
import { spawn } from "node:child_process";
import { RealWorld } from "./world.mjs";

const world = await new RealWorld().start();
try {
    const links = world.file("links.json", JSON.stringify(world.make_links()));
    const [program, ...words] = process.argv.slice(2);
    const command = spawn(program, words, { stdio: "inherit", env: { ...process.env, VALV_BROWSER_LINKS: links } });
    process.exitCode = await new Promise((done) => command.once("exit", (code) => done(code ?? 1)));
} finally {
    const code = await world.stop();
    process.exitCode ||= code === 0 ? 0 : 1;
}
