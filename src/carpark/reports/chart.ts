/** Charts for paper, drawn to SVG text. */
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { ReportChart } from "./document.ts";

use([BarChart, LineChart, GridComponent, LegendComponent, MarkLineComponent, SVGRenderer]);

/** Readable in grey print and for colour-blind eyes. */
const COLOURS = ["#1d4ed8", "#d97706", "#0f766e", "#9333ea", "#be123c", "#4d7c0f"];
const FONT = "Roboto";

const WIDTH = 700;
const BARS_HEIGHT = 220;
const STEPS_HEIGHT = 240;

export function chartSvg(chart: ReportChart): string {
  switch (chart.kind) {
    case "bars": return barsSvg(chart);
    case "steps": return stepsSvg(chart);
  }
}

function barsSvg({ categories, series }: ReportChart): string {
  return svgOf({
    ...frame(), xAxis: { type: "category", data: [...categories], axisLabel: { fontFamily: FONT } },
    series: series.map(({ name, values }) => ({ type: "bar", name, data: [...values], barMaxWidth: 40 })),
  }, WIDTH, BARS_HEIGHT);
}

function stepsSvg({ categories, series }: ReportChart): string {
  return svgOf({
    ...frame(),
    xAxis: {
      type: "category", data: [...categories], boundaryGap: false,
      axisLabel: { fontFamily: FONT, interval: (_: number, label: string) => /^(00|04|08|12|16|20):00$/.test(label) },
      axisTick: { interval: (_: number, label: string) => label.endsWith(":00") },
    },
    series: series.map(({ name, values }) => ({ type: "line", name, data: [...values], step: "end", symbol: "none", lineStyle: { width: 1.5 } })),
  }, WIDTH, STEPS_HEIGHT);
}

function frame(): Record<string, unknown> {
  return {
    animation: false, color: COLOURS, textStyle: { fontFamily: FONT },
    grid: { left: 44, right: 12, top: 34, bottom: 26 },
    legend: {
      top: 0, textStyle: { fontFamily: FONT } }, yAxis: { type: "value", minInterval: 1,
      axisLabel: { fontFamily: FONT },
    },
  };
}

/** A chart that is not disposed keeps the process alive. */
function svgOf(option: Record<string, unknown>, width: number, height: number): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
