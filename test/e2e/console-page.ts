/** The attendant console as its staff use it. */
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { openPage, shows } from "./browser.ts";

export const DEMO_ROLES = ["attendant", "manager", "maintenance", "northguard", "administrator"] as const;
export type DemoLogin = (typeof DEMO_ROLES)[number];

/** Signs in with one press, as the demo's login page offers, and comes to the page asked for. */
export async function openConsole(browser: Browser, url: string, login: DemoLogin, path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await openPage(browser, `${url}/login?back=${encodeURIComponent(path)}`, options);
  await page.getByRole("button", { name: login }).click();
  await page.waitForURL(`${url}${path}`);
  await page.locator("main").waitFor();
  return page;
}

/** The row of the table whose accessible name is `table`, found by a text in it. */
export const rowOf = (page: Page, table: string, text: string | RegExp): Locator =>
  page.getByRole("table", { name: table }).locator("tbody tr").filter({ hasText: text });

/** Free, inside, corrections, reserved and capacity of a counting group on the live page. */
export async function groupFigures(page: Page, group: string): Promise<{ readonly free: number; readonly inside: number; readonly reserved: number; readonly capacity: number }> {
  const row = rowOf(page, "Spaces", new RegExp(`^${group}`));
  await row.waitFor();
  const cells = await row.locator("td").allInnerTexts();
  const [, free, inside, , reserved, capacity] = cells.map((text) => Number(text.replace(/[^\d-]/g, "")));
  return { free: free!, inside: inside!, reserved: reserved!, capacity: capacity! };
}

/** A dialog that asks before something is done. */
export async function answerDialog(page: Page, title: string | RegExp, typed: Readonly<Record<string, string>>, confirm: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: title });
  for (const [label, value] of Object.entries(typed)) {
    const input = dialog.getByLabel(label, { exact: true });
    if ((await input.evaluate((node) => node.tagName)) === "SELECT") await input.selectOption(value);
    else await input.fill(value);
  }
  await dialog.getByRole("button", { name: confirm, exact: true }).click();
  const alert = dialog.getByRole("alert");
  await Promise.race([dialog.waitFor({ state: "hidden" }), alert.waitFor().catch(() => undefined)]);
  if (await alert.isVisible()) throw new Error(`${String(title)}: ${await alert.innerText()}`);
}

export const logEntries = (page: Page): Locator => page.getByRole("table", { name: "Log book" }).locator("tbody tr");

/** Looks a text up in the log book and waits for a line that fits. */
export async function findInLogBook(page: Page, url: string, search: string, line: string | RegExp): Promise<void> {
  await page.goto(`${url}/logbook?search=${encodeURIComponent(search)}`);
  await shows(logEntries(page), line);
}
