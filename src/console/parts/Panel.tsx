/** A titled box of a page. */
import { Group, Text } from "@mantine/core";
import type { ReactNode } from "react";

type PanelProps = { readonly title: string; readonly tools?: ReactNode; readonly children: ReactNode; readonly level?: 2 | 3 };

export function Panel({ title, tools, children, level = 2 }: PanelProps) {
  return (
    <section className="panel" aria-label={title}>
      <Group justify="space-between" mb={8} gap="xs">
        <Text component={`h${level}`} fw={650} fz={level === 2 ? "md" : "sm"} m={0}>{title}</Text>
        {tools !== undefined && <Group gap={6}>{tools}</Group>}
      </Group>
      {children}
    </section>
  );
}

/** Name and value in two columns, as in the details of a ticket. */
export function Facts({ rows }: { readonly rows: readonly (readonly [string, ReactNode] | null)[] }) {
  return (
    <dl className="facts">
      {rows.filter((row) => row !== null).map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
    </dl>
  );
}
