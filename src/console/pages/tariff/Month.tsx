/** What the stays of a past month would have cost, worked out by the server from its own records. */
import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { RepriceAnswer } from "../../../api/contract/tariffs.ts";
import { addMonthsToDay, dateText } from "../../../kernel/calendar.ts";
import { MINUTE } from "../../../kernel/instant.ts";
import type { Zone } from "../../../kernel/zone.ts";
import { ProblemAlert } from "../../act/ProblemAlert.tsx";
import { act, newKey } from "../../http/client.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { Facts, Panel } from "../../parts/Panel.tsx";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { type Source, SourceSelect } from "./sources.tsx";
import { tariffWords } from "./words.ts";

type MonthProps = {
  readonly facility: string; readonly sources: readonly Source[]; readonly chosen: Source;
  readonly onChoose: (key: string) => void; readonly zone: Zone; readonly now: number;
};
type LengthRow = RepriceAnswer["byLength"][number];

export function Month({ facility, sources, chosen, onChoose, zone, now }: MonthProps) {
  const t = useWords(tariffWords);
  const [month, setMonth] = useState(() => dateText(addMonthsToDay(zone.dayNumberAt(now), -1)).slice(0, 7));
  const working = useMutation({ mutationFn: () => act<RepriceAnswer>(`/facilities/${facility}/tariffs/reprice`, { month, tariff: chosen.json }, newKey()) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    working.mutate();
  };
  return (
    <Stack gap="sm">
      <form className="panel filters" onSubmit={submit}>
        <SourceSelect label={t("which")} sources={sources} value={chosen.key} onChange={onChoose} />
        <TextInput
          label={t("monthOf")} value={month} placeholder="2026-03" pattern="\d{4}-(0[1-9]|1[0-2])" required
          withAsterisk={false} onChange={(event) => setMonth(event.currentTarget.value)}
        />
        <div className="row"><Button type="submit" loading={working.isPending} disabled={chosen.compiled === null}>{t("workOut")}</Button></div>
      </form>
      {chosen.compiled === null && <Text size="sm">{t("needsFix")}</Text>}
      {working.error !== null && <ProblemAlert failure={working.error} />}
      <div aria-live="polite">{working.data && <Repriced answer={working.data} />}</div>
      <Text size="sm" c="dimmed">{t("monthNote")}</Text>
    </Stack>
  );
}

function Repriced({ answer }: { readonly answer: RepriceAnswer }) {
  const t = useWords(tariffWords);
  const format = useFormat();
  const money = (minor: number) => format.money(minor, answer.currency);
  const change = (row: { readonly oldMinor: number; readonly newMinor: number }) => `${row.newMinor > row.oldMinor ? "+" : ""}${money(row.newMinor - row.oldMinor)}`;
  const leftOut = (["seasonTicket", "service", "irregular", "stillInside", "notReached"] as const).filter((kind) => answer.leftOut[kind] > 0);
  return (
    <Panel title={t("monthTitle", { month: answer.month })}>
      <Facts rows={[
        [t("stays"), format.number(answer.stays)], [t("oldTotal"), money(answer.oldMinor)], [t("newTotal"), money(answer.newMinor)], [t("difference"), change(answer)],
        [t("cheaper"), format.number(answer.cheaper)], [t("same"), format.number(answer.same)], [t("dearer"), format.number(answer.dearer)],
        answer.notPricedThen > 0 ? [t("notPricedThen"), format.number(answer.notPricedThen)] : null,
        answer.notPricedNow > 0 ? [t("notPricedNow"), format.number(answer.notPricedNow)] : null,
      ]} />
      <Text component="h3" size="sm" fw={650} mt="md">{t("byLength")}</Text>
      <DataTable<LengthRow>
        label={t("byLength")} rows={answer.byLength} rowKey={(row) => String(row.upToMinutes)} minWidth={480}
        columns={[
          {
            key: "length", head: t("length"),
            cell: (row) => (row.upToMinutes === null ? t("longer") : t("upToLength", { length: format.duration(row.upToMinutes * MINUTE) })),
          },
          { key: "stays", head: t("stays"), number: true, cell: (row) => format.number(row.stays) },
          { key: "old", head: t("oldTotal"), number: true, cell: (row) => money(row.oldMinor) },
          { key: "new", head: t("newTotal"), number: true, cell: (row) => money(row.newMinor) },
          { key: "change", head: t("difference"), number: true, cell: change },
        ]}
      />
      {leftOut.length > 0 && <Text component="h3" size="sm" fw={650} mt="md">{t("leftOut")}</Text>}
      <Facts rows={leftOut.map((kind) => [t(`leftOut.${kind}`), format.number(answer.leftOut[kind])])} />
    </Panel>
  );
}
