/** What happens at lanes when things are not ordinary: season tickets, a full car park, somebody who is too late. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POLLING, openBrowser, openPage, shows, troublesOf } from "./browser.ts";
import { answerDialog, findInLogBook, groupFigures, openConsole } from "./console-page.ts";
import { type DemoServer, startDemoServer } from "./demo-server.ts";
import { ticketInHand, virtualPage } from "./virtual-page.ts";

let server: DemoServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startDemoServer(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.end();
});

const park = async (facility: string) => virtualPage(await openPage(browser, `${server.url}/virtual/?facility=${facility}`));
const close = async (...pages: readonly Page[]): Promise<void> => {
  for (const page of pages) {
    expect(troublesOf(page)).toEqual([]);
    await page.context().close();
  }
};

describe("a season ticket", () => {
  test("sold at the office, its card enters and leaves free of charge; another car park refuses it", async () => {
    const till = await openConsole(browser, server.url, "attendant", "/f/harbour/office");
    await till.getByRole("button", { name: "Open shift …" }).click();
    await answerDialog(till, "Open shift", { "Float in the till": "100.00" }, "Open shift");
    const office = await openConsole(browser, server.url, "attendant", "/seasons");
    await office.getByRole("button", { name: "Sell a season ticket" }).click();
    await answerDialog(office, "Sell a season ticket", {
      "Car park": "harbour", "Months": "3", "Name": "Ada Lovelace", "Address": "1 Analytical Row", "Telephone": "+61 2 5550 1234",
    }, "Sell a season ticket");
    const details = office.getByRole("region", { name: /^Season ticket / });
    await shows(details, "Ada Lovelace");
    await shows(details, /Valid until\s*23\/02\/2027/);

    const harbour = await park("harbour");
    await shows(harbour.board("Quay entry"), /\S/);
    await harbour.button("New car with season card").click();
    await harbour.button("Insert the card").click();
    await harbour.button("Take the card").click();
    await shows(harbour.board("Quay entry"), "Please drive in");
    await harbour.button("Drive in").click();
    const live = await openConsole(browser, server.url, "attendant", "/f/harbour");
    await expect.poll(async () => (await groupFigures(live, "Season tickets")).inside, POLLING).toBe(1);
    await harbour.fast(60, () => harbour.button("Drive to the exit").waitFor());
    await harbour.button("Drive to the exit").click();
    await shows(harbour.board("Quay exit"), "Insert Ticket");
    await harbour.button("Insert the card").click();
    await harbour.button("Take the card").click();
    await shows(harbour.board("Quay exit"), "Goodbye");
    await harbour.button("Drive out").click();
    await expect.poll(async () => (await groupFigures(live, "Season tickets")).inside, POLLING).toBe(0);

    const station = await park("station");
    await shows(station.board("North entry"), /\S/);
    await station.button("New car with a foreign card").click();
    await station.button("Insert the card").click();
    await shows(station.board("North entry"), /Card is for\s*another\s*car park/);
    await station.button("Take the card").click();
    await findInLogBook(live, server.url, "entry refused", /Station.*North entry: entry refused/);
    await close(office, live, harbour.page, station.page);
  });
});

describe("a full car park", () => {
  test("two cars wait; the space that comes free is offered to the first, and to the second when it backs out", async () => {
    const live = await openConsole(browser, server.url, "manager", "/f/university");
    const { capacity } = await groupFigures(live, "Tickets");
    const campus = await park("university");
    await shows(campus.board("College entry"), /\S/);

    // One car is inside; the rest of the spaces are taken by a count that staff corrected.
    await campus.page.getByRole("button", { name: "New car at College entry" }).click();
    await campus.button("Press the button").click();
    await campus.button("Take the ticket").click();
    await campus.button("Drive in").click();
    await expect.poll(async () => (await groupFigures(live, "Tickets")).inside, POLLING).toBe(1);
    await campus.fast(60, () => campus.button(/^Walk to/).first().waitFor());
    await live.getByRole("button", { name: "Correct the count of Tickets" }).click();
    await answerDialog(live, "Correct the count of Tickets", { "Vehicles really there": String(capacity), "Reason": "Counted on foot" }, "Correct");
    await expect.poll(async () => (await groupFigures(live, "Tickets")).free, POLLING).toBe(0);

    await campus.page.getByRole("button", { name: "New car at College entry" }).click();
    await campus.button("Press the button").click();
    await shows(campus.board("College entry"), "Full");
    const first = await campus.chosenPlate();
    await campus.page.getByRole("button", { name: "New car at Library entry" }).click();
    await campus.button("Press the button").click();
    await shows(campus.board("Library entry"), "Full");
    const second = await campus.chosenPlate();
    await shows(campus.sign, "Car Park Full");
    await shows(live.getByRole("region", { name: "Waiting order" }), /College entry.*Library entry/);

    // One space comes free: staff correct the count by one.
    await live.getByRole("button", { name: "Correct the count of Tickets" }).click();
    await answerDialog(live, "Correct the count of Tickets", { "Vehicles really there": String(capacity - 1), "Reason": "A car was towed away" }, "Correct");
    await shows(campus.board("College entry"), "Press Button");
    await shows(campus.board("Library entry"), "Full");
    await campus.choose(first);
    await campus.button("Back out").click();
    await shows(campus.board("Library entry"), "Press Button");
    await campus.choose(second);
    await campus.button("Press the button").click();
    await campus.button("Take the ticket").click();
    await shows(campus.board("Library entry"), "Please drive in");
    await findInLogBook(live, server.url, "Counted on foot", /University.*Counted on foot.*manager/);
    await close(live, campus.page);
  });
});

describe("a driver who is fifteen minutes over", () => {
  test("is refused at the exit; the attendant sees the ticket, opens by keyboard with a reason, and the log book has it", async () => {
    const hall = await park("market");
    await shows(hall.board("Market Lane in"), /\S/);
    await hall.page.getByRole("button", { name: "New car at Market Lane in" }).click();
    await hall.button("Press the button").click();
    await hall.button("Take the ticket").click();
    const ticket = await ticketInHand(hall);
    await hall.button("Drive in").click();
    await hall.fast(60, () => hall.button("Walk to the pay station").waitFor());
    await hall.button("Walk to the pay station").click();
    await hall.button("Insert the ticket").click();
    await hall.page.getByRole("button", { name: /^Pay by Visa/ }).click();
    await shows(hall.screen, /[Pp]aid|[Tt]hank|ticket/);
    await hall.button("Take everything out").click();
    await hall.button("Walk back to the car").click();
    await hall.button("Drive to the exit").waitFor();
    const paidAt = await clockMinutes(hall.page);
    await hall.fast(600, () => expect.poll(async () => (await clockMinutes(hall.page)) - paidAt, POLLING).toBeGreaterThan(16));
    await hall.button("Drive to the exit").click();
    await shows(hall.board("Market Lane out"), "Insert Ticket");
    await hall.button("Insert the ticket").click();
    await shows(hall.board("Market Lane out"), /Time to leave is over|Calling attendant/);

    const attendant = await openConsole(browser, server.url, "attendant", "/");
    const { keyboard } = attendant;
    await attendant.getByRole("link", { name: "1 call waiting" }).waitFor();
    await keyboard.press("g");
    await keyboard.press("i");
    const call = attendant.getByRole("region", { name: "Market Hall: Market Lane out" });
    await shows(call, ticket.number);
    await shows(call, "More than the time to leave since payment");
    await keyboard.press("a");
    await shows(call, "answered by attendant");
    await keyboard.press("Control+Enter");
    const dialog = attendant.getByRole("dialog", { name: /^Open Market Hall, Market Lane out/ });
    await dialog.waitFor();
    await keyboard.press("Enter");
    await shows(dialog, "Please fill this in");
    await keyboard.type("Was held up by the lift");
    await keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    await shows(hall.board("Market Lane out"), "Goodbye");
    await hall.button("Drive out").click();
    await hall.page.getByText("Your car has left.").waitFor();
    await findInLogBook(attendant, server.url, "held up by the lift", /Market Hall.*attendant: Was held up by the lift.*attendant/);
    await close(hall.page, attendant);
  });
});

/** The minute of the day on the page's clock. */
async function clockMinutes(page: Page): Promise<number> {
  const [hours, minutes] = (await page.locator(".clockFace strong").innerText()).split(":").map(Number);
  return hours! * 60 + minutes!;
}
