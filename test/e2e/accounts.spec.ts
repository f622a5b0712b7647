/** Accounts in the console: opened, a contract signed, the car covered and drawn, a doubt previewed before it is confirmed. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { POLLING, shows, troublesOf } from "./browser.ts";
import { answerDialog, openConsole, rowOf } from "./console-page.ts";
import { type DemoCity, startDemoCity } from "./demo-city.ts";

let city: DemoCity;
beforeAll(async () => { city = await startDemoCity(); });
afterAll(async () => { await city?.stop(); });

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).press("Enter");
const faultsOf = async (page: Page) => [...(await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id), ...troublesOf(page)];

test("an account is opened, a contract signed, and its car is let in covered by it", async () => {
  const page = await openConsole(city.browser, city.base, "manager", "/accounts");
  await press(page, "Open an account …");
  await answerDialog(page, "Open an account", {
    "Kind": "company", "Name": "Test Bakery", "Address": "7 Flour Lane, Sydney", "E-mail (optional)": "office@bakery.example",
  }, "Open an account");
  await page.getByRole("heading", { level: 1, name: "Test Bakery" }).waitFor();

  await press(page, "Add a parker …");
  await answerDialog(page, "Add a parker", { "What you call it (optional)": "Van 1", "Credential": "plate", "Plate or number": "BAK 001" }, "Add a parker");
  await rowOf(page, "Parkers", /Van 1.*BAK/).waitFor();
  await press(page, "Sign a contract …");
  await answerDialog(page, "A contract for one space", { "Car park": "central", "Monthly fee, tax included": "180.00" }, "Sign a contract");
  await shows(rowOf(page, "Contracts", "Central"), /\$180\.00.*Running/);
  expect(await faultsOf(page)).toEqual([]);

  await page.goto(`${city.base}/f/central/decisions`);
  await press(page, "Let in by hand …");
  await answerDialog(page, "Let in by hand", { "Credential": "plate", "Plate or number": "BAK 001", "Reason": "Camera is dirty" }, "Let in by hand");
  await shows(rowOf(page, "Decisions", /BAK/), "Let in by hand");
  expect(await faultsOf(page)).toEqual([]);

  await page.goto(`${city.base}/accounts`);
  await page.getByRole("link", { name: "Test Bakery" }).click();
  await shows(rowOf(page, "Parkers", "Van 1"), "Inside Central since");
  await page.getByRole("tab", { name: "Timeline" }).click();
  await page.locator(".stays-bar[aria-label*='BAK']").waitFor();
  expect(await page.locator(".stays-bar").first().getAttribute("aria-label")).toMatch(/still inside.*(Contract|No length)/);
  await page.getByRole("tab", { name: "Stays" }).click();
  await page.locator("details.stay summary").first().click();
  await shows(page.locator("details.stay").first(), "Contract");
  expect(await faultsOf(page)).toEqual([]);
  await page.context().close();
});

test("setting a stay neutral shows who would owe what before it is confirmed", async () => {
  const page = await openConsole(city.browser, city.base, "manager", "/accounts");
  await page.getByRole("link", { name: "Test Bakery" }).click();
  await page.getByRole("tab", { name: "Stays" }).click();
  await page.locator("details.stay summary").first().click();
  await press(page, "Set neutral …");
  const dialog = page.getByRole("dialog");
  await shows(dialog, "Who would owe what");
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await dialog.getByLabel("Reason").fill("Not seen on the round");
  await dialog.getByRole("button", { name: "Set neutral", exact: true }).press("Enter");
  await dialog.waitFor({ state: "hidden" });
  await shows(page.locator("details.stay").first(), "Neutral");
  await page.context().close();
});

test("a policy is changed with its reason, and what it was before stays visible", async () => {
  const page = await openConsole(city.browser, city.base, "manager", "/f/central/policies");
  const question = page.locator("li.panel", { hasText: "What happens to the N+1st car?" });
  await shows(question, "Was geschieht mit dem N+1. Auto?");
  await question.getByRole("button", { name: /^Change/ }).press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.locator("select").selectOption("refuse");
  await dialog.getByLabel("Reason").fill("Party at company A");
  await dialog.getByRole("button", { name: "Change", exact: true }).press("Enter");
  await dialog.waitFor({ state: "hidden" });
  await shows(question, "It may not enter");
  await expect.poll(() => question.locator("summary").count(), POLLING).toBe(1);
  await page.context().close();
});

test("a month is stated, and asked again it is the same statements", async () => {
  const page = await openConsole(city.browser, city.base, "manager", "/statements");
  const run = async () => {
    await press(page, "State a month …");
    await answerDialog(page, "State a month", { "Car park": "central" }, "State a month");
    await page.getByText(/statements? issued/).first().waitFor();
  };
  /** Number, month, account and total; whether its e-mail has gone is another matter. */
  const stated = async () => (await page.getByRole("table", { name: "Statements" }).locator("tbody tr").filter({ hasText: "CENTRAL" })
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent).filter((_, i) => [0, 1, 2, 5].includes(i)).join(" | ")))).sort();
  await run();
  const first = await stated();
  expect(first.length).toBeGreaterThan(0);
  await run();
  expect(await stated()).toEqual(first);
  await page.context().close();
});
