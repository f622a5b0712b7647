/** Every version of a car park's tariff with its time and its publisher, and the chosen one's curve and week. */
import { Badge, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { TariffVersions, TariffVersionView } from "../../../api/contract/tariffs.ts";
import type { Zone } from "../../../kernel/zone.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { Look } from "./Look.tsx";
import type { Source } from "./sources.tsx";
import { tariffWords } from "./words.ts";

const STATE_COLOUR = { past: "gray", inForce: "green", future: "blue" } as const;

type VersionsProps = {
  readonly versions: TariffVersions; readonly zone: Zone; readonly chosen: Source; readonly onChoose: (key: string) => void;
  /** Replaces the draft by a copy of this tariff. */
  readonly onEdit: (tariff: unknown) => void;
};

export function Versions({ versions, zone, chosen, onChoose, onEdit }: VersionsProps) {
  const t = useWords(tariffWords);
  const format = useFormat();
  const [replacing, setReplacing] = useState<TariffVersionView | null>(null);
  const time = (at: number) => <span className="number nowrap">{format.dateTime(at, versions.zone)}</span>;
  return (
    <Stack gap="sm">
      <Panel title={t("versions")}>
        <DataTable<TariffVersionView>
          label={t("versions")} rows={versions.rows.toReversed()} rowKey={(row) => `v${row.version}`} selected={chosen.key} empty={t("noVersions")} minWidth={720}
          columns={[
            {
              key: "version", head: t("version"), sort: (row) => row.version,
              cell: (row) => <Button size="compact-sm" variant="subtle" aria-pressed={chosen.key === `v${row.version}`} onClick={() => onChoose(`v${row.version}`)}>{t("versionN", { version: row.version })}</Button>,
            },
            {
              key: "state", head: t("state"),
              cell: (row) => <Badge color={STATE_COLOUR[row.state]}>{t(`state.${row.state}`)}</Badge>,
            },
            {
              key: "effective", head: t("effective"), sort: (row) => row.effectiveFrom,
              cell: (row) => (row.effectiveFrom === 0 ? t("fromStart") : time(row.effectiveFrom)),
            },
            { key: "by", head: t("publishedBy"), cell: (row) => row.published?.by ?? t("notReadYet") },
            {
              key: "at", head: t("publishedAt"),
              cell: (row) => (row.published ? time(row.published.at) : "–"),
            },
            { key: "reason", head: t("reason"), cell: (row) => row.published?.reason ?? "–" },
            {
              key: "edit", head: t("editFrom"), headHidden: true,
              cell: (row) => <Button size="compact-sm" variant="default" onClick={() => setReplacing(row)} aria-label={`${t("editFrom")}: ${t("versionN", { version: row.version })}`}>{t("editFrom")} …</Button>,
            },
          ]}
        />
        <Text size="sm" c="dimmed" mt={8}>{t("versionsNote")}</Text>
      </Panel>
      <Look
        compiled={chosen.compiled} name={chosen.name} zone={zone} currency={versions.currency}
        now={versions.at}
      />
      <Modal opened={replacing !== null} onClose={() => setReplacing(null)} title={t("editFrom")} closeButtonProps={{ "aria-label": t("cancel") }}>
        {replacing && (
          <>
            <Text size="sm">{t("replaceDraft", { version: replacing.version })}</Text>
            <Group justify="flex-end" mt="md">
              <Button variant="default" onClick={() => setReplacing(null)}>{t("cancel")}</Button>
              <Button data-autofocus onClick={() => { onEdit(replacing.tariff); setReplacing(null); }}>{t("replace")}</Button>
            </Group>
          </>
        )}
      </Modal>
    </Stack>
  );
}
