/**
 * The bar code of a ticket (seed 002): number, date dd/mm/yyyy and time hh/mm/ss of entry, as Code 128.
 *
 *   07000000104;02/03/2026;11/00/00
 */
import bwipjs from "bwip-js";
import type { Instant } from "../kernel/instant.ts";
import type { Zone } from "../kernel/zone.ts";
import { ticketDateText, ticketTimeText } from "../carpark/ticket/ticket-number.ts";
import type { TicketNumber, TicketRead } from "../carpark/ticket/ticket.ts";

export const barcodeTextOf = (number: TicketNumber, issuedAt: Instant, zone: Zone): string =>
  `${number};${ticketDateText(issuedAt, zone)};${ticketTimeText(issuedAt, zone)}`;

/** What a scanner read; anything but the three parts in their shape is unreadable. */
export function ticketReadOf(scanned: string): TicketRead {
  const match = /^(\d{11});(\d{2}\/\d{2}\/\d{4});(\d{2}\/\d{2}\/\d{2})$/.exec(scanned.trim());
  const [, number, date, time] = match ?? [];
  return number && date && time ? { readable: true, number, date, time } : { readable: false };
}

export type BarcodePicture = { readonly width: number; readonly height: number; readonly path: string };

/** Bars as one path in module units; `height` is the height of the bars. */
export function code128(content: string): BarcodePicture {
  const svg = bwipjs.toSVG({ bcid: "code128", text: content, scale: 1, height: 15, paddingwidth: 10 });
  const box = /viewBox="0 0 (\d+) (\d+)"/.exec(svg);
  const strokes = [...svg.matchAll(/<path stroke="#000000" stroke-width="(\d+)" d="([^"]*)"/g)];
  const path = strokes.map(([, width, d]) => barsOf(d ?? "", Number(width))).join("");
  return { width: Number(box?.[1] ?? 0), height: Number(box?.[2] ?? 0), path };
}

/** Strokes of a given width as closed bars, so that one fill draws them all. */
const barsOf = (d: string, width: number): string =>
  d.replace(/M([\d.]+) ([\d.]+)L[\d.]+ ([\d.]+)/g, (_, x: string, from: string, to: string) =>
    `M${Number(x) - width / 2} ${from}h${width}V${to}h${-width}Z`);
