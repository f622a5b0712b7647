/**
 * An ordinary visit in the virtual car park, from entry to exit with coins and change, by mouse and again by
 * keyboard alone; what staff and driver find of it afterwards.
 */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POLLING, openBrowser, openPage, shows, tabTo, troublesOf } from "./browser.ts";
import { findInLogBook, groupFigures, openConsole } from "./console-page.ts";
import { type DemoServer, startDemoServer } from "./demo-server.ts";
import { type VirtualPage, ticketInHand, virtualPage } from "./virtual-page.ts";

type Place = { readonly id: string; readonly name: string; readonly address: string; readonly entry: string; readonly exit: string };
const HARBOUR: Place = { id: "harbour", name: "Harbour", address: "3 Quay Road", entry: "Quay entry", exit: "Quay exit" };
const MARKET: Place = { id: "market", name: "Market Hall", address: "27 Market Lane", entry: "Market Lane in", exit: "Market Lane out" };
/** Monday before ten o'clock; one hour begun. */
const CHARGE = "$2.50";

let server: DemoServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startDemoServer(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.end();
});

type Visit = { readonly ticket: { readonly number: string; readonly date: string; readonly time: string } };

/** `take`: does the one thing that a careful driver does now, which must be what the story expects. */
async function visit(
  place: Place, park: VirtualPage, take: (what: string) => Promise<void>, faster: (until: () => Promise<void>) => Promise<void>,
): Promise<Visit> {
  const staff = await openConsole(browser, server.url, "attendant", `/f/${place.id}`);
  const insideShown = (count: number) => expect.poll(async () => (await groupFigures(staff, "Tickets")).inside, POLLING).toBe(count);
  await shows(park.board(place.entry), "Press Button");
  await take("Press the button");
  await shows(park.board(place.entry), "Take Ticket");
  await take("Take the ticket");
  const ticket = await ticketInHand(park);
  await shows(park.board(place.entry), "Please drive in");
  await take("Drive in");
  await insideShown(1);
  await faster(() => park.button(/^Walk to the pay station/).waitFor());
  await take("Walk to the pay station");
  await take("Insert the ticket");
  await shows(park.screen, CHARGE);
  await take("Insert $2.00");
  await shows(park.screen, /Still to pay\s*\$0\.50/);
  await take("Insert $2.00");
  await shows(park.tray, "$1.50");
  await take("Take everything out");
  await shows(park.carPanel.locator(".paperTicket"), `${ticket.number} ${ticket.date} ${ticket.time} · paid`);
  await take("Walk back to the car");
  await take("Drive to the exit");
  await shows(park.board(place.exit), "Insert Ticket");
  await take("Insert the ticket");
  await shows(park.board(place.exit), "Goodbye");
  await take("Drive out");
  await insideShown(0);
  await park.page.getByText("Your car has left.").waitFor();
  expect(troublesOf(staff)).toEqual([]);
  await staff.context().close();
  return { ticket };
}

async function foundAfterwards(place: Place, { ticket }: Visit): Promise<void> {
  const book = await openConsole(browser, server.url, "manager", "/logbook");
  await findInLogBook(book, server.url, ticket.number, new RegExp(`Vehicle inside: ticket ${ticket.number}`));
  await findInLogBook(book, server.url, ticket.number, new RegExp(`ticket ${ticket.number}: \\${CHARGE} paid in cash, \\$1\\.50 change`));
  await findInLogBook(book, server.url, "no longer inside", place.name);
  expect(troublesOf(book)).toEqual([]);
  await book.context().close();

  const phone = await openPage(browser, `${server.url}/receipt`, { viewport: { width: 390, height: 844 } });
  await phone.getByLabel("Ticket number").fill(ticket.number);
  await phone.getByLabel("Date").fill(ticket.date);
  await phone.getByLabel("Time").fill(ticket.time);
  await phone.getByRole("button").click();
  const receipt = phone.locator("main");
  await shows(receipt, "City of Harbour, Parking Services");
  await shows(receipt, place.address);
  await shows(receipt, "AU 51 824 753 556");
  await shows(receipt.locator(".total"), CHARGE);
  await shows(receipt, "$1.50");
  await phone.context().close();
}

describe("an ordinary visit", () => {
  test("by mouse: ticket, coins, change, exit; count, log book and receipt agree", async () => {
    const page = await openPage(browser, `${server.url}/virtual/?facility=${HARBOUR.id}`);
    const park = virtualPage(page);
    await page.getByRole("button", { name: `New car at ${HARBOUR.entry}` }).click();
    const take = async (what: string) => {
      const next = park.carPanel.locator("button.primary");
      await shows(next, what);
      await next.click();
    };
    const made = await visit(HARBOUR, park, take, (until) => park.fast(60, until));
    expect(troublesOf(page)).toEqual([]);
    await page.context().close();
    await foundAfterwards(HARBOUR, made);
  });

  test("by keyboard alone: the same visit", async () => {
    const page = await openPage(browser, `${server.url}/virtual/?facility=${MARKET.id}`);
    const park = virtualPage(page);
    await shows(park.board(MARKET.entry), /\S/);
    const { keyboard } = page;
    await keyboard.press("n");
    const take = async (what: string) => {
      await shows(park.carPanel.locator("button.primary"), what);
      await keyboard.press("1");
    };
    const made = await visit(MARKET, park, take, async (until) => {
      await tabTo(page, "60×");
      await keyboard.press("Enter");
      await until();
      await keyboard.press("Shift+Tab");
      await keyboard.press("Shift+Tab");
      await keyboard.press("Enter");
      await page.locator(".speeds [aria-pressed=true]", { hasText: /^1×$/ }).waitFor();
    });
    await page.context().close();
    await foundAfterwards(MARKET, made);
  });
});
