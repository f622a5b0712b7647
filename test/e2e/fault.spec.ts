/** A fault from the report to the fix, and the monthly report that contains it: page, CSV and PDF. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, shows, troublesOf } from "./browser.ts";
import { answerDialog, findInLogBook, openConsole, rowOf } from "./console-page.ts";
import { type DemoServer, startDemoServer } from "./demo-server.ts";

const DETAILS = "The arm hits the kerb and stays half up";

let server: DemoServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startDemoServer(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.end();
});

test("a fault is reported, told, acknowledged and fixed; the monthly report has it as page, CSV and PDF", async () => {
  const attendant = await openConsole(browser, server.url, "attendant", "/faults");
  await attendant.getByRole("button", { name: "Report a fault" }).click();
  await answerDialog(attendant, "Report a fault", { "Car park": "station", "Kind": "barrier", "Which one": "North entry", "Details": DETAILS }, "Report a fault");
  const row = (page: Page) => rowOf(page, "Faults", DETAILS);
  await shows(row(attendant), /Station.*Barrier North entry.*by attendant.*Maintenance/);
  // The demo's letters go to a simulated mailbox behind the port of the real one.
  await findInLogBook(attendant, server.url, "notice by", /Station.*Fault 1: notice by email: delivered/);

  const fitter = await openConsole(browser, server.url, "maintenance", "/faults");
  await row(fitter).getByRole("button", { name: "Acknowledge" }).click();
  await shows(row(fitter), "Acknowledged");
  await row(fitter).getByRole("button", { name: /^Fixed/ }).click();
  await answerDialog(fitter, "Fault 1 is fixed", { "What was done": "Kerb ground off" }, "Fixed");
  await row(fitter).waitFor({ state: "hidden" });

  const manager = await openConsole(browser, server.url, "manager", "/faults?tab=statistics");
  await shows(rowOf(manager, "All faults of the month", DETAILS), /Station.*Maintenance/);
  // This one, and one of the played past: two reported, two fixed, none open.
  await shows(rowOf(manager, "Time to fix", "Maintenance").first(), /^Maintenance\D*2\D*2\D*0/);
  expect((await download(manager, "CSV")).toString("utf8")).toContain(DETAILS);
  const pdf = await download(manager, "PDF");
  const text = execFileSync("pdftotext", ["-layout", "-", "-"], { input: pdf, encoding: "utf8" });
  expect(text.replace(/\s+/g, " ")).toContain("The arm hits the kerb");
  await findInLogBook(manager, server.url, "kerb ground", /Station.*Fault 1 fixed\. Kerb ground off.*maintenance/);
  for (const page of [attendant, fitter, manager]) expect(troublesOf(page)).toEqual([]);
});

async function download(page: Page, format: "CSV" | "PDF"): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: new RegExp(format) }).click()]);
  return readFileSync(await file.path());
}
