/**
 * The built pages: the console at `/` (its own routes all answer its page), the virtual car park, the kiosk and
 * My parking under their own paths, and the content-named files they load.
 */
import { readFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { trouble } from "../http/problem.ts";
import { sendTrouble } from "../http/send-trouble.ts";

/** Styles in attributes are what the component kit needs; scripts come from our own files only. */
const PAGE_POLICY = [
  "default-src 'self'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:", "font-src 'self' data:",
  "connect-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'self'",
].join("; ");

/** A year: the file's name changes with its content. */
const KEEP_SECONDS = 31_536_000;

const PAGES: Readonly<Record<string, string>> = {
  "/virtual": "virtual/index.html", "/virtual/*": "virtual/index.html", "/kiosk": "kiosk/index.html", "/kiosk/*": "kiosk/index.html",
  "/my": "my/index.html", "/my/*": "my/index.html",
};

export async function addBuiltPages(app: FastifyInstance, folder: string): Promise<void> {
  const assets = join(folder, "assets");
  if (existsSync(assets)) {
    await app.register(fastifyStatic, {
      root: assets, prefix: "/assets/", index: false, decorateReply: false, maxAge: KEEP_SECONDS * 1_000, immutable: true, cacheControl: true,
    });
  }
  for (const [path, file] of Object.entries(PAGES)) app.get(path, (_request, reply) => sendPage(reply, join(folder, file)));
  app.get("/", (_request, reply) => sendPage(reply, join(folder, "index.html")));
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === "GET" && !request.url.startsWith("/api/") && !request.url.startsWith("/assets/")
      && (request.headers.accept ?? "").includes("text/html");
    return wantsPage ? sendPage(reply, join(folder, "index.html")) : sendTrouble(reply, trouble("notFound"));
  });
}

const pages = new Map<string, string>();

function sendPage(reply: FastifyReply, file: string): FastifyReply {
  const page = pages.get(file) ?? (existsSync(file) ? readFileSync(file, "utf8") : null);
  if (page === null) return sendTrouble(reply, trouble("notFound", "The pages are not built. Run `npm run build`."));
  pages.set(file, page);
  return reply.header("content-security-policy", PAGE_POLICY).header("cache-control", "no-cache").type("text/html; charset=utf-8").send(page);
}
