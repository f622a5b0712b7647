/** A demo city and a browser for one test file. Ended by `stop`, whatever happened. */
import type { Browser } from "playwright-core";
import { openBrowser } from "./browser.ts";
import { startDemoServer } from "./demo-server.ts";

export type DemoCity = { readonly base: string; readonly browser: Browser; stop(): Promise<void> };

export async function startDemoCity(): Promise<DemoCity> {
  const server = await startDemoServer();
  try {
    const browser = await openBrowser();
    return { base: server.url, browser, stop: async () => { await browser.close(); await server.end(); } };
  } catch (error) {
    await server.end();
    throw error;
  }
}
