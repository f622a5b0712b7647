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

export function Preview({ path, body }: { readonly path: string; readonly body: unknown }) {
  const t = useWords(accountWords);
  const format = useFormat();
  const query = useQuery({ queryKey: ["preview", path, body], queryFn: () => act<PreviewAnswer>(path, body, newKey()), gcTime: 0, staleTime: Infinity });
  if (query.error !== null) return <ProblemAlert failure={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Text size="sm" c="dimmed">{t("previewLoading")}</Text>;
  const { rows, currency, beforeMinor, afterMinor, stays } = query.data;
  const money = (minor: number | null) => (minor === null ? t("noPrice") : format.money(minor, currency));
  if (rows.length === 0) return <Text size="sm"><b>{t("preview")}:</b> {t("previewNone")}</Text>;
  return (
    <section aria-label={t("preview")}>
      <Text size="sm" fw={650}>{t("preview")}</Text>
      <DataTable<PreviewRow>
        label={t("preview")} rows={rows} rowKey={(row) => row.stay}
        columns={[
          { key: "car", head: t("car"), cell: (row) => row.label ?? row.stay },
          { key: "before", head: t("before"), number: true, cell: (row) => money(row.beforeMinor) },
          { key: "after", head: t("after"), number: true, cell: (row) => <b>{money(row.afterMinor)}</b> },
        ]}
      />
      <Text size="xs" c="dimmed">{t("previewTotal", { before: money(beforeMinor), after: money(afterMinor), count: stays })}</Text>
    </section>
  );
}
