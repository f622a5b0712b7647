/** Selling and keeping season tickets. Holder data goes to the vault by the server; here it is only typed and sent. */
import { useQuery } from "@tanstack/react-query";
import type { RenewSeasonBody, SeasonAnswer, SeasonTicketView, SellSeasonBody } from "../../../api/contract/seasons.ts";
import type { Acts } from "../../act/acts.tsx";
import { useActs } from "../../act/acts.tsx";
import { read } from "../../http/client.ts";
import { present } from "../../../kernel/assert.ts";
import { useCarParkChoices } from "../../parts/FacilityFilter.tsx";
import { useCityNow } from "../../parts/site.ts";
import { isoDay, useFormat } from "../../words/format.ts";
import { useShared, useWords } from "../../words/locale.tsx";
import { TILL } from "../office/acts.ts";
import { SCHEMES } from "../tickets/tender.ts";
import { seasonWords } from "./words.ts";

type Prices = { readonly currency: string; readonly rows: readonly { readonly months: 3 | 6 | 12; readonly priceMinor: number }[] };

const monthsOf = (text: string): 3 | 6 | 12 => (text === "12" ? 12 : text === "6" ? 6 : 3);

export function useSeasonActs() {
  const t = useWords(seasonWords);
  const shared = useShared();
  const format = useFormat();
  const acts: Acts = useActs();
  const carParks = useCarParkChoices();
  const { now, zone } = useCityNow();
  const prices = useQuery({ queryKey: ["seasonPrices"], queryFn: () => read<Prices>("/seasons/prices"), staleTime: 300_000 }).data;
  const money = (minor: number) => format.money(minor, prices?.currency ?? "XXX");
  const priceOf = (months: string | undefined) => prices?.rows.find((row) => String(row.months) === months)?.priceMinor;
  const monthsField = {
    kind: "choice", name: "months", label: t("months"), choices: (prices?.rows ?? []).map((row) => ({ value: String(row.months), label: t("monthsN", { count: row.months, price: money(row.priceMinor) }) })),
  } as const;
  const meansField = {
    kind: "choice", name: "means", label: t("means"), initial: "cash", choices: [{ value: "cash", label: t("cash") }, ...SCHEMES.map((scheme) => ({ value: scheme, label: shared(`cardScheme.${scheme}`) }))],
  } as const;
  const tillField = { kind: "text", name: "till", label: t("till"), hint: t("tillHint"), initial: TILL, lengthMax: 60 } as const;
  const referenceField = { kind: "text", name: "reference", label: t("reference"), hint: t("referenceHint"), optional: true, lengthMax: 60 } as const;
  type Paid = { readonly months: string; readonly means: string; readonly till: string; readonly reference: string | undefined };
  const paid = ({ months, means, till, reference }: Paid) => ({
    months: monthsOf(months), priceMinor: present(priceOf(months), `price of ${months} months`), means: SCHEMES.find((scheme) => scheme === means) ?? ("cash" as const), till,
    ...(reference === undefined ? {} : { reference }),
  });
  const toPay = ({ months }: { readonly months?: string }) => {
    const price = priceOf(months);
    return price === undefined ? null : t("toPay", { price: money(price) });
  };
  const cardReason = { kind: "text", name: "reason", label: t("reason"), suggestions: [t("reason.lost"), t("reason.damaged")] } as const;
  return {
    sell: (facility: string | undefined, then: (season: string) => void) => acts.ask({
      title: t("sellTitle"), explain: t("sellExplain"), confirm: t("sell"),
      fields: [
        { kind: "choice", name: "facility", label: t("carPark"), choices: carParks, initial: facility ?? "" }, monthsField,
        { kind: "day", name: "startsOn", label: t("startsOn"), initial: isoDay(now, zone) },
        { kind: "choice", name: "kind", label: t("kind"), initial: "person", choices: [{ value: "person", label: t("person") }, { value: "company", label: t("company") }] },
        { kind: "text", name: "name", label: t("name"), lengthMax: 120 }, { kind: "lines", name: "address", label: t("address"), lengthMax: 240 },
        { kind: "text", name: "phone", label: t("phone"), hint: t("phoneHint"), lengthMax: 30 }, meansField, referenceField, tillField,
      ],
      follows: toPay, path: "/seasons",
      body: (values): SellSeasonBody => ({
        facility: values.facility, startsOn: values.startsOn, ...paid(values),
        holder: { kind: values.kind === "company" ? "company" : "person", name: values.name, address: values.address, phone: values.phone },
      }),
      done: t("sellDone"), then: (answer) => then((answer as SeasonAnswer).season.season),
    }),
    renew: (season: SeasonTicketView) => acts.ask({
      title: t("renewTitle", { season: season.season }), confirm: t("renew"),
      explain: t("renewExplain"), fields: [monthsField, meansField, referenceField, tillField],
      follows: toPay, path: `/seasons/${season.season}/renew`,
      body: (values): RenewSeasonBody => paid(values), done: t("renewDone"),
    }),
    replaceCard: (season: SeasonTicketView) => acts.ask({
      title: t("replaceTitle", { season: season.season }), explain: t("replaceExplain"), confirm: t("replace"), fields: [cardReason], path: `/seasons/${season.season}/replace-card`, body: (values) => values, done: t("replaceDone"),
    }),
    unblock: (season: SeasonTicketView) => acts.ask({
      title: t("unblockTitle", { season: season.season }), confirm: t("unblock"), fields: [{ kind: "text", name: "reason", label: t("reason") }], path: `/seasons/${season.season}/unblock`, body: (values) => values, done: t("unblockDone"),
    }),
    block: (season: SeasonTicketView) => acts.ask({
      title: t("blockTitle", { season: season.season }), explain: t("blockExplain"), confirm: t("block"), tone: "danger", fields: [cardReason], path: `/seasons/${season.season}/block`, body: (values) => values, done: t("blockDone"),
    }),
  };
}
