/** Any amount of prose that repeats itself nowhere, and that no two texts share a sentence of, for articles of sites that don't exist. */

const people =
  'Ines Okafor,Tobias Lund,Mireille Sand,Arun Pell,Greta Hollis,Samir Vance,Ottilie Brandt,Juno Marsh'.split(
    ',',
  );
const places =
  'the ferry office,the old weir,Kestrel Lane,the lower quay,the signal house,the brick arches,Fenwick Yard,the reservoir'.split(
    ',',
  );
const things =
  'ledgers,lanterns,sacks of barley,brass keys,weather maps,spare bearings,letters,folding chairs'.split(',');
const deeds = 'counted,carried off,repaired,labelled,mislaid,drew,weighed,sold'.split(',');
const asides = [
  'which nobody had asked for',
  'as if the tide could be argued with',
  'and wrote the number on a wall',
  'before the second bell',
  '“for the sake of order”, as the note put it',
  'while the kettle & the radio both ran dry',
  'for less than <half> of what it was worth',
  'and said so — twice',
];
const openings = [
  'In the end',
  'That week',
  'By most accounts',
  'Before dawn',
  'On a Tuesday',
  'Years later',
  'Somehow',
  'At 4 o’clock',
];

/** Sentence number `index` of a text; every text has its own `key`. */
const sentence = (key: number, index: number): string => {
  const pick = (list: readonly string[], salt: number): string =>
    list[(key * 7 + index * (salt * 2 + 1) + (index >> salt)) % list.length] ?? '';
  const number = key * 100_000 + index * 13 + 17;
  // Between one number and the next, which no other text has, there are fewer letters than make a text known again.
  return (
    `${pick(openings, 1)}, ${pick(people, 2)} ${pick(deeds, 3)} ${number} ${pick(things, 1)} at ${pick(places, 2)}, ` +
    `number ${number + 5}, ${pick(asides, 3)} (${number + 7}).`
  );
};

/** @returns paragraphs of four to six sentences, about `characters` long together. */
export const madeUpProse = (key: number, characters: number): readonly string[] => {
  const paragraphs: string[] = [];
  let written = 0;
  for (let index = 0; written < characters; ) {
    const count = 4 + (index % 3);
    const paragraph = Array.from({ length: count }, (_, at) => sentence(key, index + at)).join(' ');
    index += count;
    written += paragraph.length;
    paragraphs.push(paragraph);
  }
  return paragraphs;
};
