/**
 * The mock of an operator whose drivers pay when they leave: cars that took a ticket, what they owe by its own rate, and
 * the payments it is told of. In memory; a restart forgets them.
 *
 *   GET /sessions?place&credential_id -> what is due, by plate or ticket     PUT /sessions/{id} -> paid, or 409
 *
 * The amount stands until the next hour begins: asked twice, it answers the same.
 */
import { randomInt, randomUUID } from "node:crypto";
import type { DeskAct, DepartureDesk, ParkedCar } from "./contract.ts";

export type OperatorQuestion = { readonly method: string; readonly path: string; readonly body: string | null };
export type OperatorReply = { readonly status: number; readonly body: object };

export type MockOperatorOptions = {
  readonly place: string; readonly name: string; readonly way: DepartureDesk["way"];
  readonly rate: { readonly hourMinor: number; readonly mostMinor: number };
  readonly now: () => number;
};

type Car = { readonly ticket: string; readonly session: string; readonly plate: string; readonly from: number; validated: boolean; transaction: string | null };

const HOUR_MS = 3_600_000;
/** The oldest go: a sandbox is no car park. */
const CARS_MAX = 100;
const PLATE_CHARS_MAX = 12;
const MINUTES_AGO_MAX = 24 * 60;

export class MockOperator {
  readonly #options: MockOperatorOptions;
  #cars: Car[] = [];
  reachable = true;

  constructor(options: MockOperatorOptions) {
    this.#options = options;
  }

  desk(): DepartureDesk {
    const now = this.#options.now();
    const cars = this.#cars.map((car): ParkedCar => ({
      ticket: car.ticket, session: car.session, plate: car.plate, from: car.from, dueMinor: this.#owed(car, now).minor, validated: car.validated,
      paid: car.transaction !== null,
    }));
    return { place: this.#options.place, way: this.#options.way, reachable: this.reachable, cars };
  }

  /** False: there is no such car. */
  act(act: DeskAct): boolean {
    if (act.type === "setReachable") {
      this.reachable = act.reachable;
      return true;
    }
    if (act.type === "park") {
      const from = this.#options.now() - act.minutesAgo * 60_000;
      const car = { ticket: String(randomInt(10_000_000, 100_000_000)), session: `stay-${randomUUID()}`, plate: act.plate, from, validated: false, transaction: null };
      this.#cars = [...this.#cars, car].slice(-CARS_MAX);
      return true;
    }
    const car = this.#cars.find(({ ticket }) => ticket === act.ticket);
    if (car) car.validated = true;
    return car !== undefined;
  }

  answer({ method, path, body }: OperatorQuestion): OperatorReply {
    const url = new URL(path, "http://operator");
    const id = /^\/sessions\/([^/]+)$/.exec(url.pathname)?.[1];
    if (method === "GET" && url.pathname === "/sessions") return this.#due(url.searchParams);
    if (method === "PUT" && id !== undefined) return this.#paid(decodeURIComponent(id), body ?? "");
    return refused(404, "no such address");
  }

  #due(query: URLSearchParams): OperatorReply {
    const now = this.#options.now();
    const asked = (query.get("credential_id") ?? "").split(",").map(plain);
    const here = query.get("place") === this.#options.place;
    const data = this.#cars.filter((car) => here && car.transaction === null && (asked.includes(car.plate) || asked.includes(car.ticket)))
      .map((car) => this.#session(car, now));
    return { status: 200, body: { meta: { referenceInstant: Math.floor(now / 1_000), offset: 0, pageSize: CARS_MAX, total: data.length }, data } };
  }

  /** Told again, a payment is the same payment. */
  #paid(session: string, body: string): OperatorReply {
    const car = this.#cars.find((one) => one.session === session);
    const payment = paymentIn(body);
    if (!car) return refused(404, "no such stay");
    if (!payment) return refused(400, "no payment in it");
    if (car.transaction === payment.transaction) return { status: 200, body: { status: "ok", code: 200 } };
    if (car.transaction !== null) return refused(409, "paid by another transaction");
    if (payment.minor !== this.#owed(car, payment.at).minor) return refused(409, "not the amount due");
    car.transaction = payment.transaction;
    return { status: 200, body: { status: "ok", code: 200 } };
  }

  #owed({ from, validated }: Car, at: number): { readonly minor: number; readonly until: number } {
    const { hourMinor, mostMinor } = this.#options.rate;
    const hours = Math.floor(Math.max(0, at - from) / HOUR_MS) + 1;
    return { minor: Math.min(mostMinor, Math.max(0, hours - (validated ? 1 : 0)) * hourMinor), until: from + hours * HOUR_MS };
  }

  #session(car: Car, now: number): object {
    const { minor, until } = this.#owed(car, now);
    const actualStart = instant(car.from);
    return {
      id: car.session, version: 1, actualStart, hierarchyElement: { id: this.#options.place, version: 1, className: "Place" },
      identifiedCredentials: [
        { type: "licensePlate", identifier: { id: car.plate, className: "UKNumberPlate" } }, { type: "ticket", identifier: { id: car.ticket, className: "Ticket" } },
      ],
      segments: [{
        id: `${car.session}-1`, version: 1, actualStart, validationType: ["licensePlate"], "x-quoteValidUntil": instant(until),
        financialTransactions: [{ segmentValue: minor / 100, taxIncluded: true, serviceProvider: [{ language: "en", string: this.#options.name }] }],
      }],
    };
  }
}

/** Undefined: nothing that the page could have meant. */
export function deskActOf(value: unknown): DeskAct | undefined {
  const { type, plate, minutesAgo, ticket, reachable } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (type === "setReachable" && typeof reachable === "boolean") return { type, reachable };
  if (type === "validate" && typeof ticket === "string") return { type, ticket };
  const named = typeof plate === "string" ? plain(plate) : "";
  const ago = Number.isFinite(minutesAgo) ? Number(minutesAgo) : -1;
  if (type !== "park" || named === "" || named.length > PLATE_CHARS_MAX || ago < 0 || ago > MINUTES_AGO_MAX) return undefined;
  return { type, plate: named, minutesAgo: ago };
}

const plain = (text: string): string => text.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
const instant = (ms: number): string => new Date(Math.floor(ms / 1_000) * 1_000).toISOString().replace(".000Z", "Z");
const refused = (code: number, message: string): OperatorReply => ({ status: code, body: { status: "error", code, message } });

function paymentIn(body: string): { readonly minor: number; readonly at: number; readonly transaction: string } | undefined {
  try {
    const read = JSON.parse(body) as { readonly segments?: readonly { readonly financialTransactions?: readonly Readonly<Record<string, unknown>>[] }[] };
    const paid = (read.segments ?? []).flatMap((segment) => segment.financialTransactions ?? []).filter((one) => typeof one["dateCollected"] === "string");
    const [first] = paid;
    if (!first) return undefined;
    const minor = paid.reduce((sum, one) => sum + Math.round(Number(one["segmentValue"]) * 100), 0);
    return { minor, at: Date.parse(String(first["dateCollected"])), transaction: String(first["transactionId"]) };
  } catch {
    return undefined;
  }
}
