/** Carries a command to the owner of a stream and words what comes back. */
import type { FacilityCommand } from "../../carpark/facility/command.ts";
import type { Recorded } from "../../carpark/facility/event.ts";
import type { Refusal } from "../../carpark/facility/refusal.ts";
import type { OperatorCommand, OperatorEvent } from "../../carpark/operator/operator.ts";
import type { VaultChanges } from "../../journal/journal.ts";
import { present } from "../../kernel/assert.ts";
import { refusalText } from "../../messages/refusalText.ts";
import { nextOf } from "../../messages/rightsNext.ts";
import { operatorRefusalText } from "../../messages/operatorRefusalText.ts";
import { siteWordsOf } from "../../messages/site.ts";
import type { Locale, RecordedAnswer } from "../contract/words.ts";
import { trouble, type Trouble } from "../http/problem.ts";
import { type AnyRefusal, isOperatorRefusal, REFUSAL_STATUS, REFUSAL_TITLES } from "../http/statuses.ts";
import type { Carried, FacilityHandle, NotCarried, Site } from "../site.ts";

export type Asking = { readonly actor: string | null; readonly key: string | null; readonly locale: Locale; readonly body?: unknown; readonly vault?: VaultChanges };
export type CarriedOrTrouble<E> = { readonly carried: Carried<E> } | { readonly trouble: Trouble };

/** The handle of a facility of a path, or 404. */
export function facilityOf(site: Site, id: string): { readonly facility: FacilityHandle } | { readonly trouble: Trouble } {
  const facility = site.facilities.get(id);
  return facility ? { facility } : { trouble: trouble("facilityUnknown", `There is no car park \`${id}\`.`) };
}

export async function carry(site: Site, facility: string, command: FacilityCommand, asking: Asking): Promise<CarriedOrTrouble<Recorded>> {
  const found = facilityOf(site, facility);
  if ("trouble" in found) return found;
  const done = await found.facility.execute(command, asking);
  return done.ok ? { carried: done.value } : { trouble: troubleOf(done.error, asking.locale, found.facility) };
}

export async function carryOperator(site: Site, command: OperatorCommand, asking: Asking): Promise<CarriedOrTrouble<Recorded<OperatorEvent>>> {
  const done = await site.operator.execute(command, asking);
  return done.ok ? { carried: done.value } : { trouble: troubleOf(done.error, asking.locale, null) };
}

/** For acts whose answer is only that they are recorded. */
export async function recordedOf(site: Site, facility: string, command: FacilityCommand, asking: Asking): Promise<{ readonly answer: RecordedAnswer } | { readonly trouble: Trouble }> {
  const done = await carry(site, facility, command, asking);
  return "trouble" in done ? done : { answer: { seq: done.carried.seq, at: done.carried.at } };
}

export function troubleOf(problem: NotCarried, locale: Locale, facility: FacilityHandle | null): Trouble {
  if (problem.kind === "edge") return trouble(problem.problem, problem.detail, problem.problem === "storeUnavailable" ? { retryAfterSeconds: 2 } : {});
  return refusalTrouble(problem.refusal, locale, facility);
}

export function refusalTrouble(refusal: AnyRefusal, locale: Locale, facility: FacilityHandle | null): Trouble {
  const detail = isOperatorRefusal(refusal) ? operatorRefusalText(locale, refusal) : facilityRefusalText(refusal, locale, facility);
  const next = nextOf(refusal.type === "rightsRefused" ? refusal.because : refusal, locale);
  return {
    status: REFUSAL_STATUS[refusal.type], code: refusal.type, title: REFUSAL_TITLES[REFUSAL_STATUS[refusal.type]][locale], detail, refusal,
    ...(next === undefined ? {} : { next }),
  };
}

/** For refusals of the operator's stream that name no part of a car park and no amount. */
const NO_SITE = siteWordsOf({ zone: "UTC", currency: "EUR", lanes: [], groups: [], payStations: [] });

function facilityRefusalText(refusal: Refusal, locale: Locale, facility: FacilityHandle | null): string {
  const config = facility?.core.state.config;
  return refusalText(locale, refusal, config ? siteWordsOf(config as Parameters<typeof siteWordsOf>[0]) : NO_SITE);
}

/** The event of a type among those a command caused; its absence is our error. */
export function eventOf<E extends { readonly type: string }, T extends E["type"]>(events: readonly E[], type: T): Extract<E, { readonly type: T }> {
  return present(events.find((event): event is Extract<E, { readonly type: T }> => event.type === type), `event ${type}`);
}
