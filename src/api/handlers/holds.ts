/** Handlers of plates that are kept past their deadline: an unpaid or disputed stay, until it expires or is settled. */
import type { CredentialRef, StayId } from "../../rights/timeline/facts.ts";
import type { Rights } from "../../rights/desk/state.ts";
import type { Routes } from "../contract/routes.ts";
import type { RouteHandler } from "../http/reply.ts";
import type { Site } from "../site.ts";
import { personOf } from "../views/person.ts";
import { facilityOf, recordedOf, refusalTrouble } from "./carry.ts";

type HoldRoutes = Pick<Routes, "holds" | "holdPlate" | "releaseHold">;

export function holdHandlers(site: Site): { readonly [N in keyof HoldRoutes]: RouteHandler<HoldRoutes[N]> } {
  return {
    holds: async ({ params, locale }) => {
      const found = facilityOf(site, params.facility);
      if ("trouble" in found) return found;
      const { rights } = found.facility.core.state;
      const now = site.now();
      const kept = [...rights.holds.values()].filter(({ until }) => until > now).sort((a, b) => a.until - b.until);
      const labels = await site.credentials.labels(kept.map(({ credential }) => credential));
      const person = personOf(site.logins, locale);
      return { answer: { at: now, rows: kept.map(({ stay, credential, because, owner, since, until, reason }) => ({
        stay, account: accountOf(rights, stay), label: labels.get(credential) ?? null, because, owner: person(owner), since, until, reason,
      })) } };
    },
    holdPlate: async (asked) => {
      const { params: { facility, stay }, body, locale } = asked;
      const found = facilityOf(site, facility);
      if ("trouble" in found) return found;
      const credential = credentialOf(found.facility.core.state.rights, stay);
      const gone = credential !== null && !(await site.credentials.labels([credential])).has(credential);
      if (gone) return { trouble: refusalTrouble({ type: "rightsRefused", because: { type: "holdImpossible", why: "erased" } }, locale, found.facility) };
      return recordedOf(site, facility, { type: "DecideRights", command: { type: "HoldCredential", stay, ...body } }, asked);
    },
    releaseHold: (asked) =>
      recordedOf(site, asked.params.facility, { type: "DecideRights", command: { type: "ReleaseHold", stay: asked.params.stay, reason: asked.body.reason } }, asked),
  };
}

function credentialOf(rights: Rights, id: StayId): CredentialRef | null {
  const visitor = rights.visitors.get(id) ?? rights.goneVisitors.get(id);
  if (visitor) return visitor.credential;
  for (const { stays } of rights.accounts.values()) {
    const stay = stays.get(id);
    if (stay) return stay.credential;
  }
  return null;
}

/** Null: of nobody known, or long over. */
function accountOf(rights: Rights, stay: StayId): string | null {
  for (const { id, stays } of rights.accounts.values()) if (stays.has(stay)) return id;
  return null;
}
