/** The virtual car park as its visitors see it: displays in the drawing, buttons of the car, the pay station. */
import type { Locator, Page } from "playwright-core";
import { shows } from "./browser.ts";

export type VirtualPage = {
  readonly page: Page;
  /** The words on the pillar of the lane with this name. */
  board(lane: string): Locator;
  readonly sign: Locator;
  readonly screen: Locator;
  readonly tray: Locator;
  readonly carPanel: Locator;
  button(name: string | RegExp): Locator;
  /** Of the car whose buttons are shown. */
  chosenPlate(): Promise<string>;
  choose(plate: string): Promise<void>;
  speed(times: 1 | 10 | 60 | 600): Promise<void>;
  /** Runs the clock fast until what is waited for has come, then at the pace of life again. */
  fast(times: 10 | 60 | 600, until: () => Promise<void>): Promise<void>;
};

export function virtualPage(page: Page): VirtualPage {
  const carPanel = page.getByRole("region", { name: "What can be done now" });
  const speed = async (times: number): Promise<void> => {
    const button = page.getByRole("group", { name: "Speed" }).getByRole("button", { name: `${times}×` });
    await button.click();
    await page.locator(".speeds [aria-pressed=true]", { hasText: new RegExp(`^${times}×$`) }).waitFor();
  };
  return {
    page, carPanel, speed,
    board: (lane) => page.locator("g.lane", { hasText: lane }).locator(".boardText"),
    sign: page.locator(".sign"),
    screen: page.locator(".lcdScreen"),
    tray: page.locator(".machine .opening", { hasText: "Return tray" }),
    button: (name) => carPanel.getByRole("button", { name }),
    async chosenPlate() {
      const heading = await carPanel.getByRole("heading", { level: 2 }).innerText();
      return heading.replace("Your car", "").trim();
    },
    async choose(plate) {
      await page.getByRole("button", { name: `Your car ${plate}` }).click();
      await shows(carPanel.getByRole("heading", { level: 2 }), plate);
    },
    async fast(times, until) {
      await speed(times);
      await until();
      await speed(1);
    },
  };
}

/** Number, date and time as printed on the ticket in the driver's hand. */
export async function ticketInHand({ carPanel }: VirtualPage): Promise<{ readonly number: string; readonly date: string; readonly time: string }> {
  const paper = carPanel.locator(".paperTicket");
  await shows(paper, /Ticket \d{11}/);
  const text = await paper.innerText();
  const found = /(\d{11})\s+(\d{2}\/\d{2}\/\d{4})\s+(\d{2}\/\d{2}\/\d{2})/.exec(text);
  if (!found) throw new Error(`no number, date and time on the ticket: ${text}`);
  return { number: found[1]!, date: found[2]!, time: found[3]! };
}
