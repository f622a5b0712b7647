/**
 * Plates that eyes and cameras take for another: letter O for digit 0, I for 1, and one character wrong, missing or too
 * many. They are made from the plate that was typed and looked up like it, so nobody else's plate is opened for it.
 */
import { normalised } from "../credential.ts";

const CHARACTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"];
const TWINS: Readonly<Record<string, string>> = { O: "0", 0: "O", I: "1", 1: "I" };
/** Shorter texts have too many neighbours for one character to say anything. */
const LENGTH_MIN = 4;
/** Longer than any plate: a ticket number is read from a code, not by eye. */
const LENGTH_MAX = 12;
/** Each doubles the spellings. */
const TWINS_MAX = 5;

/** Without the plate itself, at most some 900. */
export function nearMisses(typed: string): readonly string[] {
  const plate = normalised(typed);
  if (plate.length < LENGTH_MIN || plate.length > LENGTH_MAX) return [];
  const found = new Set([...alike(plate), ...oneEdit(plate)]);
  found.delete(plate);
  return [...found];
}

/** Every spelling with O and 0, I and 1 exchanged. */
function alike(plate: string): readonly string[] {
  const places = [...plate].flatMap((sign, i) => (TWINS[sign] === undefined ? [] : [i])).slice(0, TWINS_MAX);
  return places.reduce<readonly string[]>((spellings, i) => spellings.flatMap((one) => {
    const sign = one[i] ?? "";
    return [one, replaced(one, i, TWINS[sign] ?? sign)];
  }), [plate]);
}

function oneEdit(plate: string): readonly string[] {
  const made: string[] = [];
  for (let i = 0; i <= plate.length; i++) {
    const [before, after] = [plate.slice(0, i), plate.slice(i)];
    if (after !== "") made.push(before + after.slice(1));
    for (const sign of CHARACTERS) {
      made.push(before + sign + after);
      if (after !== "") made.push(before + sign + after.slice(1));
    }
  }
  return made;
}

const replaced = (text: string, i: number, sign: string): string => text.slice(0, i) + sign + text.slice(i + 1);
