/** The exchange's own pages, before the sandbox's world: bought in an app, checked on the street, kept as evidence, sent again. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ActorId, SandboxWorld } from "../../src/sandbox/contract.ts";
import { openBrowser, openPage, shows, tabTo, troublesOf } from "./browser.ts";
import { type Launched, launchProgram, removeMovedDatabase, stopProgram } from "./demo-server.ts";

let dataDir: string;
let sandbox: Launched;
let browser: Browser;
let world: SandboxWorld;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "gatehouse-exchange-pages-"));
  [sandbox, browser] = await Promise.all([launchProgram(["sandbox", "--data", dataDir, "--port", "0"]), openBrowser()]);
  sandbox = { ...sandbox, url: new URL(sandbox.url).origin };
  world = await (await fetch(`${sandbox.url}/sandbox/world.json`)).json() as SandboxWorld;
});
afterAll(async () => {
  await browser?.close();
  if (sandbox) await stopProgram(sandbox);
  removeMovedDatabase(join(dataDir, "postgres"));
  rmSync(dataDir, { recursive: true, force: true });
});

const actor = (id: ActorId) => world.actors.find((one) => one.id === id)!;

async function signedIn(id: ActorId, options: BrowserContextOptions = {}, query = "lang=en"): Promise<Page> {
  const page = await openPage(browser, `${sandbox.url}/pages?${query}`, options);
  await page.locator(".door input").first().fill(actor(id).clientId);
  await page.locator(".door input[type=password]").fill(actor(id).clientSecret);
  await page.keyboard.press("Enter");
  await page.getByRole("navigation").first().waitFor();
  return page;
}

const go = (page: Page, name: string): Promise<void> => page.getByRole("navigation").getByRole("link", { name }).click();

/** Subscribes Provider One where nothing is ever taken; the returned function puts the address right. */
async function subscribedToNowhere(): Promise<() => Promise<void>> {
  const { clientId, clientSecret } = actor("sp1");
  const form = new URLSearchParams({ grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret });
  const { access_token: token } = await (await fetch(`${sandbox.url}/auth`, { method: "POST", body: form })).json() as { access_token: string };
  const send = async (method: string, path: string, body: object) => {
    const answer = await fetch(sandbox.url + path, { method, headers: { authorization: `Bearer ${token}`, "content-type": "application/json" }, body: JSON.stringify(body) });
    expect([path, answer.status]).toEqual([path, 200]);
    return await answer.json() as { readonly id: string };
  };
  const { id } = await send("POST", "/webhooks", { endpoint: `${sandbox.url}/sandbox/hooks/gone`, topics: ["SessionCreated"] });
  return async () => { await send("PUT", `/webhooks/${id}`, { endpoint: `${sandbox.url}/sandbox/hooks/sp1` }); };
}

test("a stay bought in the app is paid on the street, is evidence in the office, and its dead letter is sent again", async () => {
  const putRight = await subscribedToNowhere();
  const app = await openPage(browser, `${sandbox.url}/sandbox?lang=en#/app`);
  await app.getByRole("button", { name: /^Castle Street/ }).click();
  await app.locator(".phone").getByLabel("Number plate", { exact: true }).fill("AB10 XYZ");
  await app.getByRole("button", { name: "Pay £3.20" }).click();
  await shows(app.locator(".said"), /Paid\. You may park until/);
  await app.context().close();

  const patrol = await signedIn("es1", { viewport: { width: 390, height: 844 } });
  const device = patrol.locator(".device");
  const check = async (place: string, plate: string) => {
    await device.getByLabel("Place").selectOption({ label: place });
    await device.getByRole("textbox", { name: "Number plate" }).fill(plate);
    await patrol.keyboard.press("Enter");
  };
  await check("Castle Street", "ab10xyz");
  await shows(device.locator(".answer"), /✓ Paid\s*until \d\d:\d\d/);
  await check("Castle Street", "AB1OXYZ");
  await shows(device.locator(".answer"), /✕ Not paid.*AB1OXYZ at Castle Street/);
  expect(await device.locator(".answer").textContent()).not.toContain("similar");
  await check("Deansgate deck", "AB10XYZ");
  await shows(device.locator(".answer"), /✕ Not paid.*Paid at Castle Street until/);
  await patrol.context().setOffline(true);
  await check("Castle Street", "AB10XYZ");
  await shows(device.locator(".answer"), /\? Could not ask.*No connection to the exchange/);
  await shows(device.locator(".offline"), "No connection.");
  await shows(device.locator(".lastAnswers li"), /AB1OXYZ Not paid.*AB10XYZ Paid/);
  await device.getByRole("button", { name: "Clear" }).click();
  expect(await device.locator(".lastAnswers, .answer").count()).toBe(0);
  expect(troublesOf(patrol)).toEqual([]);
  await patrol.context().close();

  const office = await signedIn("op1");
  await go(office, "Check a plate");
  await office.locator(".device").getByLabel("Place").selectOption({ label: "Castle Street" });
  await office.locator(".device").getByRole("textbox", { name: "Number plate" }).fill("AB1OXYZ");
  await office.keyboard.press("Enter");
  await shows(office.locator(".answer"), /Paid with a similar plate: AB10XYZ/);
  await go(office, "Sessions");
  await office.getByLabel("Number plate", { exact: true }).first().fill("AB1OXYZ");
  await office.getByLabel(/^Similar plates too/).check();
  await office.getByRole("button", { name: "Search" }).click();
  await shows(office.locator("tbody tr"), /AB10XYZ\s*similar.*Castle Street.*Provider One.*£3\.20 paid/);
  await office.getByRole("link", { name: "Open AB10XYZ" }).click();
  await shows(office.getByRole("region", { name: "Versions" }).locator("tbody"), /1.*after the beginning.*Provider One.*AB10XYZ/);
  expect(office.url()).not.toContain("AB10XYZ");
  const pdf = await office.request.get(`${sandbox.url}${await office.getByRole("link", { name: "PDF" }).getAttribute("href")}`);
  expect([pdf.status(), pdf.headers()["content-type"], (await pdf.body()).subarray(0, 5).toString()]).toEqual([200, "application/pdf", "%PDF-"]);
  expect(troublesOf(office)).toEqual([]);
  await office.context().close();

  const provider = await signedIn("sp1");
  await go(provider, "Deliveries");
  await shows(provider.getByRole("region", { name: "Dead letters" }).locator("tbody"), /SessionCreated.*answered 410.*Provider One/);
  await putRight();
  await provider.getByRole("button", { name: /^Send SessionCreated of .* again$/ }).click();
  await shows(provider.locator(".said"), "1 is sent again.");
  await provider.getByText("No dead letters.").waitFor();
  expect(await provider.getByRole("link", { name: "Check a plate" }).count()).toBe(0);
  await provider.context().close();
});

test("an administrator makes a client, its secret is shown once and lets somebody in, until it is revoked", async () => {
  const page = await signedIn("ad");
  await page.getByLabel("Id of the client").fill("patrol-car-7");
  await page.getByRole("combobox", { name: "Organisation" }).selectOption({ label: "Street Patrol" });
  await page.getByRole("button", { name: "Create client" }).click();
  const secret = await page.locator(".secret code").textContent() ?? "";
  await page.getByRole("button", { name: "I have kept it" }).click();
  expect(await page.locator(".secret").count()).toBe(0);
  const car = await openPage(browser, `${sandbox.url}/pages?lang=de`);
  const signIn = async () => {
    await tabTo(car, "Client");
    await car.keyboard.type("patrol-car-7");
    await tabTo(car, "Geheimnis");
    await car.keyboard.type(secret);
    await car.keyboard.press("Enter");
  };
  await signIn();
  await shows(car.locator(".who"), "Street Patrol, Kontrolle");
  await page.getByRole("button", { name: "Revoke patrol-car-7" }).click();
  await page.getByRole("button", { name: "Yes" }).click();
  await shows(page.locator(".said"), "patrol-car-7 is revoked.");
  await car.reload();
  await signIn();
  await shows(car.locator(".door .problem"), "Client und Geheimnis passen nicht zusammen.");
  await Promise.all([page.context().close(), car.context().close()]);
});

describe("every page", () => {
  test.each([["light", "en", 1400], ["dark", "de", 390]] as const)("%s, %s, %i px: no axe violation, nothing beside the screen", async (colorScheme, lang, width) => {
    const page = await signedIn("op1", { colorScheme, viewport: { width, height: 844 } }, `lang=${lang}&scheme=${colorScheme}`);
    const faults: string[] = [];
    for (const one of ["availability", "sessions", "handheld", "partners", "deliveries"]) {
      await page.evaluate(`location.hash = "#/${one}"`);
      await page.locator(`nav a[href="#/${one}"][aria-current="page"]`).waitFor();
      if (one === "availability") {
        await page.locator(".placeList button").first().click();
        await page.locator(".prices li").first().waitFor();
      }
      if (one === "sessions") await page.locator("a.plate").first().waitFor();
      if (one === "handheld") {
        await page.locator(".device select").selectOption({ label: "Castle Street" });
        await page.locator(".device input").fill("AB10XYZ");
        await page.keyboard.press("Enter");
        await page.locator(".answer.valid").waitFor();
      }
      const { violations } = await new AxeBuilder({ page }).analyze();
      const beside = Number(await page.evaluate("document.documentElement.scrollWidth - innerWidth"));
      faults.push(...violations.map(({ id, nodes }) => `${one}: ${id} at ${nodes.map((node) => node.target.join(" ")).join(", ")}`));
      if (beside > 0) faults.push(`${one}: ${beside} px beside the screen`);
    }
    expect([...faults, ...troublesOf(page)]).toEqual([]);
    await page.context().close();
  });
});
