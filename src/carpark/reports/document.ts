/**
 * A report as people read it, before it is paper: facts, tables with typed columns, charts. CSV and PDF are
 * printed from the same document, so they cannot disagree.
 */
import type { Instant } from "../../kernel/instant.ts";
import type { Currency } from "../../kernel/money.ts";
import type { Locale } from "../../messages/locale.ts";

/** `minutes` is a duration; `time` an instant in the report's zone; `list` minutes of several things. */
export type ColumnKind = "text" | "count" | "money" | "minutes" | "list" | "time" | "yesNo";

export type Column = { readonly title: string; readonly kind: ColumnKind };

/** Null is unknown or does not apply, never 0. */
export type Cell = string | number | boolean | null | readonly number[];

export type ReportTable = {
  readonly heading: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  readonly totals?: readonly Cell[];
};

/** `steps`: counts that hold until they change, `categories` the times. A null was not known. */
export type ReportChart = {
  readonly heading: string;
  readonly kind: "bars" | "steps";
  readonly categories: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
};

/** What makes a report a letter: whom it is for, what it says of itself, and what stands below its tables. */
export type LetterHead = {
  readonly to: readonly string[];
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly closing: readonly string[];
};

export type ReportDocument = {
  readonly locale: Locale;
  readonly title: string;
  /** The period in words or dates. */
  readonly subtitle: string;
  readonly zone: string;
  readonly currency: Currency;
  readonly printedAt: Instant;
  /** Who publishes it: the City administration's name and address. */
  readonly administration: readonly string[];
  readonly tables: readonly ReportTable[];
  readonly charts: readonly ReportChart[];
  /** What a spreadsheet gets: a single table, often one of those on paper. */
  readonly sheet: ReportTable;
  readonly letter?: LetterHead;
};
