/**
 * Typed access to untrusted JSON that notes every deviation with its path instead of throwing. `null` is
 * absent. A value that cannot be read is noted as refused and comes back as undefined: callers never put a
 * default in its place.
 */
import type { Finding, FindingCode, Severity } from "../finding.ts";
import { decimalDigits, decimalText, type Scaled, scaledOfMajor } from "../scaled.ts";
import { type Tax, TAX_RATE_DIGITS } from "../tax.ts";
import { readInstant, readIsoDuration, readTimeOfDay } from "./duration.ts";

export type Json = { readonly [key: string]: unknown };
export type Place = { readonly json: Json; readonly path: string };

export const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export class Reader {
  readonly findings: Finding[] = [];

  note(severity: Severity, code: FindingCode, path: string, message: string, fix: string): void {
    this.findings.push({ severity, code, path, message, fix });
  }

  refuse(code: FindingCode, path: string, message: string, fix: string): undefined {
    this.note("refused", code, path, message, fix);
  }

  tolerate(path: string, message: string, fix: string): void {
    this.note("warning", "spellingTolerated", path, message, fix);
  }

  /** The member and its path, or undefined when absent or null. */
  member(at: Place, ...names: readonly string[]): { readonly value: unknown; readonly path: string } | undefined {
    for (const name of names) {
      const value = at.json[name];
      if (value === undefined || value === null) continue;
      if (value === "") {
        this.tolerate(`${at.path}.${name}`, `${name} is empty; read as absent.`, "Leave it out.");
        continue;
      }
      if (name !== names[0]) this.tolerate(`${at.path}.${name}`,
        `${name} is not the standard's spelling.`, `Write ${names[0]}.`);
      return { value, path: `${at.path}.${name}` };
    }
    return undefined;
  }

  text(at: Place, name: string): string | undefined {
    const found = this.member(at, name);
    if (!found) return undefined;
    if (typeof found.value === "string" && found.value.trim() !== "") return found.value.trim();
    return this.refuse("unknownValue", found.path, `${name} is not text.`, `Write ${name} as text.`);
  }

  flag(at: Place, name: string): boolean | undefined {
    const found = this.member(at, name);
    if (!found) return undefined;
    if (typeof found.value === "boolean") return found.value;
    if (found.value === "true" || found.value === "false") {
      this.tolerate(found.path, `${name} is text.`, "Write true or false without quotes.");
      return found.value === "true";
    }
    return this.refuse("unknownValue", found.path,
      `${name} is neither true nor false.`, "Write true or false.");
  }

  integer(at: Place, name: string): number | undefined {
    const found = this.member(at, name);
    if (!found) return undefined;
    const value = typeof found.value === "string" && /^\d+$/.test(found.value) ? Number(found.value) : found.value;
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
    return this.refuse("notANumber", found.path,
      `${name} is not a whole number.`, `Write ${name} as a whole number.`);
  }

  oneOf<T extends string>(at: Place, name: string, allowed: readonly T[]): T | undefined {
    const text = this.text(at, name);
    if (text === undefined) return undefined;
    const exact = allowed.find((value) => value === text);
    if (exact !== undefined) return exact;
    const path = `${at.path}.${name}`;
    const folded = allowed.find((value) => value.toLowerCase() === text.toLowerCase().replace(/[\s_-]/g, ""));
    if (folded !== undefined) {
      this.tolerate(path, `${JSON.stringify(text)} is read as ${folded}.`, `Write ${folded}.`);
      return folded;
    }
    return this.refuse("unknownValue", path,
      `${JSON.stringify(text)} is no ${name}.`, `Use one of ${allowed.join(", ")}.`);
  }

  isoDuration(at: Place, name: string): number | undefined {
    const found = this.member(at, name);
    if (!found) return undefined;
    if (typeof found.value === "number") {
      return this.refuse("notADuration", found.path,
        `${name} ${found.value} is a bare number: seconds to some authors, minutes to others.`,
          "Write it as PT15M or PT1H.");
    }
    if (typeof found.value !== "string") {
      return this.refuse("notADuration", found.path, `${name} is no duration.`, "Write it as PT15M or PT1H.");
    }
    const read = readIsoDuration(found.value.trim());
    switch (read.type) {
      case "calendar":
        return this.refuse("calendarDuration", found.path,
          `${found.value} counts months or years, which have no fixed length (P15M is fifteen months).`,
          "Write minutes as PT15M, days as P1D.");
      case "unreadable":
        return this.refuse("notADuration", found.path,
          `${JSON.stringify(found.value)} is no ISO 8601 duration.`,
          "Write it as PT15M, PT1H or P1D.");
      case "duration":
        if (read.tolerated) this.tolerate(found.path, read.tolerated, "Write an ISO 8601 duration, PT3600S.");
        if (read.ms > 0) return read.ms;
        if (name === "incrementPeriod") {
          return this.refuse("notADuration", found.path, "The increment has no length.", "Give it one, PT15M.");
        }
        // The standard requires minTime and maxTime, so authors without either write zero.
        this.note(name === "maxTime" ? "guess" : "warning", "spellingTolerated", found.path,
          `${name} of zero is read as none.`, "Leave it out.");
        return undefined;
    }
  }

  instant(at: Place, name: string): number | undefined {
    const found = this.member(at, name);
    if (!found) return undefined;
    const instant = typeof found.value === "string" ? readInstant(found.value) : undefined;
    if (instant !== undefined) return instant;
    return this.refuse("notAnInstant", found.path, `${JSON.stringify(found.value)} is no instant.`,
      "Write UTC as 2026-01-01T00:00:00Z.");
  }

  timeOfDay(at: Place, name: string): number | undefined {
    const found = this.member(at, name);
    if (!found) return undefined;
    const ms = typeof found.value === "string" ? readTimeOfDay(found.value) : undefined;
    if (ms !== undefined) return ms;
    return this.refuse("notATime", found.path,
      `${JSON.stringify(found.value)} is no time of day.`, "Write it as 08:00.");
  }

  /** An amount in decimal major units: a number, decimal text, or {currencyType, currencyValue}. */
  amount(at: Place, name: string, currency: string): Scaled | undefined {
    const found = this.member(at, name);
    if (!found) return undefined;
    if (isJson(found.value)) return this.amountInCurrency({ json: found.value, path: found.path }, currency);
    return this.scaled(found.value, found.path, currency);
  }

  private amountInCurrency(at: Place, currency: string): Scaled | undefined {
    const type = this.text(at, "currencyType");
    if (type !== undefined && type.toUpperCase() !== currency) {
      return this.refuse("mixedCurrency",
        `${at.path}.currencyType`, `${type} in a price list in ${currency}.`,
        "Use one currency in the whole table.");
    }
    const value = this.member(at, "currencyValue");
    if (value) return this.scaled(value.value, value.path, currency);
    return this.refuse("missing",
      `${at.path}.currencyValue`, "The amount is missing.", "Give currencyValue.");
  }

  private scaled(value: unknown, path: string, currency: string): Scaled | undefined {
    if (typeof value === "string") this.tolerate(path,
      "The amount is text.", "Write the amount as a number.");
    const text = typeof value === "number" ? decimalText(value) : typeof value === "string" ? value.trim()
      : undefined;
    if (text === undefined || !/^-?\d+(\.\d*)?$/.test(text)) {
      return this.refuse("notANumber", path,
        `${JSON.stringify(value)} is no amount.`, "Write decimal major units, 3.70.");
    }
    if (text.startsWith("-") && Number(text) !== 0) {
      return this.refuse("negativeValue", path,
        `${text} is negative.`, "Prices are 0 or more; use a discount.");
    }
    const scaled = scaledOfMajor(text, currency);
    if (scaled !== undefined) return scaled;
    // 12.280000000000001 is what adding up in floats leaves of 12.28.
    const cleaned = typeof value === "number"
      ? scaledOfMajor(decimalText(Number(value.toPrecision(12))) ?? "", currency) : undefined;
    if (cleaned !== undefined) {
      this.tolerate(path,
        `${text} is read as ${Number(Number(text).toPrecision(12))}.`, "Round amounts before writing them.");
      return cleaned;
    }
    return this.refuse("valueTooFine", path, `${text} is finer than the engine's scale or too large.`,
      "Use at most four decimals beyond the minor unit.");
  }

  /** `taxIncluded`, `taxRate`, `taxValue` of a collection or of `rateLineTax`. */
  tax(at: Place, currency: string): Tax {
    const included = this.flag(at, "taxIncluded") ?? true;
    const value = this.amount(at, "taxValue", currency);
    const found = this.member(at, "taxRate");
    if (!found) return { included, ...(value === undefined ? {} : { value }) };
    const text = typeof found.value === "number" ? decimalText(found.value) : String(found.value);
    const rate = text === undefined ? undefined : decimalDigits(text, TAX_RATE_DIGITS);
    if (rate === undefined || rate < 0 || rate > 100 * 10 ** TAX_RATE_DIGITS) {
      this.refuse("notANumber", found.path,
        `${String(found.value)} is no percentage.`, "Write 0 to 100, 10 for 10 %.");
      return { included };
    }
    return { included, rate, ...(value === undefined ? {} : { value }) };
  }

  /** The members of a list as places; anything that is no object is refused by its path. */
  list(at: Place, name: string): readonly Place[] {
    const found = this.member(at, name);
    if (!found) return [];
    const items = Array.isArray(found.value) ? found.value : [found.value];
    if (!Array.isArray(found.value)) this.tolerate(found.path,
      `${name} is not a list.`, `Write ${name} as a list.`);
    return items.flatMap((item: unknown, index): Place[] => {
      const path = Array.isArray(found.value) ? `${found.path}[${index}]` : found.path;
      if (isJson(item)) return [{ json: item, path }];
      this.refuse("notATable", path, `An entry of ${name} is no object.`, "Write an object.");
      return [];
    });
  }
}
