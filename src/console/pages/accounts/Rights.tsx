/** Contracts and pay-as-you-go of an account. */
import { Alert, Badge, Button } from "@mantine/core";
import { useState } from "react";
import { MANAGERS } from "../../../api/contract/access.ts";
import type { AccountDetails, AgreementView, ContractAnswer, ContractView } from "../../../api/contract/accounts.ts";
import { weekdayText } from "../../../messages/format.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { useCarParkName } from "../../parts/FacilityFilter.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useSites } from "../../parts/site.ts";
import { allowed, useMe } from "../../shell/session.ts";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { useRightActs } from "./acts.ts";
import { accountWords } from "./words.ts";

const STATE_COLOUR = { future: "blue", running: "green", ended: "gray" } as const;

export function Rights({ account }: { readonly account: AccountDetails }) {
  const t = useWords(accountWords);
  const format = useFormat();
  const carPark = useCarParkName();
  const sites = useSites();
  const acts = useRightActs(account);
  const manages = allowed(useMe().data, MANAGERS);
  const [oversold, setOversold] = useState<ContractAnswer["oversold"]>(null);
  const day = (at: number | null, facility: string) => (at === null ? "–" : <span className="nowrap number">{format.dateTime(at, sites(facility).zone)}</span>);
  const parkersOf = (parkers: readonly string[] | null) =>
    (parkers === null ? t("forAll") : parkers.map((id) => account.parkers.find(({ parker }) => parker === id)?.name ?? t("unnamed", { parker: id })).join(", "));
  const windowOf = ({ window }: ContractView) => (window === null ? t("always") : t("windowText", {
    days: window.days.map((each) => weekdayText(format.locale, each).slice(0, format.locale === "de" ? 2 : 3)).join(" "), from: window.from, to: window.to,
  }));
  return (
    <>
      <Panel title={t("contracts")} tools={manages && <Button size="xs" onClick={() => acts.sign((answer) => setOversold(answer.oversold))}>{t("sign")} …</Button>}>
        {oversold && <Alert color="orange" mb="sm" role="status">{t("oversold", { ...oversold, group: oversold.group })}</Alert>}
        <DataTable<ContractView>
          label={t("contracts")} rows={account.contracts} rowKey={({ contract }) => contract} empty={t("noContracts")} minWidth={820}
          columns={[
            { key: "contract", head: t("contract"), sort: ({ contract }) => contract, cell: ({ contract }) => <span className="mono">{contract}</span> },
            { key: "carPark", head: t("carPark"), sort: ({ facility }) => carPark(facility), cell: ({ facility }) => carPark(facility) },
            { key: "from", head: t("from"), cell: ({ from, facility }) => day(from, facility) },
            { key: "until", head: t("until"), cell: ({ until, facility }) => day(until, facility) },
            { key: "window", head: t("window"), cell: windowOf },
            { key: "parkers", head: t("parkers"), cell: ({ parkers }) => parkersOf(parkers) },
            { key: "fee", head: t("fee"), number: true, cell: ({ monthlyFeeMinor, currency }) => format.money(monthlyFeeMinor, currency) },
            { key: "state", head: t("state"), cell: ({ state }) => <Badge color={STATE_COLOUR[state]}>{t(`state.${state}`)}</Badge> },
            ...(manages ? [{
              key: "acts", head: t("end"), headHidden: true,
              cell: ({ contract, state }: ContractView) => state !== "ended" && <Button size="compact-xs" variant="default" aria-label={t("endTitle", { what: contract })} onClick={() => acts.endContract(contract)}>{t("end")} …</Button>,
            }] : []),
          ]}
        />
      </Panel>
      <Panel title={t("agreements")} tools={manages && <Button size="xs" onClick={acts.agree}>{t("agree")} …</Button>}>
        <DataTable<AgreementView>
          label={t("agreements")} rows={account.agreements} rowKey={({ agreement }) => agreement} empty={t("noAgreements")} minWidth={720}
          columns={[
            { key: "agreement", head: t("agreement"), cell: ({ agreement }) => <span className="mono">{agreement}</span> },
            { key: "carPark", head: t("carPark"), cell: ({ facility }) => carPark(facility) },
            { key: "from", head: t("from"), cell: ({ from, facility }) => day(from, facility) },
            { key: "until", head: t("until"), cell: ({ until, facility }) => day(until, facility) },
            { key: "parkers", head: t("parkers"), cell: ({ parkers }) => parkersOf(parkers) },
            { key: "tariff", head: t("tariffOf"), cell: ({ tariff }) => (tariff == null ? t("tariff.facility") : t("ownTariff", { id: tariffIdOf(tariff) })) },
            { key: "state", head: t("state"), cell: ({ state }) => <Badge color={STATE_COLOUR[state]}>{t(`state.${state}`)}</Badge> },
            ...(manages ? [{
              key: "acts", head: t("end"), headHidden: true,
              cell: ({ agreement, state }: AgreementView) => state !== "ended" && <Button size="compact-xs" variant="default" aria-label={t("endTitle", { what: agreement })} onClick={() => acts.endAgreement(agreement)}>{t("end")} …</Button>,
            }] : []),
          ]}
        />
      </Panel>
    </>
  );
}

const tariffIdOf = (tariff: unknown): string =>
  (typeof tariff === "object" && tariff !== null && "id" in tariff ? String(tariff.id) : "");
