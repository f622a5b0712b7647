/** The exchange's own documentation, from files of the installed package: nothing is fetched from elsewhere. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { FastifyInstance } from "fastify";
import { openApi } from "./openapi.ts";

const FILES: Readonly<Record<string, string>> = { "swagger-ui.css": "text/css; charset=utf-8", "swagger-ui-bundle.js": "text/javascript; charset=utf-8" };
const POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'self'";

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Gatehouse exchange API</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><main id="docs"></main><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>
`;
const START = `SwaggerUIBundle({ url: "/openapi.json", dom_id: "#docs", validatorUrl: null, docExpansion: "none", defaultModelsExpandDepth: 0 });\n`;

export function registerDocs(app: FastifyInstance, version: string): void {
  let document: string | null = null;
  app.get("/openapi.json", (_request, reply) => {
    document ??= JSON.stringify(openApi(version));
    return reply.type("application/json; charset=utf-8").send(document);
  });
  app.get("/docs", (_request, reply) => reply.header("content-security-policy", POLICY).type("text/html; charset=utf-8").send(PAGE));
  app.get("/docs/start.js", (_request, reply) => reply.type("text/javascript; charset=utf-8").send(START));
  const folder = join(dirname(createRequire(import.meta.url).resolve("@fastify/swagger-ui")), "static");
  for (const [file, media] of Object.entries(FILES)) {
    app.get(`/docs/${file}`, (_request, reply) => reply.type(media).header("cache-control", "max-age=86400").send(readFileSync(join(folder, file))));
  }
}
