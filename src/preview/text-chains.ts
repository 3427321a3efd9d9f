/** Cuts a text that is kept in several pieces, and its other renderings, each at the same measure. */
import type { Cutoff } from '../policy/policy.ts';
import { type Cuttable, cuttableHtml, cuttableText, looksLikeHtml } from './cuttable.ts';
import { findCut } from './find-cut.ts';
import { RUN_LENGTH, type WithheldRuns, withheldRuns } from './withheld-runs.ts';

export interface Piece<Key> {
  readonly key: Key;
  readonly source: string;
}

interface ChainCut<Key> {
  /** What is left of each piece. */
  readonly cuts: ReadonlyMap<Key, string>;
  readonly runs: WithheldRuns;
  /** What `runs` were made of. */
  readonly withheld: string;
  readonly allowed: string;
  readonly previewText: string;
  readonly fullText: string;
}

/**
 * @param groups each the pieces of one text in order (the blocks of a document); the pieces share one measure, or
 * every short block would be given away whole. A group that repeats an earlier one is another rendering of it and is
 * measured by itself; any other goes on where the earlier ones end, or is measured by itself too when they are `apart`
 * (a text and its summary).
 * @param articleLength in characters, where more of the article is known than is here: a share is of all of it
 */
export const cutChains = <Key>(
  groups: readonly (readonly Piece<Key>[])[],
  cutoff: Cutoff,
  relation: 'continued' | 'apart' = 'continued',
  articleLength = 0,
): ChainCut<Key> => {
  const linked = groups.map((pieces) => pieces.map(linkOf));
  const chains = relation === 'apart' ? linked : chainsOf(linked);
  const measured = measure(chains, cutoff, articleLength);
  const allowed = measured.map(({ text, length }) => text.slice(0, length)).join('\n');
  const data = chains.flat().flatMap(({ data: text }) => text ?? []);
  const withheld = [...measured.map(({ text, length }) => withheldFrom(text, length)), ...data].join('\n');
  const runs = withheldRuns(withheld, allowed);
  const cuts = new Map(measured.flatMap(({ links, length }) => cutsOf(links, length, runs)));
  const first = measured[0] ?? { text: '', length: 0 };
  return {
    cuts,
    runs,
    withheld,
    allowed,
    previewText: shown(first.text.slice(0, first.length)),
    fullText: shown(first.text),
  };
};

interface Measured<Key> {
  readonly links: readonly Link<Key>[];
  readonly text: string;
  readonly length: number;
}

/** The first chain is the text. A rendering of it may begin elsewhere, and gives away nothing that the text withholds. */
const measure = <Key>(
  chains: readonly (readonly Link<Key>[])[],
  cutoff: Cutoff,
  articleLength: number,
): Measured<Key>[] => {
  let runs: WithheldRuns | undefined;
  const whole = Math.max(articleLength, ...chains.map((links) => textOf(links).length));
  return chains.map((links) => {
    const text = textOf(links);
    let length = chainLength(links, text, cutoff, whole - text.length);
    while (length > 0 && runs?.carriedBy(text.slice(0, length), RUN_LENGTH))
      length = Math.floor(length * 0.9);
    length = text.slice(0, length).trimEnd().length;
    runs ??= withheldRuns(withheldFrom(text, length), text.slice(0, length));
    return { links, text, length };
  });
};

const withheldFrom = (text: string, length: number): string =>
  length < text.length ? text.slice(Math.max(0, length - RUN_LENGTH + 1)) : '';

interface Link<Key> {
  readonly key: Key;
  readonly cuttable: Cuttable;
  /** Text in a form of its own (an editor's document as JSON), which can't be cut and so is withheld whole. */
  readonly data?: string;
}

const linkOf = <Key>({ key, source }: Piece<Key>): Link<Key> => {
  if (/^\s*[[{]/.test(source) && isJson(source)) return { key, cuttable: cuttableText(''), data: source };
  return { key, cuttable: looksLikeHtml(source) ? cuttableHtml(source) : cuttableText(source) };
};

const isJson = (source: string): boolean => {
  try {
    JSON.parse(source);
    return true;
  } catch {
    return false;
  }
};

const chainsOf = <Key>(groups: readonly (readonly Link<Key>[])[]): Link<Key>[][] => {
  const chains: Link<Key>[][] = [];
  for (const group of groups) {
    const first = chains[0];
    const repeats = chains.some((chain) => isRendering(textOf(group), textOf(chain)));
    if (first && !repeats) for (const link of group) first.push(link);
    else chains.push([...group]);
  }
  return chains;
};

const RENDERING_SAMPLE = 400;

const isRendering = (text: string, other: string): boolean => {
  const sample = text.slice(0, RENDERING_SAMPLE);
  const known = withheldRuns(other, '');
  return known.carriedBy(sample, Math.max(RUN_LENGTH, Math.min(48, Math.floor(sample.length / 2))));
};

const textOf = <Key>(links: readonly Link<Key>[]): string =>
  links
    .map(({ cuttable }) => cuttable.text)
    .filter((text) => text !== '')
    .join('\n');

const chainLength = <Key>(
  links: readonly Link<Key>[],
  text: string,
  cutoff: Cutoff,
  elsewhere: number,
): number =>
  findCut(text, cutoff, {
    elsewhere,
    marked: cutoff.by === 'marker' ? markedLength(links, cutoff.marker) : undefined,
  });

const markedLength = <Key>(links: readonly Link<Key>[], marker: string): number | undefined => {
  let before = 0;
  for (const { cuttable } of links) {
    const marked = cuttable.markedLength(marker);
    if (marked !== undefined) return before + marked;
    if (cuttable.text !== '') before += cuttable.text.length + 1;
  }
  return undefined;
};

const cutsOf = <Key>(links: readonly Link<Key>[], length: number, runs: WithheldRuns): [Key, string][] => {
  let left = length;
  const isWhole = length >= textOf(links).length;
  return links.map(({ key, cuttable, data }): [Key, string] => {
    const own = Math.max(0, Math.min(left, cuttable.text.length));
    const isPast = left <= 0 && (cuttable.text !== '' || !isWhole);
    if (cuttable.text !== '') left -= cuttable.text.length + 1;
    return [key, data !== undefined || isPast ? '' : cuttable.cutAt(own, runs)];
  });
};

const shown = (text: string): string => text.replaceAll('\n', ' ');
