/** The price ladder as a step line in the units of a drawing. */
import type { Step } from "../../../tariff/ladder.ts";

/** Pixels; the line starts at `left` and its foot is `bottom` above the lower edge. */
export type Frame = {
  readonly width: number; readonly height: number; readonly left: number; readonly bottom: number;
  readonly top: number;
};
export type Scale = { readonly horizonMs: number; readonly topMinor: number };

export const xOf = (frame: Frame, scale: Scale, ms: number): number => frame.left + (ms / scale.horizonMs) * (frame.width - frame.left);
export const yOf = (frame: Frame, scale: Scale, minor: number): number =>
  frame.height - frame.bottom - (minor / scale.topMinor) * (frame.height - frame.bottom - frame.top);

/** Broken where there is no price. */
export function pathOf(steps: readonly Step[], frame: Frame, scale: Scale): string {
  const parts: string[] = [];
  let drawing = false;
  steps.forEach((step, i) => {
    const until = Math.min(steps[i + 1]?.afterMs ?? scale.horizonMs, scale.horizonMs);
    if (step.price.type === "noPrice" || step.afterMs >= scale.horizonMs) {
      drawing = false;
      return;
    }
    const y = yOf(frame, scale, step.price.totalMinor).toFixed(1);
    parts.push(`${drawing ? "L" : "M"}${xOf(frame, scale, step.afterMs).toFixed(1)} ${y}L${xOf(frame, scale, until).toFixed(1)} ${y}`);
    drawing = true;
  });
  return parts.join("");
}

export const highest = (steps: readonly Step[]): number =>
  steps.reduce((top, { price }) => (price.type === "price" ? Math.max(top, price.totalMinor) : top), 0);

/** At most six even marks from 0 to at least the top: 1, 2 or 5 times a power of ten apart. */
export function marksUpTo(top: number): readonly number[] {
  const least = Math.max(1, top / 5);
  const power = 10 ** Math.floor(Math.log10(least));
  const apart = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= least) ?? least;
  return Array.from({ length: Math.max(1, Math.ceil(top / apart)) + 1 }, (_, i) => i * apart);
}
