/** The outcomes as lines for people and as JSON for programs. Plates in it are the suite's own inventions. */
import type { Item } from "./item.ts";
import type { Outcome, Summary } from "./run.ts";

const MARKS: Readonly<Record<Outcome["result"], string>> = {
  passed: "passed  ", failed: "FAILED  ", unseen: "unseen  ", notHere: "not here", later: "later   ",
};

export function outcomeLines(outcome: Outcome): readonly string[] {
  const { item } = outcome;
  const head = `${MARKS[outcome.result]} ${String(item.no).padStart(3)} [${item.source.join("+")}] ${item.title}`;
  switch (outcome.result) {
    case "passed": return [head];
    case "failed": return [
      head, `             reason: ${oneLine(outcome.reason)}`,
      ...(outcome.trace ? [`             sent: (${outcome.trace.who}) ${oneLine(outcome.trace.sent)}`, `             came back: ${oneLine(outcome.trace.cameBack)}`] : []),
    ];
    case "unseen":
    case "notHere":
    case "later": return [head, `             ${outcome.reason}`];
  }
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*[\r\n]+\s*/g, " ");
}

export function lastLine({ passed, failed }: Summary): string {
  return `${passed} passed, ${failed} failed`;
}

/** What was not judged, in one line. */
export function restLine({ outcomes, requests }: Summary): string {
  const count = (result: Outcome["result"]) => outcomes.filter((one) => one.result === result).length;
  return `${requests} answers read; ${count("unseen")} items unseen, ${count("notHere")} not here, ${count("later")} later`;
}

export function jsonReport(url: string, summary: Summary): string {
  return JSON.stringify({
    url, passed: summary.passed, failed: summary.failed, requests: summary.requests,
    items: summary.outcomes.map((outcome) => {
      const { no, title, source } = outcome.item;
      const rest = outcome.item.type === "checked" && outcome.item.rest !== undefined ? { rest: outcome.item.rest } : {};
      const { item: _, ...said } = outcome;
      return { no, title, source, ...said, ...rest };
    }),
  }, null, 2);
}

/** The checklist as a table of Markdown: what is judged from outside, and where the rest is shown. */
export function checklistTable(items: readonly Item[]): string {
  const rows = items.map((item) => `| ${item.no} | ${item.source.join(" ")} | ${item.title} | ${statusText(item)} |`);
  return ["| # | source | what | status |", "|---|---|---|---|", ...rows, ""].join("\n");
}

function statusText(item: Item): string {
  switch (item.type) {
    case "checked": return item.rest === undefined ? "judged" : `judged; ${item.rest}`;
    case "notHere": return `not here: ${item.reason}; shown by ${item.shownBy}`;
    case "later": return `later: ${item.reason}`;
  }
}
