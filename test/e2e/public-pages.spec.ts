/**
 * Pages that drivers see, and the dialogs that staff act in: readable for everybody in both colour schemes and
 * both languages, on a phone too; and displays that outlive a reload and a restart of the server.
 */
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POLLING, openBrowser, openPage, shows, troublesOf } from "./browser.ts";
import { groupFigures, openConsole } from "./console-page.ts";
import { type DemoServer, startDemoServer } from "./demo-server.ts";
import { virtualPage } from "./virtual-page.ts";

let server: DemoServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startDemoServer(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.end();
});

type Look = { readonly scheme: "light" | "dark"; readonly locale: "en" | "de"; readonly width: number };
const LOOKS: readonly Look[] = [
  { scheme: "light", locale: "en", width: 1360 }, { scheme: "dark", locale: "de", width: 1360 },
  { scheme: "dark", locale: "en", width: 390 }, { scheme: "light", locale: "de", width: 390 },
];
const contextOf = ({ scheme, locale, width }: Look) => ({ colorScheme: scheme, locale, viewport: { width, height: 844 } });

/** Each with what must be there before it is looked at. */
const PUBLIC_PAGES = [
  ["/login", "h1"], ["/virtual/?facility=harbour", ".boardText"], ["/virtual/?facility=stadium", ".boardText"], ["/kiosk/harbour/P1", ".sentence"],
  ["/kiosk/airport-link/P1", ".byPlate input"], ["/pay", "form"],
  ["/kiosk/", ".chooser li"], ["/pillar/harbour/E1", "h1"], ["/pillar/harbour/X1", "h1"], ["/sign/harbour", "h1"], ["/receipt", "h1"],
  ["/receipt?number=123&date=x&time=y", ".problem"], ["/receipt?number=02000000000&date=01/01/2026&time=10/00/00", ".problem"],
] as const;

async function faultsOf(page: Page, name: string): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const beside = Number(await page.evaluate("document.documentElement.scrollWidth - innerWidth"));
  return [
    ...violations.map(({ id, nodes }) => `${name}: ${id} at ${nodes.map((node) => node.target.join(" ")).join(", ")}`),
    ...(beside > 0 ? [`${name}: ${beside} px beside the screen`] : []), ...troublesOf(page),
  ];
}

describe("pages in public view", () => {
  test.each(LOOKS)("$scheme, $locale, $width px: no axe violation, nothing beside the screen", async (look) => {
    const page = await openPage(browser, `${server.url}/login`, contextOf(look));
    const faults: string[] = [];
    for (const [path, ready] of PUBLIC_PAGES) {
      await page.goto(`${server.url}${path}`);
      await page.locator(ready).first().waitFor();
      faults.push(...await faultsOf(page, path));
    }
    await page.context().close();
    expect(faults).toEqual([]);
  });

  test("the virtual car park and the kiosk while somebody pays: no axe violation", async () => {
    const page = await openPage(browser, `${server.url}/virtual/?facility=market`, contextOf(LOOKS[0]!));
    const park = virtualPage(page);
    await shows(park.board("Market Lane in"), /\S/);
    const faults: string[] = [];
    await page.keyboard.press("n");
    for (const step of ["Press the button", "Take the ticket", "Drive in"]) {
      await park.button(step).waitFor();
      faults.push(...await faultsOf(page, `virtual before ${step}`));
      await park.button(step).click();
    }
    await park.fast(60, () => park.button("Walk to the pay station").waitFor());
    await park.button("Walk to the pay station").click();
    await park.button("Insert the ticket").click();
    await shows(park.screen, "Still to pay");
    faults.push(...await faultsOf(page, "virtual while paying"));
    for (const look of LOOKS) {
      const kiosk = await openPage(browser, `${server.url}/kiosk/market/P1`, contextOf(look));
      await kiosk.locator(".amounts").waitFor();
      faults.push(...await faultsOf(kiosk, `kiosk while paying, ${look.scheme} ${look.locale} ${look.width}`));
      await kiosk.context().close();
    }
    await page.context().close();
    expect(faults).toEqual([]);
  });
});

describe("dialogs of the console", () => {
  const DIALOGS: readonly (readonly [path: string, button: string | RegExp])[] = [
    ["/seasons", /^Sell a season ticket/], ["/f/harbour", /^Open Quay exit/], ["/f/harbour", /^Set mode of Quay entry/],
    ["/f/harbour", /^Correct the count of Tickets/], ["/logbook", /^Write a note/], ["/f/harbour", "Find"],
  ];

  test.each([LOOKS[0]!, LOOKS[2]!])("$scheme, $width px: no axe violation, nothing beside the screen", async (look) => {
    const page = await openConsole(browser, server.url, "administrator", "/seasons", contextOf(look));
    const faults: string[] = [];
    for (const [path, button] of DIALOGS) {
      await page.goto(`${server.url}${path}`);
      await page.getByRole("button", { name: button }).first().click();
      await settled(page);
      faults.push(...await faultsOf(page, `${path} ${String(button)}`));
    }
    await page.goto(`${server.url}/`);
    await page.locator("main h1").waitFor();
    await page.keyboard.press("?");
    await settled(page);
    faults.push(...await faultsOf(page, "keys"));
    await page.context().close();
    expect(faults).toEqual([]);
  });

  /** Half transparent words have half the contrast; they are looked at when they have come. */
  async function settled(page: Page): Promise<void> {
    await page.getByRole("dialog").waitFor();
    await expect.poll(() => page.evaluate("document.getAnimations().filter((one) => one.playState === 'running' && one.effect?.getTiming().iterations !== Infinity).length"), POLLING).toBe(0);
  }
});

describe("displays that stand alone", () => {
  test("kiosk and pillar outlive a reload in the middle of a payment, and a restart of the server", async () => {
    const page = await openPage(browser, `${server.url}/virtual/?facility=hospital`);
    const park = virtualPage(page);
    await shows(park.board("Visitors entry"), /\S/);
    const pillar = await openPage(browser, `${server.url}/pillar/hospital/E1?locale=en`);
    await page.keyboard.press("n");
    await shows(pillar.locator("h1"), "Press Button");
    await park.button("Press the button").click();
    await shows(pillar.locator("h1"), "Take Ticket");
    await pillar.reload();
    await shows(pillar.locator("h1"), "Take Ticket");
    await park.button("Take the ticket").click();
    await park.button("Drive in").click();
    const live = await openConsole(browser, server.url, "attendant", "/f/hospital");
    await expect.poll(async () => (await groupFigures(live, "Tickets")).inside, POLLING).toBe(1);
    await park.fast(60, () => park.button("Walk to Main lobby").waitFor());
    await park.button("Walk to Main lobby").click();
    await park.button("Insert the ticket").click();
    const kiosk = await openPage(browser, `${server.url}/kiosk/hospital/P1`);
    await kiosk.getByRole("button", { name: "Insert $1.00" }).click();
    await shows(kiosk.locator(".amounts"), /Inserted\s*\$1\.00/);
    await kiosk.reload();
    await shows(kiosk.locator(".amounts"), /Inserted\s*\$1\.00/);

    await server.stop();
    await kiosk.locator(".overlay", { hasText: "Connection lost" }).waitFor();
    await pillar.locator("#line:not([hidden])").waitFor();
    await shows(live.getByRole("banner"), "No connection, trying again");
    await server.restart();
    await kiosk.locator(".overlay").waitFor({ state: "hidden" });
    await kiosk.locator("main.kiosk:not([inert]) .sentence").waitFor();
    await pillar.locator("#line").waitFor({ state: "hidden" });
    await live.getByRole("status").filter({ hasText: "Live" }).first().waitFor();
    // The stay is as it was: the journal has it, whatever became of the simulated car.
    expect((await groupFigures(live, "Tickets")).inside).toBe(1);
    for (const one of [page, pillar, kiosk, live]) await one.context().close();
  });
});
