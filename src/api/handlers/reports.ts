/** Handlers of reports: data as JSON, or the same as a spreadsheet or on paper. */
import {
  csvDownload, faultsOfMonth, guardVisitsOf, occupancyOf, type PeriodImpossible, type Report, type ReportCity, reconciliationOf, revenueOf,
  pdfDownload, seasonSalesOf, shiftsOf,
} from "../../carpark/reports/reports.ts";
import type { Result } from "../../kernel/result.ts";
import type { recordRoutes } from "../contract/routes-records.ts";
import type { Locale } from "../contract/words.ts";
import { trouble, type Trouble } from "../http/problem.ts";
import type { RouteHandler } from "../http/reply.ts";
import { personOf } from "../views/person.ts";
import type { ReadModelName, Site } from "../site.ts";

type Reports = Pick<typeof recordRoutes, "faultReport" | "guardReport" | "occupancyReport" | "revenueReport" | "seasonReport" | "shiftReport" | "reconciliation">;
type Wanted = { readonly query: { readonly format?: "json" | "csv" | "pdf" | undefined }; readonly locale: Locale };
type Printed = { readonly document: { readonly media: string; readonly body: string | Uint8Array; readonly fileName: string } };

export function reportHandlers(site: Site): { readonly [N in keyof Reports]: RouteHandler<Reports[N]> } {
  const { db } = site.reads;
  return {
    faultReport: async (asked) => answered("faults", await after(site, "faults", () => faultsOfMonth(db, reportCity(site, asked.locale), asked.query, site.now())), asked),
    guardReport: async (asked) => {
      // A security company sees its own guards only, whatever it asks for.
      const own = asked.who?.account.company ?? null;
      const query = { ...asked.query, company: own ?? asked.query.company };
      return answered("guards", await after(site, "guards", () => guardVisitsOf(db, reportCity(site, asked.locale), query, site.now())), asked);
    },
    occupancyReport: async (asked) => answered("occupancy", await after(site, "stays", () => occupancyOf(db, reportCity(site, asked.locale), asked.query, site.now())), asked),
    revenueReport: async (asked) => answered("revenue", await after(site, "payments", () => revenueOf(db, reportCity(site, asked.locale), asked.query, site.now())), asked),
    shiftReport: async (asked) => answered("shifts", await after(site, "payments", () => shiftsOf(db, reportCity(site, asked.locale), asked.query, site.now())), asked),
    reconciliation: async ({ body, locale }) => {
      const made = await after(site, "log-book", () => reconciliationOf(db, reportCity(site, locale), body, site.now()));
      if (made.ok) return { answer: made.value as Mutable<typeof made.value> };
      return made.error.type === "periodImpossible" ? NO_PERIOD
        : { trouble: trouble("bodyNotUnderstood", "The file's first line names no columns `reference` and `amount`.") };
    },
    seasonReport: async (asked) => answered("season-tickets", await after(site, "seasons", () => seasonSalesOf(db, reportCity(site, asked.locale), asked.query, site.now())), asked),
  };
}

const NO_PERIOD = { trouble: trouble("queryNotUnderstood", "The period is no month or no dates, ends before it begins, or is longer than two years.") };

async function after<T>(site: Site, model: ReadModelName, read: () => Promise<T>): Promise<T> {
  await Promise.all([site.reads.caughtUp(model), site.reads.caughtUp("facilities")]);
  return read();
}

async function answered<T>(
  name: string, made: Result<Report<T>, PeriodImpossible>, asked: Wanted,
): Promise<{ readonly answer: Mutable<T> } | Printed | { readonly trouble: Trouble }> {
  if (!made.ok) return NO_PERIOD;
  const { data, document } = made.value;
  switch (asked.query.format ?? "json") {
    // Reports are plain data; the contract's types only say so without `readonly`.
    case "json": return { answer: data as Mutable<T> };
    case "csv": return { document: { media: "text/csv; charset=utf-8", body: csvDownload(document(asked.locale)), fileName: `${name}.csv` } };
    case "pdf": return { document: { media: "application/pdf", body: await pdfDownload(document(asked.locale)), fileName: `${name}.pdf` } };
  }
}

type Mutable<T> = T extends readonly (infer U)[] ? Mutable<U>[] : T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;

function reportCity(site: Site, locale: Locale): ReportCity {
  const { administration, zone, currency } = site.city;
  const { maintenance, companies } = site.operator.state;
  const levelOf = (organisation: "maintenance" | "directLabour") => {
    const level = maintenance.get(organisation)?.serviceLevel;
    return level ? { ...level, hours: level.hours && { ...level.hours } } : null;
  };
  return {
    zone, currency, administration: [administration.name, administration.address],
    levels: { maintenance: levelOf("maintenance"), directLabour: levelOf("directLabour") },
    companies: new Map([...companies.values()].map(({ id, name }) => [id, name])), person: personOf(site.logins, locale),
  };
}
