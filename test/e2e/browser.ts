/** One Chromium for a test file; every person of a story has a context, so logins and languages stay apart. */
import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, type Locator, type Page, chromium } from "playwright-core";
import { expect } from "vitest";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const ARGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
/** Longer than any step of a story takes on a busy machine. */
export const STEP_MS_MAX = 30_000;

export async function openBrowser(): Promise<Browser> {
  const executablePath = CHROMIUM.find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error(`No browser found at ${CHROMIUM.join(", ")}; .ci/run installs one.`);
  return chromium.launch({ executablePath, args: ARGS });
}

/** A page that fails the story when a script throws, or when it asks another host for anything. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: "en-AU", viewport: { width: 1360, height: 900 }, ...options });
  context.setDefaultTimeout(STEP_MS_MAX);
  const page = await context.newPage();
  const errors: string[] = [];
  troubles.set(page, errors);
  page.on("pageerror", (error) => errors.push(`${page.url()}: ${error.message}`));
  page.on("request", (request) => {
    const asked = new URL(request.url());
    if (asked.protocol.startsWith("http") && asked.origin !== new URL(url).origin) errors.push(`${page.url()} asks ${asked.origin}`);
  });
  await page.goto(url);
  return page;
}

const troubles = new WeakMap<Page, string[]>();
export const troublesOf = (page: Page): readonly string[] => troubles.get(page) ?? [];

/** Waits until the text is there; says what stands there instead when it never comes. */
export async function shows(locator: Locator, text: string | RegExp): Promise<void> {
  const read = async () => (await locator.allTextContents()).join(" | ").replace(/\s+/g, " ");
  if (typeof text === "string") await expect.poll(read, POLLING).toContain(text);
  else await expect.poll(read, POLLING).toMatch(text);
}

export const POLLING = { timeout: STEP_MS_MAX, interval: 50 } as const;

/** By Tab alone, as somebody without a mouse gets there. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const fits = (found: string) => (typeof name === "string" ? found === name : name.test(found));
  for (let presses = 0; presses < TAB_PRESSES_MAX; presses++) {
    await page.keyboard.press("Tab");
    if (fits(await focusedName(page))) return;
  }
  throw new Error(`Tab does not reach ${String(name)}; it ends at ${await focusedName(page)}`);
}

/** No page has more places to stop at than this. */
const TAB_PRESSES_MAX = 120;

/** As text, because these types are not the browser's. */
const FOCUSED_NAME = `(() => {
  const node = document.activeElement;
  return (node?.getAttribute("aria-label") ?? node?.labels?.[0]?.textContent ?? node?.textContent ?? "").trim();
})()`;
const focusedName = (page: Page): Promise<string> => page.evaluate<string>(FOCUSED_NAME);
