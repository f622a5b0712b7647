/** Bundles the server into dist/main.js; packages stay in node_modules. */
import { build } from "esbuild";

export async function bundleServer(outfile = "dist/main.js") {
  await build({
    entryPoints: ["src/main.ts"], bundle: true, platform: "node", format: "esm", target: "node20", packages: "external",
    outdir: outfile.replace(/\/main\.js$/, ""), splitting: true, sourcemap: true, logLevel: "warning", chunkNames: "chunks/[name]-[hash]",
  });
}
