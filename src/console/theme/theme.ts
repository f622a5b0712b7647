/**
 * The console's look: system fonts, one accent colour, and colours dark (or light) enough to be read in
 * both schemes. Every deviation from the kit's defaults here is one that an axe run asked for.
 */
import { type CSSVariablesResolver, createTheme } from "@mantine/core";

const STATUS_COLOURS = ["red", "orange", "yellow", "green", "teal", "blue", "indigo", "grape", "gray"] as const;

export const theme = createTheme({
  primaryColor: "indigo",
  primaryShade: 7,
  autoContrast: true,
  luminanceThreshold: 0.2,
  // Red is for what cannot be undone: dark enough for white text where the kit's own would carry black.
  colors: { red: ["#fff5f5", "#ffe3e3", "#ffc9c9", "#ffa8a8", "#ff8787", "#f05252", "#e03131", "#c92a2a", "#b02525", "#8f1d1d"] },
  defaultRadius: "md",
  cursorType: "pointer",
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Consolas, 'Noto Sans Mono', 'Liberation Mono', monospace",
  headings: { fontWeight: "650", sizes: { h1: { fontSize: "1.6rem", lineHeight: "1.25" } } },
  components: {
    Badge: { defaultProps: { variant: "dot", radius: "sm", tt: "none", fw: 550 } },
    // The kit's <header> would be a second banner of the page.
    Modal: { defaultProps: { attributes: { header: { role: "none" } }, centered: true, overlayProps: { backgroundOpacity: 0.5, blur: 2 } } },
    Notification: { defaultProps: { closeButtonProps: { "aria-label": "×" } } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: true } } },
    Table: { defaultProps: { verticalSpacing: 8, horizontalSpacing: "sm" } },
    Loader: { defaultProps: { type: "dots" } },
  },
});

/** Text on a tinted or plain background: light scheme one step darker, dark scheme one step lighter than the kit's. */
export const cssVariables: CSSVariablesResolver = (resolved) => {
  const light: Record<string, string> = {
    "--mantine-color-dimmed": "#4b535b",
    "--mantine-color-placeholder": "#5c646c",
    "--mantine-color-error": "#b02525",
    "--gh-surface": "#ffffff",
    "--gh-page": "#f4f5f8",
    "--gh-line": "#d5d9df",
    "--gh-ok": "#1b7a3a", "--gh-warn": "#a04b00", "--gh-alarm": "#b02525", "--gh-busy": "#364fc7", "--gh-idle": "#5c646c",
  };
  const dark: Record<string, string> = {
    "--mantine-color-dimmed": "#b4bac2",
    "--mantine-color-placeholder": "#a3a9b1",
    "--mantine-color-error": "#ff9f9f",
    "--gh-surface": "#22252b",
    "--gh-page": "#17191d",
    "--gh-line": "#3b4048",
    "--gh-ok": "#69db7c", "--gh-warn": "#ffb25e", "--gh-alarm": "#ff9f9f", "--gh-busy": "#9fb2ff", "--gh-idle": "#b4bac2",
  };
  for (const colour of STATUS_COLOURS) {
    light[`--mantine-color-${colour}-text`] = resolved.colors[colour]?.[9] ?? "#212529";
    light[`--mantine-color-${colour}-light-color`] = resolved.colors[colour]?.[9] ?? "#212529";
    dark[`--mantine-color-${colour}-text`] = resolved.colors[colour]?.[3] ?? "#f1f3f5";
    dark[`--mantine-color-${colour}-light-color`] = resolved.colors[colour]?.[2] ?? "#f1f3f5";
  }
  light["--mantine-color-green-light-color"] = light["--mantine-color-green-text"] = "#1f6b2e";
  for (const colour of ["yellow", "orange"] as const) {
    light[`--mantine-color-${colour}-text`] = "#8a3f00";
    light[`--mantine-color-${colour}-light-color`] = "#7a3700";
  }
  return { variables: {}, light, dark };
};
