/** My parking on a phone: signing in, booking, plates, own data; an invitation becomes a login; nobody else's data. */
import { AxeBuilder } from "@axe-core/playwright";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POLLING, openPage, shows, troublesOf } from "./browser.ts";
import { answerDialog, openConsole } from "./console-page.ts";
import { type DemoCity, startDemoCity } from "./demo-city.ts";

let city: DemoCity;
beforeAll(async () => { city = await startDemoCity(); });
afterAll(async () => { await city?.stop(); });

const PHONE = { viewport: { width: 390, height: 844 } };
const HOLDER = "Quayside Brewing";

async function signIn(options: BrowserContextOptions = PHONE): Promise<Page> {
  const page = await openPage(city.browser, `${city.base}/my`, options);
  await page.getByRole("button", { name: HOLDER }).click();
  await page.locator("nav.pages").waitFor();
  await page.locator("main h1").first().waitFor();
  return page;
}

async function faultsOf(page: Page, name: string): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const beside = Number(await page.evaluate("document.documentElement.scrollWidth - innerWidth"));
  return [
    ...violations.map(({ id, nodes }) => `${name}: ${id} at ${nodes.map((node) => node.target.join(" ")).join(", ")}`),
    ...(beside > 0 ? [`${name}: ${beside} px beside the screen`] : []), ...troublesOf(page),
  ];
}

describe("every page", () => {
  test.each([
    { colorScheme: "light", locale: "en", width: 390 }, { colorScheme: "dark", locale: "de", width: 390 },
    { colorScheme: "dark", locale: "en", width: 1400 }, { colorScheme: "light", locale: "de", width: 1400 },
  ] as const)("$colorScheme, $locale, $width px: no axe violation, nothing beside the screen", async ({ colorScheme, locale, width }) => {
    const look = { colorScheme, locale, viewport: { width, height: 844 } };
    const faults: string[] = [];
    const stranger = await openPage(city.browser, `${city.base}/my`, look);
    await stranger.getByRole("button", { name: HOLDER }).waitFor();
    faults.push(...await faultsOf(stranger, "login"));
    await stranger.context().close();
    const page = await signIn(look);
    for (const name of ["now", "book", "cars", "stays", "statements", "data"]) {
      await page.goto(`${city.base}/my#${name}`);
      await page.locator("main h1").first().waitFor();
      await page.locator("main [role=status]", { hasText: "…" }).first().waitFor({ state: "detached" });
      faults.push(...await faultsOf(page, name));
    }
    await page.context().close();
    expect(faults).toEqual([]);
  });
});

test("a space is booked; an impossible one is refused with its reason, and nothing typed is lost; the booking is cancelled", async () => {
  const page = await signIn();
  await page.getByRole("link", { name: "Book" }).click();
  const form = page.getByRole("form", { name: "Book a space" });
  await form.getByLabel("From").fill("2026-12-01T10:00");
  await form.getByLabel("Until").fill("2026-12-01T08:00");
  await form.getByRole("button", { name: "Book" }).press("Enter");
  await form.getByRole("alert").waitFor();
  expect(await form.getByLabel("From").inputValue()).toBe("2026-12-01T10:00");
  await form.getByLabel("Until").fill("2026-12-01T12:00");
  await form.getByRole("button", { name: "Book" }).press("Enter");
  await shows(form.getByRole("status"), "Booked.");
  const booking = page.locator("li.card", { hasText: "01/12/2026 10:00 to 01/12/2026 12:00" });
  await booking.getByRole("button", { name: "Cancel booking" }).press("Enter");
  await booking.waitFor({ state: "detached" });
  expect(troublesOf(page)).toEqual([]);
  await page.context().close();
});

test("a plate is added and removed by its holder, and everything can be taken along", async () => {
  const page = await signIn();
  await page.getByRole("link", { name: "Cars" }).click();
  const first = page.locator("main ul.cards > li").first();
  await first.locator("summary").click();
  await first.getByLabel("Number plate").fill("MY 42 CAR");
  await first.getByRole("button", { name: "Add a plate" }).press("Enter");
  await shows(first, "Plate added.");
  await first.getByRole("button", { name: /^Remove MY ?42/ }).press("Enter");
  await first.getByRole("button", { name: "Remove", exact: true }).press("Enter");
  await expect.poll(() => first.getByText(/MY ?42/).count(), POLLING).toBe(0);
  await page.getByRole("link", { name: "My data" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download everything as a file" }).click()]);
  expect(download.suggestedFilename()).toBe("my-parking.json");
  await page.context().close();
});

test("an invited holder chooses a password with the code, sees an empty account, and deletes it again", async () => {
  const staff = await openConsole(city.browser, city.base, "manager", "/accounts");
  await staff.getByRole("button", { name: "Open an account …" }).click();
  await answerDialog(staff, "Open an account", { "Kind": "person", "Name": "Noor Haddad", "Address": "3 Hill St, Sydney", "E-mail (optional)": "noor@home.example" }, "Open an account");
  await staff.getByRole("button", { name: "Invite …" }).click();
  await answerDialog(staff, "Invite to My parking", {}, "Invite");
  const code = /shown once: (\S+)/.exec(await staff.getByText(/shown once: /).innerText())?.[1] ?? "";
  await staff.context().close();

  const page = await openPage(city.browser, `${city.base}/my/activate#${code}`, PHONE);
  await page.getByLabel("New password").fill("a long password of mine");
  await page.getByRole("button", { name: "Save and sign in" }).press("Enter");
  await shows(page.locator("main"), "No car of yours is inside.");
  expect(page.url()).toBe(`${city.base}/my`);
  await page.getByRole("link", { name: "My data" }).click();
  await shows(page.locator("main"), "noor@home.example");
  await page.getByLabel("Your password, to be sure").fill("a wrong password, sorry");
  await page.getByRole("button", { name: "Delete my data now" }).press("Enter");
  await page.getByRole("form", { name: "Delete my data" }).getByRole("alert").waitFor();
  await page.getByLabel("Your password, to be sure").fill("a long password of mine");
  await page.getByRole("button", { name: "Delete my data now" }).press("Enter");
  await page.getByRole("heading", { name: "Your data is deleted" }).waitFor();
  await page.goto(`${city.base}/my`);
  await page.getByRole("heading", { name: "Sign in", exact: true }).waitFor();
  await page.context().close();
});
