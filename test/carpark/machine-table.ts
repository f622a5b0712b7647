/** The tables of docs/machines, read as rows to drive. */
import { readFileSync } from "node:fs";

export type MachineRow = { readonly state: string; readonly input: string; readonly next: string; readonly events: string };

export function machineRows(file: string): readonly MachineRow[] {
  const text = readFileSync(new URL(`../../docs/machines/${file}`, import.meta.url), "utf8");
  const lines = text.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| state"));
  return lines.map((line) => {
    const [state = "", input = "", next = "", events = ""] = line.split("|").slice(1).map((cell) => cell.trim());
    return { state, input, next, events };
  });
}
