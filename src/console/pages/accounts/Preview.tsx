/** Who would owe what, shown in the dialog before it is confirmed. Asking changes nothing. */
import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Preview as PreviewAnswer } from "../../../api/contract/right-stays.ts";
import { ProblemAlert } from "../../act/ProblemAlert.tsx";
import { act, newKey } from "../../http/client.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { accountWords } from "./words.ts";

type PreviewRow = PreviewAnswer["rows"][number];

/** `zone`: of the car park. */
export function Preview({ path, body, zone }: { readonly path: string; readonly body: unknown; readonly zone: string }) {
  const t = useWords(accountWords);
  const format = useFormat();
  const query = useQuery({ queryKey: ["preview", path, body], queryFn: () => act<PreviewAnswer>(path, body, newKey()), gcTime: 0, staleTime: Infinity });
  if (query.error !== null) return <ProblemAlert failure={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Text size="sm" c="dimmed">{t("previewLoading")}</Text>;
  const { rows, currency, until, beforeMinor, afterMinor, stays } = query.data;
  const money = (minor: number | null) => (minor === null ? t("noPrice") : format.money(minor, currency));
  const change = (before: number | null, after: number | null) =>
    <span className="nowrap">{money(before)} {before === after ? null : <><span aria-hidden>→</span><span className="sr">{t("becomes")}</span> <b>{money(after)}</b></>}</span>;
  if (rows.length === 0) return <Text size="sm"><b>{t("preview")}:</b> {t("previewNone")}</Text>;
  return (
    <section aria-label={t("preview")}>
      <Text size="sm" fw={650}>{t("preview")}</Text>
      <DataTable<PreviewRow>
        label={t("preview")} rows={rows} rowKey={(row) => row.stay}
        columns={[
          { key: "car", head: t("car"), cell: (row) => row.label ?? row.stay },
          { key: "now", head: t("now"), number: true, cell: (row) => change(row.beforeNowMinor, row.afterNowMinor) },
          { key: "until", head: t("ifNothing", { at: format.dateTime(until, zone) }), number: true, cell: (row) => change(row.beforeMinor, row.afterMinor) },
        ]}
      />
      <Text size="xs" c="dimmed">{t("previewTotal", { before: money(beforeMinor), after: money(afterMinor), count: stays })}</Text>
    </section>
  );
}
