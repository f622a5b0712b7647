/** `npm start`: installs what is missing, builds what changed, runs the demo city. Arguments go to `gatehouse demo`. */
import { buildStale } from "./build.mjs";
import { installMissing, requireNode } from "./install.mjs";

const folder = process.cwd();
requireNode();
installMissing();
await buildStale();
process.chdir(folder);
process.argv = [process.argv[0], "gatehouse", "demo", ...process.argv.slice(2)];
await import("../dist/main.js");
