/** Items 119 to 131: parts that are not offered yet. */
import { type Item, later } from "../item.ts";

const RECONCILIATION = "money between organisations is settled by their own agreements; the exchange has no reconciliation yet";
const OBSERVABILITY = "the exchange has no observability routes yet; SystemEvents are delivered to subscribers";
const QUOTES = "an extension that no partner asks for yet; providers price with the operators' tables";
const OBSERVATIONS = "an extension that no partner asks for yet; a patrol looks plates up and sends nothing";

export const LATER_ITEMS: readonly Item[] = [
  later(119, "S", "Reconciliation transactions are accepted, read and listed by their owner", RECONCILIATION),
  later(120, "D", "A transaction repeated is one; sums that do not add up are 400", RECONCILIATION),
  later(121, "SD", "A submittal of unknown or twice submitted transactions is refused", RECONCILIATION),
  later(122, "S", "A revoked submittal stays listed and frees its transactions", RECONCILIATION),
  later(123, "S", "A report's totals are the sum of its lines; a malformed month is 400", RECONCILIATION),
  later(124, "S", "An operator's report has its own places only", RECONCILIATION),
  later(125, "S", "Events need modified-since and reach two weeks back", OBSERVABILITY),
  later(126, "S", "A posted event is listed and delivered as a bare SystemAlert", OBSERVABILITY),
  later(127, "S", "The status query returns points at the granularity asked", OBSERVABILITY),
  later(128, "X", "A quote's price is the engine's; an expired quote is not used", QUOTES),
  later(129, "X", "A full place is noAvailability, a stranger eligibilityRequirementNotMet", QUOTES),
  later(130, "X", "An extension quote with a wrong credential is incorrectCredentialsSupplied", QUOTES),
  later(131, "X", "An observation comes back; enforcement writes on contracted places only", OBSERVATIONS),
];
