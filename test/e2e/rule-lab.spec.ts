/** The Rule lab: a scenario is stepped through by keyboard, a policy flipped, the difference seen; a mistake is told at its line. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { POLLING, shows, tabTo, troublesOf } from "./browser.ts";
import { openConsole, rowOf } from "./console-page.ts";
import { type DemoCity, startDemoCity } from "./demo-city.ts";

let city: DemoCity;
beforeAll(async () => { city = await startDemoCity(); });
afterAll(async () => { await city?.stop(); });

const openLab = (): Promise<Page> => openConsole(city.browser, city.base, "attendant", "/rule-lab");
const current = (page: Page) => page.locator("[aria-current=step]");

test("stepping back by keyboard shows who was where; a flipped policy shows beside it who pays what", async () => {
  const page = await openLab();
  await page.getByLabel("Scenario to begin with").selectOption("neutral-pay-as-you-go-waived");
  await shows(current(page), "Charges asked");
  await shows(page.locator("main"), "Every step is as expected");
  await tabTo(page, /^02\/03\/2026 14:01Charges asked/);
  await page.keyboard.press("ArrowUp");
  await shows(current(page), "Leaves plate: B");
  await page.keyboard.press("Home");
  await shows(page.locator("main"), "Step 0 of 8");
  await page.keyboard.press("End");
  await page.getByRole("combobox", { name: "Question", exact: true }).selectOption("neutralProof");
  await page.getByLabel(/Must anybody pay for it/).selectOption({ label: "Yes, as if they had been present throughout" });
  await shows(page.locator("main"), "1 step comes out differently");
  expect(await rowOf(page, "Who owes what", /^C/).locator("td").allInnerTexts()).toEqual(["C", "firm", "€0.00", "€6.00", "+€6.00"]);
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  expect(troublesOf(page)).toEqual([]);
  await page.context().close();
});

test("a bar of the picture says by keyboard what covered the stay and why, and the table says the same", async () => {
  const page = await openLab();
  await page.getByLabel("Scenario to begin with").selectOption("two-cars-beyond-the-contingent");
  const picture = page.getByRole("group", { name: /^Timeline, As written\./ });
  await picture.getByRole("button", { name: /^A, .*Contract/ }).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await shows(page.locator(".stays-chosen"), /^B, 02\/03\/2026 08:30 to 02\/03\/2026 11:00: Charged time, Contract\. €4\.00/);
  await shows(page.locator(".stays-chosen"), "pays for this car by pay-as-you-go");
  await page.getByText("As a table").click();
  const rows = page.getByRole("table", { name: "Timeline, As written: As a table" }).locator("tbody tr").filter({ hasText: /^B/ });
  expect(await rows.allInnerTexts()).toHaveLength(2);
  await page.context().close();
});

test("a mistake is told at its line, what was typed stays, and the text can be downloaded and loaded", async () => {
  const page = await openLab();
  const editor = page.getByLabel("Scenario as text");
  const good = await editor.inputValue();
  await editor.fill(good.replace("accounts:", "acounts:"));
  await page.getByRole("button", { name: "Show line 3" }).click();
  await shows(page.locator("#lab-problems"), "unknown key `acounts`");
  expect(await editor.evaluate("document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)")).toBe("acounts:");
  await page.reload();
  expect(await editor.inputValue()).toContain("acounts:");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download" }).click()]);
  expect(download.suggestedFilename()).toMatch(/\.yaml$/);
  await page.locator("input[type=file]").setInputFiles({ name: "mine.yaml", mimeType: "application/yaml", buffer: Buffer.from(good) });
  await expect.poll(() => editor.inputValue(), POLLING).toBe(good);
  await shows(page.locator("main"), "Every step is as expected");
  await page.context().close();
});
