/** A chart with the same figures as a table one press away; the drawing code is loaded when first needed. */
import { Button, useComputedColorScheme } from "@mantine/core";
import { IconChartBar, IconTable } from "@tabler/icons-react";
import { type ReactNode, Suspense, lazy, useState } from "react";
import { useWords } from "../words/locale.tsx";
import { Panel } from "./Panel.tsx";
import { partWords } from "./words.ts";
import type { Drawing } from "./drawing.ts";

const Drawn = lazy(() => import("./Drawn.tsx").then((module) => ({ default: module.Drawn })));

type ChartProps = { readonly title: string; readonly drawing: Drawing; readonly table: ReactNode; readonly tools?: ReactNode };

export function Chart({ title, drawing, table, tools }: ChartProps) {
  const t = useWords(partWords);
  const scheme = useComputedColorScheme("light");
  const [asTable, setAsTable] = useState(false);
  const change = (
    <Button size="xs" variant="default" onClick={() => setAsTable((before) => !before)} leftSection={asTable ? <IconChartBar size={14} aria-hidden /> : <IconTable size={14} aria-hidden />}>
      {asTable ? t("asChart") : t("asTable")}
    </Button>
  );
  return (
    <Panel title={title} tools={<>{tools}{change}</>}>
      {asTable ? table : <Suspense fallback={<div style={{ height: 300 }} role="status">{t("loading")}</div>}><Drawn label={title} drawing={drawing} dark={scheme === "dark"} /></Suspense>}
    </Panel>
  );
}
