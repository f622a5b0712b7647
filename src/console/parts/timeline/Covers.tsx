/** The colours and patterns of covers, and the legend that names them. */
import type { CoverView } from "../../../api/contract/rights-words.ts";
import { useWords } from "../../words/locale.tsx";
import { timelineWords } from "./words.ts";

export type CoverName = CoverView["type"];
export const COVER_NAMES = [
  "contract", "booking", "seasonTicket", "external", "service", "kept", "reported", "uncovered",
] as const satisfies readonly CoverName[];

/** Lines over the colour, in a square of eight. */
const MARKS: Readonly<Record<CoverName, string>> = {
  contract: "", booking: "M2 0V8", seasonTicket: "M0 2H8", external: "M0 2H8M2 0V8", service: "M4 3.5V4.5",
  kept: "M0 4H8", reported: "M0 8L8 0", uncovered: "M0 0L8 8M-2 6L2 10M6 -2L10 2",
};

/** `prefix` keeps the patterns of two pictures of one page apart. */
export function CoverPatterns({ prefix }: { readonly prefix: string }) {
  return (
    <defs>
      {COVER_NAMES.map((cover) => (
        <pattern key={cover} id={`${prefix}-${cover}`} width={8} height={8} patternUnits="userSpaceOnUse">
          <rect width={8} height={8} fill={`var(--cv-${cover})`} />
          {MARKS[cover] !== "" && <path d={MARKS[cover]} stroke="var(--cv-mark)" strokeWidth={cover === "service" ? 3 : 1.3} strokeLinecap="round" fill="none" opacity={cover === "uncovered" ? 0.45 : 0.8} />}
        </pattern>
      ))}
      <pattern id={`${prefix}-neutral`} width={7} height={7} patternUnits="userSpaceOnUse">
        <rect width={7} height={7} fill="var(--gh-surface)" opacity={0.55} />
        <path d="M0 7L7 0M0 0L7 7" stroke="var(--mantine-color-text)" strokeWidth={1} />
      </pattern>
    </defs>
  );
}

export function Legend({ prefix, covers, neutral }: { readonly prefix: string; readonly covers: readonly CoverName[]; readonly neutral: boolean }) {
  const t = useWords(timelineWords);
  const sign = (of: string) => <svg viewBox="0 0 30 14" aria-hidden><rect width={30} height={14} rx={3} fill={`url(#${prefix}-${of})`} /></svg>;
  return (
    <ul className="stays-legend" aria-label={t("legend")}>
      {covers.map((cover) => <li key={cover}>{sign(cover)}{t(`cover.${cover}`)}</li>)}
      {neutral && <li>{sign("neutral")}{t("neutral")}</li>}
    </ul>
  );
}
