/** Writes curves for SVG. */

export type Point = readonly [x: number, y: number];

/** One decimal is finer than a screen shows. */
export const short = (value: number): string => String(Math.round(value * 10) / 10);

/** A smooth line through the neighbourhood of the points: each is the control point between two midpoints. */
export const smoothLine = (points: readonly Point[]): string => {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const parts = [`M${short(first[0])} ${short(first[1])}`];
  rest.forEach(([x, y], index) => {
    const [nextX, nextY] = rest[index + 1] ?? [x, y];
    parts.push(`Q${short(x)} ${short(y)} ${short((x + nextX) / 2)} ${short((y + nextY) / 2)}`);
  });
  return parts.join('');
};
