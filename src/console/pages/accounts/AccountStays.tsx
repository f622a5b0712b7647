/** Stays of an account at one car park: what covered them, what they cost, why, and what staff can put right. */
import { Badge, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { RightStay, RightStays } from "../../../api/contract/right-stays.ts";
import { read } from "../../http/client.ts";
import { Loaded } from "../../parts/Loaded.tsx";
import { Facts, Panel } from "../../parts/Panel.tsx";
import { useCityNow } from "../../parts/site.ts";
import { timelineWords } from "../../parts/timeline/words.ts";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { wordOf } from "../../words/say.ts";
import { type PeriodSearch, periodOf } from "./period.ts";
import { useRightStayActs } from "./stayActs.tsx";
import { accountWords } from "./words.ts";

export type PeriodProps = { readonly account: string; readonly facility: string; readonly place: ReactNode; readonly search: PeriodSearch; readonly onSearch: (change: PeriodSearch) => void };

export function AccountStays({ account, facility, place, search, onSearch }: PeriodProps) {
  const t = useWords(accountWords);
  const { now, zone } = useCityNow();
  const period = periodOf(search, zone, now);
  const acts = useRightStayActs(facility, zone);
  const query = useQuery({
    queryKey: ["accountStays", facility, account, period?.fromAt, period?.toAt], enabled: period !== null,
    queryFn: () => read<RightStays>(`/facilities/${facility}/accounts/${account}/stays`, { from: period?.fromAt, to: period?.toAt }),
  });
  return (
    <Stack gap="sm">
      <PeriodFilter place={place} search={search} onSearch={onSearch} now={now} zone={zone} />
      <Loaded query={query}>{(stays) => (
        <Panel title={t("stays")} tools={<Button size="xs" variant="default" onClick={() => acts.neutralAccount(account)}>{t("neutralAccount")} …</Button>}>
          {stays.rows.length + stays.older.length === 0 ? <Text c="dimmed">{t("noStays")}</Text> : (
            <Stack gap="xs">{stays.rows.toReversed().map((stay) => <OneStay key={stay.stay} stay={stay} stays={stays} />)}</Stack>
          )}
          {stays.older.length > 0 && <Older facility={facility} stays={stays} />}
        </Panel>
      )}</Loaded>
    </Stack>
  );
}

type FilterProps = Pick<PeriodProps, "place" | "search" | "onSearch"> & { readonly now: number; readonly zone: string };

export function PeriodFilter({ place, search, onSearch, now, zone }: FilterProps) {
  const t = useWords(accountWords);
  const period = periodOf(search, zone, now);
  return (
    <section className="panel filters">
      {place}
      <TextInput type="date" label={t("day")} value={search.from ?? period?.from ?? ""} onChange={(event) => onSearch({ from: event.currentTarget.value })} />
      <TextInput type="date" label={t("dayTo")} value={search.to ?? period?.to ?? ""} onChange={(event) => onSearch({ to: event.currentTarget.value })} />
    </section>
  );
}

/** The car park no longer keeps them; what is found out later is worked out from the journal. */
function Older({ facility, stays: { older, currency, zone } }: { readonly facility: string; readonly stays: RightStays }) {
  const t = useWords(accountWords);
  const format = useFormat();
  const acts = useRightStayActs(facility, zone);
  return (
    <>
      <Text component="h3" size="sm" fw={650} mt="sm">{t("older")}</Text>
      <Text size="sm" c="dimmed">{t("olderExplain")}</Text>
      <ul className="plain-list">{older.toReversed().map(({ stay, label, from, to, amountMinor, unseen }) => (
        <li key={stay}>
          <b className="mono">{label ?? stay}</b> <span className="number">{format.dateTime(from, zone)} – {to === null ? "–" : format.dateTime(to, zone)}</span>{" "}
          <b className="number">{amountMinor === null ? t("notBilled") : format.money(amountMinor, currency)}</b>{" "}
          {unseen && <Button size="compact-xs" variant="default" onClick={() => acts.close(stay, true)}>{t("correct")} …</Button>}
        </li>
      ))}</ul>
    </>
  );
}

function OneStay({ stay, stays: { currency, zone, at } }: { readonly stay: RightStay; readonly stays: RightStays }) {
  const t = useWords(accountWords);
  const covers = useWords(timelineWords);
  const format = useFormat();
  const acts = useRightStayActs(stay.facility, zone);
  const open = stay.exitedAt === null;
  const money = stay.amountMinor === null ? t("noPrice") : format.money(stay.amountMinor, currency);
  return (
    <details className="stay">
      <summary>
        <b className="mono">{stay.label ?? stay.stay}</b>{" "}
        <span className="number">{format.dateTime(stay.enteredAt, zone)} – {stay.exitedAt === null ? t("stillInside") : format.dateTime(stay.exitedAt, zone)}</span>{" "}
        <b className="number">{money}</b>{" "}
        {stay.neutralAt !== null && <Badge color="orange">{t("neutralFlag")}</Badge>}{stay.irregular && <Badge color="orange">{t("irregular")}</Badge>}
      </summary>
      <Facts rows={[
        [t("basis"), wordOf(format.locale, "basis", stay.basis)],
        [t("cover"), stay.segments.map(({ cover }) => covers(`cover.${cover.type}`)).join(", ") || "–"],
        [t("charged"), money],
        [t("statements"), stay.billed === null ? t("notBilled") : t("billed", { statement: stay.billed.statement })],
        stay.end === "given" || stay.end === "inFavour" || stay.end === "untilNoticed" ? [t("left"), t(`end.${stay.end}`)] : null,
      ]} />
      <Text component="h3" size="sm" fw={650} mt="xs">{t("why")}</Text>
      <ul className="plain-list">{stay.why.map(({ at, why }, i) => <li key={`${at} ${i}`}><span className="number">{format.dateTime(at, zone)}</span> {why.text[format.locale]}</li>)}</ul>
      {stay.price.length > 0 && (
        <>
          <Text component="h3" size="sm" fw={650}>{t("price")}</Text>
          <ul className="plain-list">{stay.price.map((line, i) => <li key={i} className="number">{line.text[format.locale]}</li>)}</ul>
        </>
      )}
      <Group gap={6} mt="xs" role="group" aria-label={t("actsOn", { stay: stay.stay })}>
        {open && <Button size="compact-sm" variant="default" onClick={() => acts.neutralStay(stay.stay)}>{t("neutral")} …</Button>}
        {(open || stay.end !== "seen") && <Button size="compact-sm" variant="default" onClick={() => acts.close(stay.stay, !open)}>{open ? t("close") : t("correct")} …</Button>}
        {stay.label !== null && <Button size="compact-sm" variant="default" onClick={() => acts.keepPlate(stay.stay, at)}>{t("keep")} …</Button>}
        {open && <Button size="compact-sm" variant="default" onClick={() => acts.release(stay.stay)}>{t("release")} …</Button>}
      </Group>
    </details>
  );
}
