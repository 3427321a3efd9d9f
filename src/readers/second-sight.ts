/** Tells a text that came before from one that comes for the first time, without keeping any text. */

/** True when this text, or by a rare chance another, was asked about before and not long ago. */
export type SecondSight = (text: string) => boolean;

const placeCount = 65_536;
/** What tells one browser's cookies from another's is mostly at the end: the signature. */
const lookedAt = 48;

export const createSecondSight = (): SecondSight => {
  const prints = new Uint32Array(placeCount);
  return (text) => {
    const print = printOf(text);
    const place = print & (placeCount - 1);
    if (prints[place] === print) return true;
    prints[place] = print;
    return false;
  };
};

/** FNV-1a over the text's end; a chance hit only means that something is kept a request early. */
const printOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = Math.max(0, text.length - lookedAt); index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
};
