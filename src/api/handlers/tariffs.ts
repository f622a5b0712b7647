/** Handlers of tariff versions. Checking and repricing compile what they are given; only publishing keeps it. */
import { setImmediate as pause } from "node:timers/promises";
import type { FacilityHandle, Site } from "../site.ts";
import { tariffVersionAt, type TariffVersion } from "../../carpark/facility/pricing.ts";
import { nextTariffVersion, tariffObstacles } from "../../carpark/facility/tariff-publication.ts";
import { tariffPublications } from "../../carpark/readmodels/tariffs.ts";
import { repriceStays } from "../../carpark/reports/repricing.ts";
import { present } from "../../kernel/assert.ts";
import { addMonthsToDay, parseDate } from "../../kernel/calendar.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import { type Zone, zoneOf } from "../../kernel/zone.ts";
import { type CompiledTariff, compileTariff } from "../../tariff/compile.ts";
import { isDraft, isRefused } from "../../tariff/finding.ts";
import { lintTariff } from "../../tariff/lint.ts";
import { readTariff } from "../../tariff/read-tariff.ts";
import type { Tariff } from "../../tariff/tariff.ts";
import type { Routes } from "../contract/routes.ts";
import type { TariffVersionView } from "../contract/tariffs.ts";
import { trouble } from "../http/problem.ts";
import type { RouteHandler } from "../http/reply.ts";
import { personOf, personOrNull } from "../views/person.ts";
import { carry, eventOf, facilityOf, refusalTrouble } from "./carry.ts";

type TariffRoutes = Pick<Routes, "tariffs" | "publishTariff" | "checkTariff" | "repriceMonth">;

/** Repricings at once in one process: each reads a month of stays. */
const REPRICINGS_MAX = 1;

export function tariffHandlers(site: Site): { readonly [N in keyof TariffRoutes]: RouteHandler<TariffRoutes[N]> } {
  let repricing = 0;
  return {
    tariffs: async ({ params, locale }) => {
      const found = facilityOf(site, params.facility);
      if ("trouble" in found) return found;
      const { facility } = found;
      const { config } = facility.core.state;
      if (!config) return { trouble: refusalTrouble({ type: "facilityNotConfigured" }, "en", facility) };
      await site.reads.caughtUp("log-book");
      const published = new Map((await tariffPublications(site.reads.db, facility.id)).map(({ version, by, ...rest }) =>
        [version, { ...rest, by: personOrNull(personOf(site.logins, locale), by) }]));
      // Read once, after the wait: versions, the next number and the clock belong together.
      const { state } = facility.core;
      const at = site.now();
      const inForce = tariffVersionAt(state, at);
      const rows = state.tariffs.map(({ version, effectiveFrom, tariff }): TariffVersionView => ({
        version, effectiveFrom, tariff, published: published.get(version) ?? null,
        state: version === inForce ? "inForce" : stateOf(version, effectiveFrom, at, state.tariffs),
      }));
      return { answer: { facility: facility.id, zone: config.zone, currency: config.currency, at, next: nextTariffVersion(state), rows } };
    },
    publishTariff: async (asked) => {
      const { version, effectiveFrom, reason } = asked.body;
      // When it applies is told beside it, and its number is the car park's.
      const { effectiveFrom: _own, ...json } = asked.body.tariff;
      // Checked by the decider with `readTariff`, which takes any JSON.
      const tariff = { ...json, version } as unknown as Tariff;
      const done = await carry(site, asked.params.facility, { type: "PublishTariff", tariff: { version, effectiveFrom, tariff }, reason }, asked);
      if ("trouble" in done) return done;
      const published = eventOf(done.carried.events, "TariffPublished").tariff;
      return { answer: { seq: done.carried.seq, at: done.carried.at, version: published.version, effectiveFrom: published.effectiveFrom } };
    },
    checkTariff: ({ params, body }) => {
      const found = facilityOf(site, params.facility);
      if ("trouble" in found) return found;
      const findings = findingsOf(found.facility, body.tariff, site.now());
      return { answer: { refused: isRefused(findings), draft: isDraft(findings), findings: [...findings] } };
    },
    repriceMonth: async (asked) => {
      const found = facilityOf(site, asked.params.facility);
      if ("trouble" in found) return found;
      const { facility } = found;
      const { state } = facility.core;
      const refused = tariffObstacles(state, asked.body.tariff, site.now()).filter(({ severity }) => severity === "refused");
      if (refused.length > 0) return { trouble: refusalTrouble({ type: "tariffRefused", findings: refused }, asked.locale, facility) };
      if (repricing >= REPRICINGS_MAX) return { trouble: trouble("tooBusy", "Another month is being worked out.", { retryAfterSeconds: 3 }) };
      repricing += 1;
      try {
        const zone = zoneIn(facility);
        const { month } = asked.body;
        const period = periodOf(month, zone);
        const compiled = compileTariff(asked.body.tariff as unknown as Tariff, zone);
        if (!compiled.ok) return { trouble: refusalTrouble(compiled.error, asked.locale, facility) };
        await site.reads.caughtUp("stays");
        await site.reads.caughtUp("tickets");
        const sums = await repriceStays(
          { db: site.reads.db, pause: () => pause(), elapsedMs: () => performance.now() }, facility.id, period, versionsOf(state.tariffs, zone), compiled.value,
        );
        const byLength = sums.byLength.map((sum) => ({ ...sum }));
        return { answer: { month, ...period, currency: present(state.config, "configuration").currency, ...sums, byLength } };
      } finally {
        repricing -= 1;
      }
    },
  };
}

/** A planned version is replaced by a higher number with the same start, and then never comes: past. */
function stateOf(version: number, effectiveFrom: Instant, now: Instant, all: readonly DeepReadonly<TariffVersion>[]): "past" | "future" {
  const replaced = all.some((other) => other.effectiveFrom === effectiveFrom && other.version > version);
  return effectiveFrom > now && !replaced ? "future" : "past";
}

function findingsOf(facility: FacilityHandle, json: unknown, now: Instant) {
  const obstacles = tariffObstacles(facility.core.state, json, now);
  const read = readTariff(json);
  const warnings = read.ok ? lintTariff(read.value, zoneIn(facility), now).findings.filter(({ severity }) => severity === "warning") : [];
  return [...obstacles, ...warnings];
}

function zoneIn(facility: FacilityHandle): Zone {
  const zone = zoneOf(present(facility.core.state.config, "configuration").zone);
  return present(zone.ok ? zone.value : null, "zone");
}

/** The civil month at the car park. */
function periodOf(month: string, zone: Zone): { readonly from: Instant; readonly until: Instant } {
  const first = present(parseDate(`${month}-01`), "first day");
  return { from: zone.boundaryOf(first, 0), until: zone.boundaryOf(addMonthsToDay(first, 1), 0) };
}

/** The compiled version that priced stays beginning at an instant; each is compiled once. */
function versionsOf(tariffs: readonly DeepReadonly<TariffVersion>[], zone: Zone): (at: Instant) => CompiledTariff | undefined {
  const compiled = new Map<number, CompiledTariff | undefined>();
  return (at) => {
    const known = tariffs.findLast(({ effectiveFrom }) => effectiveFrom <= at);
    if (!known) return undefined;
    if (!compiled.has(known.version)) {
      const made = compileTariff(known.tariff as Tariff, zone);
      compiled.set(known.version, made.ok ? made.value : undefined);
    }
    return compiled.get(known.version);
  };
}
