/** What a chart shows, free of the library that draws it. */
export type Series = { readonly name: string; readonly values: readonly (number | null)[]; readonly dashed?: boolean };

export type Drawing = {
  readonly kind: "lines" | "stackedBars" | "bars";
  /** One label per value: a time of day, a date, an organisation. */
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  readonly unit: string;
  readonly valueText: (value: number) => string;
};

/** Told apart with and without colour vision, 3:1 against both grounds; order is fixed. */
export const SERIES_COLOURS = {
  light: ["#364fc7", "#c2410c", "#0b7285", "#862e9c", "#5c940d", "#a61e4d", "#495057", "#8a6d00", "#1864ab", "#2b8a3e"],
  dark: ["#91a7ff", "#ffa94d", "#66d9e8", "#e599f7", "#a9e34b", "#faa2c1", "#ced4da", "#ffe066", "#74c0fc", "#8ce99a"],
} as const;
