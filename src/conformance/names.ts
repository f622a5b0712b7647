/**
 * Names nobody used before: ids, plates and a place in the ocean of this run. A run leaves its objects behind, so
 * the next one must not meet them.
 */
export type Names = {
  /** A fresh id that says what it is for. */
  id(hint: string): string;
  /** A fresh plate of seven characters. */
  plate(): string;
  /** A point nobody else has, far out at sea: latitude and longitude. */
  ocean(): readonly [number, number];
};

/** Plates have no I, O, Q, 0 or 1, which readers confuse. */
const PLATE_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ23456789";

/** @param run text that no other run has */
export function namesOf(run: string): Names {
  let ids = 0;
  let plates = 0;
  let oceans = 0;
  const seed = [...run].reduce((sum, letter) => (Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0)) >>> 0, 17);
  return {
    id: (hint) => `cf-${run}-${hint}-${++ids}`,
    plate: () => {
      // A different multiple of a number that is coprime to the alphabet's powers: no plate twice in a run.
      let number = (seed + Math.imul(++plates, 2_654_435_761)) >>> 0;
      let plate = "";
      for (let place = 0; place < 7; place++) {
        plate += PLATE_LETTERS[number % PLATE_LETTERS.length] ?? "A";
        number = Math.floor(number / PLATE_LETTERS.length) + (place === 5 ? plates : 0);
      }
      return plate;
    },
    // Near 45 degrees south, where a degree of latitude is the same on the sphere and the ellipsoid within 1 in 1000.
    ocean: () => {
      oceans++;
      return [-45 + (seed % 997) / 1_000, -130 + (seed % 1_009) / 50 + oceans * 0.5];
    },
  };
}
