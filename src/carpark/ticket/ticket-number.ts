/**
 * Ticket numbers: facility (2 digits), running number (7), check digits (2, ISO 7064 MOD 97-10), so a
 * typing error is noticed and a number can't be mistaken for one of another car park. Eleven digits: too short to
 * be a card number.
 */
import { assert } from "../../kernel/assert.ts";
import type { Instant } from "../../kernel/instant.ts";
import { type Result, err, ok } from "../../kernel/result.ts";
import type { Zone } from "../../kernel/zone.ts";
import type { TicketNumber } from "./ticket.ts";

export function ticketNumberOf(facilityNumber: number, running: number): TicketNumber {
  assert(facilityNumber >= 1 && facilityNumber <= 99, "facility number 1 to 99");
  assert(running >= 1 && running <= 9_999_999, "running ticket number 1 to 9999999");
  const body = String(facilityNumber).padStart(2, "0") + String(running).padStart(7, "0");
  return (body + checkDigits(body)) as TicketNumber;
}

/** Accepts blanks and hyphens as typed by people: "01-0000421-73". */
export function parseTicketNumber(text: string): Result<TicketNumber, { readonly type: "notATicketNumber"; readonly text: string }> {
  const digits = text.replace(/[\s-]/g, "");
  const valid = /^\d{11}$/.test(digits) && checkDigits(digits.slice(0, 9)) === digits.slice(9);
  return valid ? ok(digits as TicketNumber) : err({ type: "notATicketNumber", text: text.slice(0, 40) });
}

export const facilityNumberOf = (number: TicketNumber): number => Number(number.slice(0, 2));

/** Anything that is no ticket number stays as it is. */
export const groupedTicketNumber = (number: string): string => !/^\d{11}$/.test(number) ? number : `${number.slice(0, 2)}-${number.slice(2, 9)}-${number.slice(9)}`;

function checkDigits(body: string): string {
  let rest = 0;
  for (const digit of body + "00") rest = (rest * 10 + Number(digit)) % 97;
  return String(98 - rest).padStart(2, "0");
}

const two = (n: number): string => String(n).padStart(2, "0");

/** dd/mm/yyyy in facility time, as printed and as in the bar code (seed 002). */
export function ticketDateText(at: Instant, zone: Zone): string {
  const wall = zone.wallOf(at);
  return `${two(wall.day)}/${two(wall.month)}/${wall.year}`;
}

/** hh/mm/ss in facility time, as printed and as in the bar code (seed 002). */
export function ticketTimeText(at: Instant, zone: Zone): string {
  const wall = zone.wallOf(at);
  return `${two(wall.hour)}/${two(wall.minute)}/${two(wall.second)}`;
}
