/** Charts for paper: the option objects the browser draws too, rendered to SVG text. */
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, LineChart, GridComponent, LegendComponent, MarkLineComponent, SVGRenderer]);

/** Readable in grey print and for colour-blind eyes. */
const COLOURS = ["#1d4ed8", "#d97706", "#0f766e", "#9333ea", "#be123c", "#4d7c0f"];
const FONT = "Roboto";

export type Bars = {
  readonly categories: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
};

export function barsSvg({ categories, series }: Bars, width = 700, height = 220): string {
  return svgOf({
    ...frame(), xAxis: { type: "category", data: [...categories], axisLabel: { fontFamily: FONT } },
    series: series.map(({ name, values }) => ({ type: "bar", name, data: [...values], barMaxWidth: 40 })),
  }, width, height);
}

/** Counts hold until they change: lines in steps. `labels` one for each value. */
export function stepsSvg({ categories, series }: Bars, width = 700, height = 240): string {
  return svgOf({
    ...frame(),
    xAxis: {
      type: "category", data: [...categories], boundaryGap: false,
      axisLabel: { fontFamily: FONT, interval: (_: number, label: string) => /^(00|04|08|12|16|20):00$/.test(label) },
      axisTick: { interval: (_: number, label: string) => label.endsWith(":00") },
    },
    series: series.map(({ name, values }) => ({ type: "line", name, data: [...values], step: "end", symbol: "none", lineStyle: { width: 1.5 } })),
  }, width, height);
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
