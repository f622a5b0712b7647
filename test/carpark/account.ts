/** Accounts as the directory tells a car park of them, in few words. */
import type { FacilityId } from "../../src/carpark/facility/config.ts";
import type { RightsAct } from "../../src/carpark/operator/directory.ts";
import type { HolderRef } from "../../src/carpark/operator/season-ticket.ts";
import type { CredentialKind } from "../../src/rights/desk/state.ts";
import type { OverflowTerms } from "../../src/rights/policy.ts";
import type { Agreement, Contract } from "../../src/rights/timeline/facts.ts";

export const NORTH = "north" as FacilityId;
const NO_TERMS: OverflowTerms = { overflow: null, overflowLimit: null };

export const account = (id: string, terms: Partial<OverflowTerms> = {}): RightsAct =>
  ({ type: "AccountOpened", account: id, kind: "company", contact: `holder-${id}` as HolderRef, terms: { ...NO_TERMS, ...terms } });

/** A parker with plates (`p-...`), a card (`k-...`) or codes (`q-...`), by the first letter. */
export function parker(of: string, id: string, ...credentials: readonly string[]): RightsAct[] {
  return [
    { type: "ParkerAdded", account: of, parker: id, name: null },
    ...credentials.map((ref): RightsAct => ({ type: "CredentialAdded", account: of, parker: id, credential: { ref, kind: kindOf(ref) } })),
  ];
}

const KINDS: Readonly<Record<string, CredentialKind>> = { p: "plate", k: "card", q: "qr", t: "paymentCard" };
export const kindOf = (ref: string): CredentialKind => KINDS[ref[0] ?? "p"] ?? "plate";

export const contract = (of: string, id: string, more: Partial<Contract> = {}, facility = NORTH): RightsAct => ({
  type: "ContractSigned", facility, account: of, contract: {
    id, from: null, until: null, window: null, parkers: null, group: "ordinary", overflow: null, overflowLimit: null, monthlyFeeMinor: 0, ...more,
  },
});

export const payAsYouGo = (of: string, id: string, more: Partial<Agreement> = {}, facility = NORTH): RightsAct =>
  ({ type: "AgreementMade", facility, account: of, agreement: { id, from: null, until: null, parkers: null, tariff: null, ...more } });
