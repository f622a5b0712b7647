/** The car parks of an account, by id. */
import type { MyOverview } from "../../api/contract/my.ts";
import type { ParkerView } from "../../api/contract/accounts.ts";
import type { Locale } from "../../messages/locale.ts";
import { say } from "./words.ts";

export type Place = MyOverview["places"][number];

/** A car park the account has nothing at any more still has its id; `XXX` is no currency. */
export const placeOf = ({ places }: Pick<MyOverview, "places">, facility: string): Place =>
  places.find((place) => place.facility === facility) ?? { facility, name: facility, address: "", zone: "UTC", currency: "XXX" };

export const parkerName = (locale: Locale, { name, parker, credentials }: ParkerView): string =>
  name ?? credentials.find(({ text }) => text !== null)?.text ?? say(locale, "parker", { parker });
