/** Whether two pictures of a page show the same, whatever browser drew them: finer than any part of a page, coarser than a letter's edge. */
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

export type Comparison =
  | { readonly kind: 'same' }
  | {
      readonly kind: 'different';
      /** In words, to stand after the picture's name. */
      readonly how: string;
      /** PNG: what was seen, red where it differs. */
      readonly difference?: Uint8Array;
    };

/**
 * Versions of a browser draw the edges of letters each in their own way: every square of so many pixels becomes one of
 * its mean colour, which evens them out, and leaves words, lines and grounds.
 */
const SQUARE = 4;
/** From 0 to 1: a square that differs by more is another. */
const THRESHOLD = 0.1;
/** Pixels along each side of the field that squares are counted in: about a line and a half of text. */
const FIELD = 32;
/** A field with a larger share of other squares is another. */
const MOST_OTHERS = 0.15;
/** They also round to another pixel: a field may have moved so far before it is compared. */
const [FARTHEST_ACROSS, FARTHEST_DOWN] = [2, 4];
const MOST_IN_HEIGHT = 8;

/** Never throws for two pictures, however they differ. */
export const comparePictures = (reference: Uint8Array, seen: Uint8Array): Comparison => {
  const [before, after] = [read(reference), read(seen)];
  const others = fieldsOf(before, after).filter((field) => !isFoundAgain(field, before, after));
  const how = [
    ...(before.width === after.width ? [] : [`is ${after.width} px wide instead of ${before.width}`]),
    ...(Math.abs(before.height - after.height) <= MOST_IN_HEIGHT
      ? []
      : [`is ${after.height} px high instead of ${before.height}`]),
    ...(others.length === 0 ? [] : [`differs from ${others[0]?.top} px on, in ${others.length} fields`]),
  ];
  return how.length === 0
    ? { kind: 'same' }
    : { kind: 'different', how: how.join(' and '), difference: marked(after, others) };
};

const read = (picture: Uint8Array): PNG => PNG.sync.read(Buffer.from(picture));

interface Field {
  readonly left: number;
  readonly top: number;
  /** Less at the right and at the bottom. */
  readonly width: number;
  readonly height: number;
}

/** Of what both pictures have, from top to bottom. */
const fieldsOf = (one: PNG, other: PNG): readonly Field[] => {
  const [width, height] = [Math.min(one.width, other.width), Math.min(one.height, other.height)];
  const fields: Field[] = [];
  for (let top = 0; top + SQUARE <= height; top += FIELD)
    for (let left = 0; left + SQUARE <= width; left += FIELD)
      fields.push({ left, top, width: Math.min(FIELD, width - left), height: Math.min(FIELD, height - top) });
  return fields;
};

/** Nearest first. */
const moves = Array.from({ length: 2 * FARTHEST_DOWN + 1 }, (_, row) => row - FARTHEST_DOWN)
  .flatMap((down) =>
    Array.from({ length: 2 * FARTHEST_ACROSS + 1 }, (_, column) => ({
      across: column - FARTHEST_ACROSS,
      down,
    })),
  )
  .sort((one, other) => Math.hypot(one.across, one.down) - Math.hypot(other.across, other.down));

const isFoundAgain = (field: Field, before: PNG, after: PNG): boolean => {
  const wanted = squaresOf(before, field);
  return moves.some(({ across, down }) => {
    const moved = { ...field, left: field.left + across, top: field.top + down };
    const found = squaresOf(after, moved);
    const { width, height } = wanted;
    const options = { threshold: THRESHOLD, includeAA: true };
    const others = pixelmatch(wanted.data, found.data, undefined, width, height, options);
    return others <= MOST_OTHERS * width * height;
  });
};

const squaresOf = (
  picture: PNG,
  { left, top, width, height }: Field,
): { readonly width: number; readonly height: number; readonly data: Uint8Array } => {
  const [columns, rows] = [Math.floor(width / SQUARE), Math.floor(height / SQUARE)];
  const data = new Uint8Array(columns * rows * 4);
  for (let at = 0; at < data.length; at += 4) {
    const [column, row] = [(at / 4) % columns, Math.floor(at / 4 / columns)];
    data.set(meanOf(picture, left + column * SQUARE, top + row * SQUARE), at);
  }
  return { width: columns, height: rows, data };
};

const meanOf = ({ width, height, data }: PNG, left: number, top: number): readonly number[] => {
  let [red, green, blue] = [0, 0, 0];
  for (let down = 0; down < SQUARE; down += 1)
    for (let across = 0; across < SQUARE; across += 1) {
      const x = Math.min(Math.max(left + across, 0), width - 1);
      const y = Math.min(Math.max(top + down, 0), height - 1);
      const at = (y * width + x) * 4;
      red += data[at] ?? 0;
      green += data[at + 1] ?? 0;
      blue += data[at + 2] ?? 0;
    }
  const count = SQUARE ** 2;
  return [red / count, green / count, blue / count, 255];
};

const marked = (picture: PNG, fields: readonly Field[]): Uint8Array => {
  for (const { left, top, width, height } of fields)
    for (let y = top; y < top + height; y += 1)
      for (let x = left; x < left + width; x += 1) {
        const at = (y * picture.width + x) * 4;
        picture.data[at] = 255 - Math.round((255 - (picture.data[at] ?? 0)) / 3);
      }
  return PNG.sync.write(picture);
};

/**
 * The same picture in fewer shades than there are, which nobody sees: it takes half the room.
 *
 * @param picture PNG
 */
export const inFewShades = (picture: Uint8Array): Uint8Array => {
  const drawn = read(picture);
  const step = 255 / (SHADES - 1);
  const shades = Uint8Array.from({ length: 256 }, (_, value) => Math.round(Math.round(value / step) * step));
  for (let at = 0; at < drawn.data.length; at += 1) drawn.data[at] = shades[drawn.data[at] ?? 0] ?? 0;
  // Without filters: on pages of few shades they make a picture larger.
  return PNG.sync.write(drawn, { colorType: 2, deflateLevel: 9, filterType: 0, deflateStrategy: 0 });
};

const SHADES = 128;
