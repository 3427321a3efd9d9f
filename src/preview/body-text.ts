/** The text of an article's body as readers see it, each piece with its place in the source. */
import type { Element } from 'domhandler';
import type { PageToken, TextToken } from '../article/parsed-page.ts';
import { BLOCKS, concealmentOf } from './visibility.ts';

export interface BodyText {
  /** Whitespace collapsed; `\n` stands between blocks, a space everywhere else. */
  readonly text: string;
  readonly runs: readonly TextRun[];
}

/** A piece of the body's text that stands in one text token. */
export interface TextRun {
  readonly token: TextToken;
  /** Offsets into the body's text. */
  readonly start: number;
  readonly end: number;
  /** The drawing, formula or form field that the run is in: shown whole or not at all. */
  readonly atom: Element | undefined;
}

/** @param around the body's own elements and whatever they stand in: whether those are hidden doesn't count. */
export const bodyTextOf = (tokens: readonly PageToken[], around: ReadonlySet<Element>): BodyText => {
  const pieces: string[] = [];
  const runs: TextRun[] = [];
  const visibilityOf = concealmentOf(around);
  let length = 0;
  let gap: '' | ' ' | '\n' = '';
  let breaks = 0;
  for (const token of tokens) {
    if (token.kind === 'text') {
      const { hidden, atom } = visibilityOf(token.place);
      if (hidden) continue;
      const text = token.chars.replace(/\s+/g, ' ');
      const trimmed = text.trim();
      if (text.startsWith(' ') && gap === '') gap = ' ';
      if (trimmed === '') continue;
      if (length > 0 && gap !== '') {
        pieces.push(gap);
        length += 1;
      }
      runs.push({ token, start: length, end: length + trimmed.length, atom });
      pieces.push(trimmed);
      length += trimmed.length;
      gap = text.endsWith(' ') ? ' ' : '';
      breaks = 0;
    } else if (token.kind === 'start' || token.kind === 'end') {
      breaks = token.name === 'br' ? breaks + 1 : breaks;
      const separates = BLOCKS.has(token.name) || breaks > 1;
      if (separates) gap = '\n';
      else if (gap === '' && (token.name === 'br' || token.name === 'td' || token.name === 'th')) gap = ' ';
    }
  }
  return { text: pieces.join(''), runs };
};

/** Where in its token a run's first `length` collapsed characters end. */
export const offsetInToken = ({ token }: TextRun, length: number): number => {
  const { chars } = token;
  let at = /^\s*/.exec(chars)?.[0].length ?? 0;
  for (let left = length; left > 0 && at < chars.length; left -= 1) {
    const space = /\s/.test(chars.charAt(at));
    at += 1;
    while (space && /\s/.test(chars.charAt(at))) at += 1;
  }
  return at;
};
