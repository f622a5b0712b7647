/** The sandbox as a partner meets it: flows played, a stay bought in the app and seen by the patrol, a car through the gate. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, openPage, shows, tabTo, troublesOf } from "./browser.ts";
import { type Launched, launchProgram, removeMovedDatabase, stopProgram } from "./demo-server.ts";

let dataDir: string;
let sandbox: Launched;
let browser: Browser;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "gatehouse-sandbox-"));
  [sandbox, browser] = await Promise.all([launchProgram(["sandbox", "--data", dataDir, "--port", "0"]), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  if (sandbox) await stopProgram(sandbox);
  removeMovedDatabase(join(dataDir, "postgres"));
  rmSync(dataDir, { recursive: true, force: true });
});

const open = (page: string, options: Parameters<typeof openPage>[2] = {}): Promise<Page> => openPage(browser, `${sandbox.url}?lang=en#/${page}`, options);
const go = (page: Page, name: string): Promise<void> => page.getByRole("navigation").getByRole("link", { name }).click();
const rows = (page: Page) => page.locator(".diagram ol li .visuallyHidden");

describe("the flows", () => {
  test("are played to their end, and the diagram shows who said what", async () => {
    const page = await open("flows");
    for (const name of ["Availability", "Payment on arrival", "Check-in and check-out", "Number plate entry", "Pay on departure"]) {
      const card = page.locator(".flows > li").filter({ has: page.getByRole("heading", { name }) });
      await card.getByRole("button", { name: `Play ${name}` }).click();
      await card.getByRole("button", { name: `Play again ${name}` }).waitFor();
      await card.locator(".steps li").first().waitFor();
      await page.locator(".flows button.primary:not(:disabled)").first().waitFor();
      expect([name, await card.locator(".steps li:not(.done)").allTextContents()]).toEqual([name, []]);
    }
    for (const said of ["Provider One to Exchange: PUT /sessions/{id}, 409", "Provider Two to Exchange: PUT /sessions/{id}, 409",
      "Exchange to Test Council: PUT /sessions/{id}, 200"]) await shows(rows(page), said);
    const asked = (await rows(page).allTextContents()).filter((said) => said.includes("GET /sessions?")).slice(0, 2);
    expect(asked.map((said) => said.replace(/\?[^,]*/, ""))).toEqual(["Provider One to Exchange: GET /sessions, 504", "Exchange to Test Council: GET /sessions, no answer"]);
    await page.locator(".flows > li").nth(3).getByRole("button", { name: "Show its messages only" }).click();
    await shows(rows(page), "Test Council to Exchange: PUT /sessions/{id}, 200");
    await shows(rows(page), "Provider One to Exchange: POST /rights/assigned, 201");
    await shows(rows(page), "Exchange to Street Patrol: POST AssignedRightCreated, 200");
    await shows(rows(page), "Exchange to Provider One: POST SessionUpdated, 200");
    const shown = (await rows(page).allTextContents()).join("\n");
    // The flow chosen last, and nothing of a plate: those of the flows begin with SB.
    expect(shown).not.toContain("Street Patrol to Exchange");
    expect(shown).not.toMatch(/SB[0-9A-F]{5}/);
    expect(troublesOf(page)).toEqual([]);
    await page.context().close();
  });
});

describe("a stay", () => {
  test("bought in the app is what the patrol sees, and nobody else's plate", async () => {
    const page = await open("app");
    await page.getByRole("button", { name: /^Castle Street/ }).click();
    await page.locator(".phone").getByLabel("Number plate", { exact: true }).fill("ab12 xyz");
    await page.getByRole("button", { name: "Pay £3.20" }).click();
    await shows(page.locator(".said"), /Paid\. You may park until \d\d:\d\d\./);
    await page.getByRole("button", { name: "My stays" }).click();
    await page.getByRole("button", { name: /30 minutes more for £1\.60/ }).click();
    await shows(page.locator(".said"), /Paid\. Now until/);
    await go(page, "Handheld");
    const device = page.locator(".device");
    await device.getByLabel("Place").selectOption({ label: "Castle Street" });
    await device.getByRole("textbox", { name: "Number plate" }).fill("AB12XYZ");
    await page.keyboard.press("Enter");
    await shows(device.locator(".answer"), /Paid\s*until \d\d:\d\d/);
    await device.getByRole("textbox", { name: "Number plate" }).fill("AB12XYY");
    await page.keyboard.press("Enter");
    await shows(device.locator(".answer"), /Not paid.*AB12XYY at Castle Street/);
    await device.getByLabel("Place").selectOption({ label: "Deansgate deck" });
    await device.getByRole("textbox", { name: "Number plate" }).fill("AB12XYZ");
    await page.keyboard.press("Enter");
    await shows(device.locator(".answer"), /Not paid.*AB12XYZ at Deansgate deck/);
    expect(troublesOf(page)).toEqual([]);
    await page.context().close();
  });

  test("of an account holder goes through the gate and is paid in the app", async () => {
    const page = await open("gate");
    const gate = page.locator("section").filter({ has: page.getByRole("heading", { name: /Entry and exit of Arndale/ }) });
    await gate.getByLabel("Number plate read").fill("GA73 HSE");
    await gate.getByRole("button", { name: "Drive in" }).click();
    await shows(gate, "No account: the driver takes a ticket.");
    await go(page, "Provider app");
    await page.getByRole("button", { name: "Account" }).click();
    await page.locator(".phone").getByLabel("Number plate", { exact: true }).fill("GA73 HSE");
    await page.getByRole("button", { name: "Register plate" }).click();
    await shows(page.locator(".said"), "GA73HSE is registered.");
    await go(page, "Entry and exit");
    await gate.getByLabel("Number plate read").fill("GA73 HSE");
    await gate.getByRole("button", { name: "Drive in" }).click();
    await shows(gate, "Barrier opens: account of Provider One.");
    await gate.getByRole("button", { name: "Drive out" }).click();
    await shows(gate, "GA73HSE has left. Due from the provider: £3.10.");
    await go(page, "Provider app");
    await page.getByRole("button", { name: "What is due?" }).click();
    await page.getByRole("button", { name: "Pay £3.10" }).click();
    await shows(page.locator(".said"), "Paid.");
    await page.getByText("Nothing is due.").waitFor();
    expect(troublesOf(page)).toEqual([]);
    await page.context().close();
  });
});

describe("leaving", () => {
  test("shows what the operator asks by plate and by ticket, never an empty list while it is away", async () => {
    const page = await open("gate");
    const desk = (name: RegExp) => page.getByRole("region", { name });
    const phone = page.locator(".phone");
    const look = async (provider: string, place: string, credential: string) => {
      await go(page, "Provider app");
      await phone.locator("header select").selectOption({ label: provider });
      await page.getByRole("button", { name: "Leave" }).click();
      await phone.getByLabel("Car park").selectOption(place);
      await phone.getByLabel("Number plate or ticket number").fill(credential);
      await page.getByRole("button", { name: "What is due?" }).click();
    };
    for (const [name, plate] of [[/Test Council: pay/, "PD26 AAA"], [/Harbour Parking: pay/, "PD26 BBB"]] as const) {
      await desk(name).getByLabel("Number plate").fill(plate);
      await desk(name).getByRole("button", { name: "Car comes in" }).click();
      await shows(desk(name), plate.replace(" ", ""));
    }
    const ticket = /ticket (\d+)/.exec(await desk(/Harbour/).locator("li").last().innerText())?.[1] ?? "";
    const off = desk(/Test Council: pay/).getByRole("button", { name: "Operator unreachable" });
    await off.click();
    await desk(/Test Council: pay/).locator("button[aria-pressed=true]").waitFor();
    await look("Provider One", "220002", "PD26 AAA");
    await shows(page.locator(".phone .problem"), "The operator cannot be reached. Nobody knows what is due.");
    expect(await phone.getByText("Nothing is due.").count()).toBe(0);
    await go(page, "Entry and exit");
    await off.click();
    await desk(/Test Council: pay/).locator("button[aria-pressed=false]").waitFor();
    await look("Provider One", "220002", "PD26 AAA");
    await page.getByRole("button", { name: "Pay £9.30" }).click();
    await shows(page.locator(".said"), "Paid.");
    // The operator of the quay has no address: it comes for the question.
    await look("Provider Two", "910001", ticket);
    await page.getByRole("button", { name: "Pay £6.50" }).click();
    await shows(page.locator(".said"), "Paid.");
    await go(page, "Entry and exit");
    await shows(desk(/Test Council: pay/), "Paid: the barrier opens.");
    await shows(desk(/Harbour/), "Paid: the barrier opens.");
    await shows(rows(page), "Harbour Parking to Exchange: POST /operator/questions/{id}, 200");
    expect(troublesOf(page)).toEqual([]);
    await page.context().close();
  });
});

describe("every page", () => {
  test.each([["light", "en", 1400], ["dark", "de", 1400], ["light", "de", 390], ["dark", "en", 390]] as const)(
    "%s, %s, %i px: no axe violation, nothing beside the screen", async (colorScheme, lang, width) => {
      const page = await openPage(browser, `${sandbox.url}?lang=${lang}&scheme=${colorScheme}#/flows`, { colorScheme, viewport: { width, height: 844 } });
      await page.locator(".flows > li").first().waitFor();
      // A hundred rows of one kind are looked at no better than the few that follow.
      await page.locator(".diagram header button").last().click();
      const faults: string[] = [];
      for (const one of ["flows", "app", "handheld", "gate", "keys"]) {
        await page.evaluate(`location.hash = "#/${one}"`);
        await page.locator(`nav a[href="#/${one}"][aria-current="page"]`).waitFor();
        if (one === "app") await page.locator(".places button").first().click();
        const { violations } = await new AxeBuilder({ page }).analyze();
        const beside = Number(await page.evaluate("document.documentElement.scrollWidth - innerWidth"));
        faults.push(...violations.map(({ id, nodes }) => `${one}: ${id} at ${nodes.map((node) => node.target.join(" ")).join(", ")}`));
        if (beside > 0) faults.push(`${one}: ${beside} px beside the screen`);
      }
      expect([...faults, ...troublesOf(page)]).toEqual([]);
      await page.context().close();
    });

  test("is worked with the keyboard alone", async () => {
    const page = await open("flows");
    await page.locator(".flows > li").first().waitFor();
    await tabTo(page, "Handheld");
    await page.keyboard.press("Enter");
    // The names of the places have come.
    await page.locator(".device option", { hasText: "Castle" }).first().waitFor({ state: "attached" });
    await tabTo(page, /^Place/);
    await page.keyboard.type("Castle");
    await tabTo(page, /^Number plate/);
    await page.keyboard.type("zz99zzz");
    await page.keyboard.press("Enter");
    await shows(page.locator(".answer"), "Not paid");
    await page.context().close();
  });
});
