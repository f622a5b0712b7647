/** Handlers of policies: each key with the seed's question, its value now, and what it was before. */
import { POLICY_WORDS } from "../../messages/catalogue/policies.ts";
import { DEFAULT_POLICY, ERASE_PLATE_AFTER_MAX, inForce, POLICY_VALUES, type Policy, type PolicyKey } from "../../rights/policy.ts";
import type { Rights } from "../../rights/desk/state.ts";
import type { PolicyKeyView } from "../contract/policies.ts";
import type { Routes } from "../contract/routes.ts";
import type { RouteHandler } from "../http/reply.ts";
import type { Site } from "../site.ts";
import { type Person, personOf, personOrNull } from "../views/person.ts";
import { facilityOf, recordedOf, refusalTrouble } from "./carry.ts";

type PolicyRoutes = Pick<Routes, "policies" | "setPolicies">;

/** Longest tolerance or grace the edge takes. */
const DURATION_MAX_MS = 31 * 86_400_000;
const KEYS = Object.keys(DEFAULT_POLICY) as readonly PolicyKey[];
const PER_ACCOUNT: ReadonlySet<PolicyKey> = new Set(["overflow", "overflowLimit"]);

export function policyHandlers(site: Site): { readonly [N in keyof PolicyRoutes]: RouteHandler<PolicyRoutes[N]> } {
  return {
    policies: ({ params, locale }) => {
      const found = facilityOf(site, params.facility);
      if ("trouble" in found) return found;
      const { rights } = found.facility.core.state;
      if (rights.policy.length === 0) return { trouble: refusalTrouble({ type: "rightsRefused", because: { type: "rightsNotConfigured" } }, locale, found.facility) };
      const at = site.now();
      const person = personOf(site.logins, locale);
      return { answer: { facility: params.facility, at, keys: KEYS.map((key) => keyView(key, rights, at, person)) } };
    },
    setPolicies: (asked) => {
      // What is left out of the body is left out here: `undefined` would not be.
      const policy = Object.fromEntries(Object.entries(asked.body.policy).filter(([, value]) => value !== undefined)) as Partial<Policy>;
      return recordedOf(site, asked.params.facility, { type: "DecideRights", command: { type: "SetPolicy", policy, reason: asked.body.reason } }, asked);
    },
  };
}

function keyView(key: PolicyKey, { policy }: Rights, at: number, person: Person): PolicyKeyView {
  const { heading, question, values } = POLICY_WORDS[key];
  const now = inForce(policy, at);
  // Only where the value changed; the first is in force for all time before.
  const history = policy.filter(({ value }, index) => index === 0 || policy[index - 1]!.value[key] !== value[key]);
  const since = history.findLast(({ from }) => from <= at);
  return {
    key, kind: kindOf(key), values: Object.entries(values).map(([value, text]) => ({ value, text: { ...text } })),
    value: now[key], default: DEFAULT_POLICY[key], since: since && since.from > 0 ? since.from : null,
    maxMs: kindOf(key) !== "duration" ? null : key === "erasePlateAfter" ? ERASE_PLATE_AFTER_MAX : DURATION_MAX_MS,
    question: { heading, en: question.en, de: question.de }, perAccount: PER_ACCOUNT.has(key),
    history: history.map(({ from, value, reason, by }) => ({ from, value: value[key], reason: reason ?? null, by: personOrNull(person, by ?? null) })),
  };
}

function kindOf(key: PolicyKey): PolicyKeyView["kind"] {
  if (Object.hasOwn(POLICY_VALUES, key)) return "choice";
  if (key === "overflowLimit") return "limit";
  return typeof DEFAULT_POLICY[key] === "boolean" ? "flag" : "duration";
}
