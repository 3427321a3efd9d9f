/** Remembers what signed texts stand for: each has one place, found by its signature, and gives way to the next that falls there. */

export interface Places<Value> {
  get(text: string): Value | undefined;
  set(text: string, value: Value): void;
}

const placeCount = 65_536;

/**
 * For texts that end in a base64url signature, whose characters are as good as random. A cache that orders its entries
 * by use costs more, with every request another visitor's, than checking the signature again does.
 */
export const createPlaces = <Value>(): Places<Value> => {
  const texts = new Array<string | undefined>(placeCount);
  const values = new Array<Value | undefined>(placeCount);
  return {
    get: (text) => {
      const place = placeOf(text);
      return texts[place] === text ? values[place] : undefined;
    },
    set: (text, value) => {
      const place = placeOf(text);
      texts[place] = text;
      values[place] = value;
    },
  };
};

/** From three characters near the end; the last one holds only four bits of the signature. */
const placeOf = (text: string): number => {
  const end = text.length;
  const bits = (text.charCodeAt(end - 2) << 10) ^ (text.charCodeAt(end - 3) << 5) ^ text.charCodeAt(end - 4);
  return bits & (placeCount - 1);
};
