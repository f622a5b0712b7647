/** Draws with ECharts as SVG; disposed with the component, resized with its box. */
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { type Drawing, SERIES_COLOURS } from "./drawing.ts";

echarts.use([LineChart, BarChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer]);

/** Named, not inherited: the library measures its labels with it. The same fonts as the theme's. */
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif";

type DrawnProps = { readonly label: string; readonly drawing: Drawing; readonly dark: boolean };

export function Drawn({ label, drawing, dark }: DrawnProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (box.current === null) return;
    const chart = echarts.init(box.current, null, { renderer: "svg" });
    chart.setOption(optionOf(drawing, dark));
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [drawing, dark]);
  return <div ref={box} role="img" aria-label={label} style={{ height: 320, width: "100%" }} />;
}

function optionOf({ kind, labels, series, unit, valueText }: Drawing, dark: boolean) {
  const ink = dark ? "#dee2e6" : "#343a40";
  const line = dark ? "#3b4048" : "#d5d9df";
  return {
    color: [...SERIES_COLOURS[dark ? "dark" : "light"]],
    textStyle: { fontFamily: FONT, color: ink },
    animation: false,
    aria: { enabled: true },
    grid: { left: 8, right: 16, top: 56, bottom: 8, containLabel: true },
    legend: { top: 0, type: "scroll" as const, textStyle: { color: ink }, inactiveColor: line },
    tooltip: {
      trigger: "axis" as const, confine: true, backgroundColor: dark ? "#22252b" : "#fff", borderColor: line, textStyle: { color: ink },
      valueFormatter: (value: unknown) => (typeof value === "number" ? valueText(value) : "–"),
    },
    xAxis: { type: "category" as const, data: [...labels], axisLabel: { color: ink, hideOverlap: true }, axisLine: { lineStyle: { color: line } } },
    yAxis: {
      type: "value" as const, name: unit, nameTextStyle: { color: ink, align: "left" as const }, axisLabel: { color: ink, formatter: valueText },
      splitLine: { lineStyle: { color: line } },
    },
    series: series.map(({ name, values, dashed }) => kind === "lines"
      ? { type: "line" as const, name, data: [...values], step: "end" as const, showSymbol: false, lineStyle: { width: 2, type: dashed === true ? "dashed" as const : "solid" as const } }
      : { type: "bar" as const, name, data: [...values], barMaxWidth: 48, ...(kind === "stackedBars" ? { stack: "all" } : {}) }),
  };
}
