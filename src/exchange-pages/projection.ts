/**
 * Points of the earth on a sheet: a degree of longitude is shorter than one of latitude by the cosine of the latitude,
 * north is up, and everything fits with a margin. What would lie on top of each other becomes one mark.
 */
export type Point = { readonly latitude: number; readonly longitude: number };
export type Sheet = { readonly width: number; readonly height: number; readonly margin: number };
export type Projection = { at(point: Point): { readonly x: number; readonly y: number }; readonly metresPerUnit: number };

/** A sheet of one point, or of points side by side, still shows some hundred metres around. */
const DEGREES_MIN = 0.004;
const METRES_PER_DEGREE = 111_195;

export function projectionOf(points: readonly Point[], { width, height, margin }: Sheet): Projection {
  const [south, north] = spanOf(points.map(({ latitude }) => latitude));
  const [west, east] = spanOf(points.map(({ longitude }) => longitude));
  const middle = { latitude: (south + north) / 2, longitude: (west + east) / 2 };
  const shrink = Math.max(0.01, Math.cos((middle.latitude * Math.PI) / 180));
  const scale = Math.min((width - 2 * margin) / Math.max(DEGREES_MIN, (east - west) * shrink), (height - 2 * margin) / Math.max(DEGREES_MIN, north - south));
  return {
    at: ({ latitude, longitude }) => ({ x: width / 2 + (longitude - middle.longitude) * shrink * scale, y: height / 2 - (latitude - middle.latitude) * scale }),
    metresPerUnit: METRES_PER_DEGREE / scale,
  };
}

const spanOf = (values: readonly number[]): readonly [number, number] => (values.length === 0 ? [0, 0]
  : values.reduce<readonly [number, number]>(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, -Infinity]));

export type Mark<T> = { readonly x: number; readonly y: number; readonly members: readonly T[] };

/** Each joins the first mark it would cover; the mark stays where its first member is. */
export function marksOf<T>(points: readonly { readonly x: number; readonly y: number; readonly of: T }[], apart: { readonly x: number; readonly y: number }): readonly Mark<T>[] {
  const marks: { x: number; y: number; members: T[] }[] = [];
  for (const { x, y, of } of points) {
    const near = marks.find((mark) => Math.abs(mark.x - x) < apart.x && Math.abs(mark.y - y) < apart.y);
    if (near) near.members.push(of);
    else marks.push({ x, y, members: [of] });
  }
  return marks;
}

export type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

const overlap = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** For each in its turn the first of its boxes that covers nothing placed before; null when all of them would. */
export function placed(wanted: readonly (readonly Box[])[], taken: readonly Box[]): readonly (Box | null)[] {
  const all = [...taken];
  return wanted.map((boxes) => {
    const box = boxes.find((one) => all.every((other) => !overlap(one, other))) ?? null;
    if (box) all.push(box);
    return box;
  });
}

/** A round length for the scale: 1, 2 or 5 times a power of ten, not longer than `metresMax`. */
export function scaleLength(metresMax: number): number {
  const power = 10 ** Math.floor(Math.log10(metresMax));
  return ([5, 2, 1].find((one) => one * power <= metresMax) ?? 1) * power;
}
