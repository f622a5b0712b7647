/** The parts of a page as tabs; which one is open is part of the address. */
import { Tabs } from "@mantine/core";
import type { ReactNode } from "react";

export type Tab = { readonly value: string; readonly label: string; readonly content: () => ReactNode };
type PageTabsProps = { readonly tabs: readonly Tab[]; readonly value: string | undefined; readonly onChange: (value: string) => void };

export function PageTabs({ tabs, value, onChange }: PageTabsProps) {
  const open = tabs.find((tab) => tab.value === value) ?? tabs[0];
  if (open === undefined) return null;
  return (
    <Tabs value={open.value} onChange={(next) => next !== null && onChange(next)} keepMounted={false}>
      <Tabs.List mb="md">{tabs.map((tab) => <Tabs.Tab key={tab.value} value={tab.value}>{tab.label}</Tabs.Tab>)}</Tabs.List>
      <Tabs.Panel value={open.value}>{open.content()}</Tabs.Panel>
    </Tabs>
  );
}
