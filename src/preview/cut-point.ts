/** Turns a cutoff into a place in the source: how much of the body's text is given away, and where its bytes end. */
import type { Element } from 'domhandler';
import type { ParsedPage } from '../article/parsed-page.ts';
import type { Cutoff } from '../policy/policy.ts';
import { offsetInToken, type TextRun } from './body-text.ts';
import type { Body } from './find-body.ts';
import { findCut } from './find-cut.ts';
import { selectElements, selectorWorkFor } from './select-elements.ts';
import { concealmentOf } from './visibility.ts';

export interface CutPoint {
  /** How much of the body's text is shown. */
  readonly length: number;
  /** Where in the source the kept part ends. */
  readonly offset: number;
  /** Text that follows it, where the cut is in the middle of a stretch with character references. */
  readonly rest: string;
  readonly complete: boolean;
}

/** @param elsewhere how many characters of the article the page holds beside what the body shows */
export const cutPointOf = (page: ParsedPage, body: Body, cutoff: Cutoff, elsewhere = 0): CutPoint => {
  const { text } = body.text;
  if (cutoff.by !== 'marker') return pointAt(body, findCut(text, cutoff, { elsewhere }));
  const offset = markerOffset(page, body, cutoff.marker);
  // Where the mark is can't be found out: it may be the very beginning.
  if (offset === 'unknown') return atStart(body);
  const marked = offset === undefined ? undefined : pointBefore(body, offset);
  const length = findCut(text, cutoff, { marked: marked?.length, elsewhere });
  return marked && length === marked.length ? marked : pointAt(body, length);
};

/** @param length an offset into the body's text, after a character that isn't a space. */
export const pointAt = (body: Body, length: number): CutPoint => {
  const { text, runs } = body.text;
  if (length >= text.length)
    return { length: text.length, offset: Math.max(body.end, body.reach), rest: '', complete: true };
  let index = runs.findLastIndex(({ start }) => start < length);
  let run = runs[index];
  if (run?.atom && !endsAtom(runs, index, length)) {
    index = runs.findIndex(({ atom }) => atom === run?.atom) - 1;
    run = runs[index];
    return run ? pointAt(body, run.end) : atStart(body);
  }
  if (!run) return atStart(body);
  const end = atomEnd(run) ?? run.token.start;
  if (run.atom) return { length, offset: end, rest: '', complete: false };
  const within = offsetInToken(run, length - run.start);
  const { token } = run;
  return token.exact
    ? { length, offset: token.start + within, rest: '', complete: false }
    : { length, offset: token.start, rest: escaped(token.chars.slice(0, within)), complete: false };
};

const atStart = ({ start }: Body): CutPoint => ({ length: 0, offset: start, rest: '', complete: false });

/** All of the atom's text is shown, and where it ends in the source is known. */
const endsAtom = (runs: readonly TextRun[], index: number, length: number): boolean => {
  const run = runs[index];
  return (
    run !== undefined && length >= run.end && runs[index + 1]?.atom !== run.atom && atomEnd(run) !== undefined
  );
};

const atomEnd = ({ atom }: TextRun): number | undefined => {
  const location = atom?.sourceCodeLocation as { endTag?: { endOffset: number } } | undefined;
  return location?.endTag?.endOffset;
};

/** Everything before a place in the source that is between two tokens. */
const pointBefore = (body: Body, offset: number): CutPoint => {
  const { text, runs } = body.text;
  const next = runs.find(({ token }) => token.start >= offset);
  if (!next) return pointAt(body, text.length);
  const length = text.slice(0, next.start).trimEnd().length;
  return { length, offset, rest: '', complete: false };
};

const markerOffset = (page: ParsedPage, body: Body, marker: string): number | 'unknown' | undefined => {
  const wanted = commentText(marker);
  const isOpen = concealmentOf(body.around);
  const comment = body.tokens.find((token) => token.kind === 'comment' && commentText(token.data) === wanted);
  const found = comment ? [] : selectElements(page, marker, selectorWorkFor(page));
  if (found === 'too-much') return 'unknown';
  const selected = found === 'not-css' ? [] : found;
  const token = comment ?? firstTag(body, new Set(selected), selected);
  if (!token) return undefined;
  const { hidden, atom } = isOpen(token.place);
  return hidden || atom ? undefined : token.start;
};

/** Void elements stay off the parser's stack, so that they are known by their place alone. */
const firstTag = (body: Body, elements: ReadonlySet<Element>, selected: readonly Element[]) => {
  const starts = new Set(selected.map(({ sourceCodeLocation }) => sourceCodeLocation?.startOffset));
  return body.tokens.find(
    (token) =>
      token.kind === 'start' && ((token.element && elements.has(token.element)) || starts.has(token.start)),
  );
};

const commentText = (text: string): string =>
  text.trim().replace(/^<!--/, '').replace(/-->$/, '').trim().toLowerCase();

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\u00a0', '&nbsp;');
