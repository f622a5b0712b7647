/** The scenarios that come with the product: the same files the tests run. Embedded when the pages are built. */
export type ShippedScenario = { readonly name: string; readonly title: string; readonly seed: string; readonly text: string };

const files = import.meta.glob<string>("../../../../test/rights/scenarios/*/*.yaml", { query: "?raw", import: "default", eager: true });

const field = (text: string, name: string): string => new RegExp(`^${name}: *"?(.*?)"? *$`, "m").exec(text)?.[1] ?? "";

/** By heading of the seed, then by title. */
export const SCENARIOS: readonly ShippedScenario[] = Object.entries(files)
  .map(([path, text]) => ({ name: path.replace(/^.*\/|\.yaml$/g, ""), title: field(text, "title"), seed: field(text, "seed"), text }))
  .sort((a, b) => a.seed.localeCompare(b.seed, "de") || a.title.localeCompare(b.title, "en"));
