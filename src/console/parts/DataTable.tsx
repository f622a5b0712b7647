/** A table of rows with sortable columns; scrolls sideways inside itself on a narrow screen. */
import { Group, Table, Text, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconArrowsSort } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useWords } from "../words/locale.tsx";
import { partWords } from "./words.ts";

export type Column<T> = {
  readonly key: string;
  readonly head: string;
  readonly cell: (row: T) => ReactNode;
  /** Given when the column can be sorted by. */
  readonly sort?: (row: T) => string | number;
  readonly number?: boolean;
  /** Table heads that only name a column of buttons are for screen readers. */
  readonly headHidden?: boolean;
};

type Sorted = { readonly key: string; readonly down: boolean };

export type DataTableProps<T> = {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  readonly empty?: string;
  readonly selected?: string | null;
  readonly minWidth?: number;
};

export function DataTable<T>({ label, columns, rows, rowKey, empty, selected, minWidth }: DataTableProps<T>) {
  const t = useWords(partWords);
  const [sorted, setSorted] = useState<Sorted | null>(null);
  const shown = sortedRows(rows, columns, sorted);
  return (
    <div className="scroll-x" role="group" aria-label={label} tabIndex={0}>
      <Table highlightOnHover miw={minWidth} aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column.key} className={column.number === true ? "number" : ""} scope="col" aria-sort={sorted?.key === column.key ? (sorted.down ? "descending" : "ascending") : undefined}>
                <Head column={column} sorted={sorted} onSort={() => setSorted((before) => nextSort(before, column.key))} />
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((row) => (
            <Table.Tr key={rowKey(row)} {...(selected === rowKey(row) ? { "aria-selected": true, bg: "var(--mantine-primary-color-light)" } : {})}>
              {columns.map((column) => <Table.Td key={column.key} className={column.number === true ? "number" : ""}>{column.cell(row)}</Table.Td>)}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {rows.length === 0 && <Text c="dimmed" p="md" ta="center">{empty ?? t("empty")}</Text>}
    </div>
  );
}

const nextSort = (before: Sorted | null, key: string): Sorted | null =>
  before?.key !== key ? { key, down: false } : before.down ? null : { key, down: true };

function sortedRows<T>(rows: readonly T[], columns: readonly Column<T>[], sorted: Sorted | null): readonly T[] {
  const sort = columns.find((column) => column.key === sorted?.key)?.sort;
  if (sort === undefined || sorted === null) return rows;
  const compare = (a: T, b: T) => {
    const [x, y] = [sort(a), sort(b)];
    return typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), undefined, { numeric: true });
  };
  return rows.toSorted((a, b) => (sorted.down ? compare(b, a) : compare(a, b)));
}

function Head<T>({ column, sorted, onSort }: { readonly column: Column<T>; readonly sorted: Sorted | null; readonly onSort: () => void }) {
  const t = useWords(partWords);
  if (column.headHidden === true) return <span className="sr">{column.head}</span>;
  if (column.sort === undefined) return column.head;
  const Icon = sorted?.key !== column.key ? IconArrowsSort : sorted.down ? IconArrowDown : IconArrowUp;
  return (
    <UnstyledButton onClick={onSort} fz="sm" fw={700} title={t("sortBy", { column: column.head })}>
      <Group gap={4} wrap="nowrap" justify={column.number === true ? "flex-end" : "flex-start"}>{column.head}<Icon size={14} aria-hidden /></Group>
    </UnstyledButton>
  );
}
