/** The counters: capacity, stays, corrections, reservations; the count is never clamped, so it may look odd and be right. */
import { Button, Text } from "@mantine/core";
import type { FacilityView, GroupView } from "../../../api/contract/live.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { OccupancyBar } from "../../parts/OccupancyBar.tsx";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import type { LiveActs } from "./acts.ts";
import { liveWords } from "./words.ts";

type GroupsProps = { readonly view: FacilityView; readonly acts: LiveActs | null };

export function Groups({ view, acts }: GroupsProps) {
  const t = useWords(liveWords);
  const format = useFormat();
  const signed = (value: number) => (value > 0 ? `+${format.number(value)}` : format.number(value));
  const nameOf = (id: string) => view.groups.find((group) => group.id === id)?.name ?? id;
  return (
    <DataTable<GroupView>
      label={t("groups")} rows={view.groups} rowKey={(group) => group.id} minWidth={480}
      columns={[
        { key: "name", head: t("group"), cell: (group) => (
          <><Text size="sm" fw={600} component="span">{group.name}</Text>{group.within !== null && <Text size="xs" c="dimmed" component="span"> {t("within", { group: nameOf(group.within) })}</Text>}<OccupancyBar occupied={group.occupied} capacity={group.capacity} /></>
        ) },
        { key: "free", head: t("free"), number: true, cell: (group) => <b>{format.number(group.free)}</b> },
        { key: "stays", head: t("stays"), number: true, cell: (group) => format.number(group.stays) },
        { key: "adjustments", head: t("adjustments"), number: true, cell: (group) => signed(group.adjustments) },
        { key: "reserved", head: t("reserved"), number: true, cell: (group) => format.number(group.reserved) },
        { key: "capacity", head: t("capacity"), number: true, cell: (group) => format.number(group.capacity) },
        ...(acts === null ? [] : [{ key: "act", head: t("adjust"), headHidden: true, cell: (group: GroupView) => <Button size="compact-xs" variant="default" onClick={() => acts.adjust(group)} aria-label={t("adjustTitle", { group: group.name })}>{t("adjust")} …</Button> }]),
      ]}
    />
  );
}
