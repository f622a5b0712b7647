/**
 * The parking ticket as a picture, 80 mm wide: bar code, and the same number, date and time for people. After
 * payment the machine prints date and time of payment below.
 */
import type { Instant } from "../kernel/instant.ts";
import type { Zone } from "../kernel/zone.ts";
import { groupedTicketNumber, ticketDateText, ticketTimeText } from "../carpark/ticket/ticket-number.ts";
import type { TicketNumber } from "../carpark/ticket/ticket.ts";
import { barcodeTextOf, code128 } from "./barcode.ts";
import { xml } from "./paper.ts";
import type { DocumentWords } from "./words.ts";

export type TicketPaper = {
  readonly number: TicketNumber;
  readonly issuedAt: Instant;
  readonly zone: Zone;
  readonly facilityName: string;
  readonly address: string;
  readonly replaces: TicketNumber | null;
  readonly paid: { readonly at: Instant; readonly leaveBy: Instant } | null;
};

const WIDTH = 800, MARGIN = 40;

export function ticketSvg(paper: TicketPaper, words: DocumentWords): string {
  const { number, issuedAt, zone, paid, replaces } = paper;
  const stamp = (at: Instant): string => `${ticketDateText(at, zone)}  ${ticketTimeText(at, zone)}`;
  const lines: [string, number, string?][] = [
    [paper.facilityName, 44, "bold"], [paper.address, 26], [words.ticket, 32],
  ];
  const below: [string, number, string?][] = [
    [groupedTicketNumber(number), 44, "bold"],
    [`${words.date} ${ticketDateText(issuedAt, zone)}   ${words.time} ${ticketTimeText(issuedAt, zone)}`, 32],
    ...(replaces === null ? [] : [[`${words.replacement} ${groupedTicketNumber(replaces)}`, 26] as [string, number]]),
    ...(paid === null ? [] : [[`${words.paid} ${stamp(paid.at)}`, 32, "bold"] as [string, number, string], [`${words.leaveBy} ${stamp(paid.leaveBy)}`, 32] as [string, number]]),
    [words.keep, 24],
  ];
  const bars = code128(barcodeTextOf(number, issuedAt, zone));
  const scale = (WIDTH - 2 * MARGIN) / bars.width;
  let y = MARGIN;
  const put = ([content, size, weight]: [string, number, string?]): string => {
    y += size;
    const line = `<text x="${WIDTH / 2}" y="${y}" font-size="${size}"${weight ? ` font-weight="${weight}"` : ""}>${xml(content)}</text>`;
    y += 12;
    return line;
  };
  const top = lines.map(put).join("");
  const code = `<path transform="translate(${MARGIN} ${y}) scale(${round(scale)} 3)" d="${bars.path}"/>`;
  y += bars.height * 3 + 12;
  const bottom = below.map(put).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${WIDTH} ${y + MARGIN}" width="80mm" height="${round((y + MARGIN) / 10)}mm">` +
    `<title>${xml(`${words.ticket} ${number}`)}</title><rect width="100%" height="100%" fill="#fff"/>` +
    `<g font-family="monospace" text-anchor="middle" fill="#000">${top}${code}${bottom}</g></svg>`;
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
