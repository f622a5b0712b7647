/**
 * The monthly statement of an account.
 *
 *   stays whose exit lies before the end of the month and that no statement has billed
 * + one correction for each stay billed before whose amount later facts changed
 * + contract fees of the month
 *
 * Promise: an issued statement never changes; what later facts change is a line of the next. The same month asked
 * for twice gives the same statement.
 */
import { type Instant } from "../../kernel/instant.ts";
import type { Currency, MinorUnits } from "../../kernel/money.ts";
import { type Result, err, ok } from "../../kernel/result.ts";
import type { Interval } from "../../tariff/clock.ts";
import { taxWithin } from "../../tariff/tax.ts";
import { SCALE } from "../../tariff/scaled.ts";
import type { AccountId, Contract, CredentialRef } from "../timeline/facts.ts";
import { RULES_VERSION, type Why } from "../why.ts";
import { type Owed, owedBy } from "./billing.ts";
import { type RightsDeciding, configOf, zoneAt } from "./deciding.ts";
import type { RightsRefusal } from "./refusal.ts";
import type { Account, Rights } from "./state.ts";

export type StatementLine =
  | { readonly type: "stay"; readonly item: string; readonly credential: CredentialRef; readonly from: Instant; readonly to: Instant;
      /** Milliseconds on the tariff clock, and the uncovered time they lie in. */
      readonly chargedMs: number; readonly charged: readonly Interval[]; readonly amountMinor: MinorUnits }
  | { readonly type: "exitWithoutEntry"; readonly item: string; readonly credential: CredentialRef; readonly at: Instant;
      readonly amountMinor: MinorUnits }
  | { readonly type: "correction"; readonly item: string; readonly credential: CredentialRef; readonly original: string;
      readonly billedMinor: MinorUnits; readonly amountMinor: MinorUnits;
      /** Of a fact from before what the desk keeps. */
      readonly why?: Why }
  | { readonly type: "contractFee"; readonly contract: string; readonly amountMinor: MinorUnits };

export type Vat = { readonly ratePercent: string; readonly netMinor: MinorUnits; readonly taxMinor: MinorUnits };
export type Statement = {
  /** Gap-free per issuer and year. */
  readonly number: string;
  readonly year: number;
  readonly account: AccountId;
  /** `2026-03`, in the facility's zone. */
  readonly month: string;
  readonly issuedAt: Instant;
  readonly currency: Currency;
  readonly lines: readonly StatementLine[];
  readonly totalMinor: MinorUnits;
  readonly vat: Vat | null;
  readonly rules: number;
};

export type Month = { readonly from: Instant; readonly until: Instant };

export function monthOf(state: Rights, text: string): Month | null {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text);
  if (!match) return null;
  const zone = zoneAt(state);
  const from = zone.instantOf({ year: Number(match[1]), month: Number(match[2]), day: 1, hour: 0, minute: 0 });
  return { from, until: zone.addMonths(from, 1) };
}

/** Asked again for an issued month it does nothing: the statement is in the state. */
export function issueStatement(d: RightsDeciding, accountId: AccountId, monthText: string): RightsRefusal | null {
  const account = d.state.accounts.get(accountId);
  if (!account) return { type: "accountUnknown", account: accountId };
  const month = monthOf(d.state, monthText);
  if (!month) return { type: "notAMonth", text: monthText };
  if (d.now < month.until) return { type: "monthNotOver", until: month.until };
  if (account.statedMonths.has(monthText)) return null;
  const lines = linesOf(d.state, account, month, d.now);
  if (!lines.ok) return lines.error;
  const config = configOf(d.state);
  const year = zoneAt(d.state).wallOf(d.now).year;
  const serial = (d.state.statementNumbers.get(year) ?? 0) + 1;
  const totalMinor = lines.value.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  d.emit({ type: "StatementIssued", statement: {
    number: `${config.issuer}-${year}-${String(serial).padStart(6, "0")}`, year, account: accountId, month: monthText,
    issuedAt: d.now, currency: config.currency, lines: lines.value, totalMinor,
    vat: vatOf(totalMinor, config.vatRatePercent), rules: RULES_VERSION,
  } });
  return null;
}

export function linesOf(state: Rights, account: Account, month: Month, now: Instant): Result<readonly StatementLine[], RightsRefusal> {
  const owed = owedBy(state, account, now);
  if (!owed.ok) return err({ type: "notPriced", because: owed.error.type });
  const lines: StatementLine[] = account.contracts.flatMap((contract) => feeOf(contract, month));
  for (const one of [...owed.value].sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1))) {
    const billed = account.billed.get(one.id);
    if (billed === undefined) lines.push(...firstLine(one, month));
    else if (billed.amountMinor !== one.amountMinor) {
      lines.push({
        type: "correction", item: one.id, credential: one.credential, original: billed.statement,
        billedMinor: billed.amountMinor, amountMinor: one.amountMinor - billed.amountMinor, ...(one.why ? { why: one.why } : {}),
      });
    }
  }
  return ok(lines);
}

function firstLine(one: Owed, month: Month): readonly StatementLine[] {
  const { id: item, credential, from, to, charged, amountMinor } = one;
  if (to === null || to >= month.until) return [];
  if (one.incident) return [{ type: "exitWithoutEntry", item, credential, at: to, amountMinor }];
  const chargedMs = charged.reduce((sum, interval) => sum + (interval.to - interval.from), 0);
  return [{ type: "stay", item, credential, from, to, chargedMs, charged, amountMinor }];
}

/** The whole fee for every month in which the contract runs at all; a part of a month is not divided. */
function feeOf(contract: Contract, month: Month): readonly StatementLine[] {
  const runs = (contract.from ?? -Infinity) < month.until && (contract.until ?? Infinity) > month.from;
  if (!runs || contract.monthlyFeeMinor === 0) return [];
  return [{ type: "contractFee", contract: contract.id, amountMinor: contract.monthlyFeeMinor }];
}

/** Amounts include the tax; a credit gives it back. */
function vatOf(totalMinor: MinorUnits, ratePercent: string | null): Vat | null {
  if (ratePercent === null) return null;
  const rate = Math.round(Number(ratePercent) * 10_000);
  const tax = Math.sign(totalMinor) * taxWithin(Math.abs(totalMinor) * SCALE, rate);
  return { ratePercent, netMinor: totalMinor - tax, taxMinor: tax === 0 ? 0 : tax };
}
