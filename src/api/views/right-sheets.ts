/** Reports on rights as spreadsheets: the rows the pages show, in the reader's language. */
import type { Column, ReportTable } from "../../carpark/reports/document.ts";
import { csvDownload } from "../../carpark/reports/reports.ts";
import type { z } from "zod";
import type { oversoldReport, supersedingReport } from "../contract/right-stays.ts";
import type { Locale } from "../contract/words.ts";
import type { Site } from "../site.ts";
import type { Paper } from "./statement.ts";

type Sheet = Pick<ReportTable, "columns" | "rows">;
const WORDS = {
  facility: { en: "Car park", de: "Parkhaus" }, account: { en: "Account", de: "Konto" }, name: { en: "Name", de: "Name" },
  superseded: { en: "Entered again", de: "Erneut eingefahren" }, stays: { en: "Of stays", de: "Von Parkvorgängen" }, last: { en: "Last", de: "Zuletzt" },
  group: { en: "Group", de: "Gruppe" }, contracts: { en: "Contracts", de: "Verträge" }, spaces: { en: "Spaces", de: "Plätze" },
} as const;
const column = (word: keyof typeof WORDS, kind: Column["kind"], locale: Locale): Column => ({ title: WORDS[word][locale], kind });

export const supersedingSheet = ({ rows }: z.infer<typeof supersedingReport>, locale: Locale): Sheet => ({
  columns: [
    column("facility", "text", locale), column("account", "text", locale), column("name", "text", locale), column("superseded", "count", locale),
    column("stays", "count", locale), column("last", "time", locale),
  ],
  rows: rows.map(({ facility, account, name, superseded, stays, lastAt }) => [facility, account, name, superseded, stays, lastAt]),
});

export const oversoldSheet = ({ rows }: z.infer<typeof oversoldReport>, locale: Locale): Sheet => ({
  columns: [column("facility", "text", locale), column("group", "text", locale), column("contracts", "count", locale), column("spaces", "count", locale)],
  rows: rows.map(({ facility, group, contracts, spaces }) => [facility, group, contracts, spaces]),
});

export function sheetPaper(site: Site, name: string, { columns, rows }: Sheet, locale: Locale): Paper {
  const { zone, currency } = site.city;
  const sheet = { heading: name, columns, rows };
  const body = csvDownload({ locale, title: name, subtitle: "", zone, currency, printedAt: site.now(), administration: [], tables: [sheet], charts: [], sheet });
  return { media: "text/csv; charset=utf-8", body, fileName: `${name}.csv` };
}
