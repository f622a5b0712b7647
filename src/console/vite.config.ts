/**
 * Builds every page people open in a browser into dist/console:
 *
 *   src/console/index.html       -> dist/console/index.html          (the attendant console, served at /)
 *   src/pages/NAME/index.html    -> dist/console/NAME/index.html     (virtual car park, kiosk, ...)
 *   shared chunks, styles        -> dist/console/assets/*            (file names carry a content hash)
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { type Plugin, defineConfig } from "vite";

const source = fileURLToPath(new URL("..", import.meta.url));
const target = fileURLToPath(new URL("../../dist/console", import.meta.url));
const pagesFolder = join(source, "pages");

const pages = (existsSync(pagesFolder) ? readdirSync(pagesFolder) : [])
  .filter((name) => existsSync(join(pagesFolder, name, "index.html")));

/** Vite keeps the source path of each page; the server wants short ones. */
const shortPagePaths: Plugin = {
  name: "short-page-paths",
  apply: "build",
  closeBundle() {
    for (const page of pages) move(join("pages", page, "index.html"), join(page, "index.html"));
    move(join("console", "index.html"), "index.html");
    for (const folder of ["pages", "console"]) rmSync(join(target, folder), { recursive: true, force: true });
  },
};

function move(from: string, to: string): void {
  if (!existsSync(join(target, from))) return;
  mkdirSync(dirname(join(target, to)), { recursive: true });
  renameSync(join(target, from), join(target, to));
}

export default defineConfig({
  root: source,
  base: "/",
  publicDir: false,
  plugins: [react(), shortPagePaths],
  build: {
    outDir: target,
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    // The lazily loaded charts are the one large chunk; nothing on the first page comes near this.
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      input: Object.fromEntries([
        ["console", join(source, "console", "index.html")],
        ...pages.map((page) => [page, join(pagesFolder, page, "index.html")]),
      ]),
    },
  },
  server: { proxy: { "/api": process.env["GATEHOUSE_URL"] ?? "http://127.0.0.1:8080" } },
});
