/** Items 119 to 131: parts that are not offered yet. */
import { type Item, later } from "../item.ts";

export const LATER_ITEMS: readonly Item[] = [
  later(119, "S", "Reconciliation transactions are accepted, read and listed by their owner"),
  later(120, "D", "A transaction repeated is one; sums that do not add up are 400"),
  later(121, "SD", "A submittal of unknown or twice submitted transactions is refused"),
  later(122, "S", "A revoked submittal stays listed and frees its transactions"),
  later(123, "S", "A report's totals are the sum of its lines; a malformed month is 400"),
  later(124, "S", "An operator's report has its own places only"),
  later(125, "S", "Events need modified-since and reach two weeks back"),
  later(126, "S", "A posted event is listed and delivered as a bare SystemAlert"),
  later(127, "S", "The status query returns points at the granularity asked"),
  later(128, "X", "A quote's price is the engine's; an expired quote is not used"),
  later(129, "X", "A full place is noAvailability, a stranger eligibilityRequirementNotMet"),
  later(130, "X", "An extension quote with a wrong credential is incorrectCredentialsSupplied"),
  later(131, "X", "An observation comes back; enforcement writes on contracted places only"),
];
