/** Finds every copy of the withheld text that the rest of a page carries, and the edits that take it out. */
import type { Element } from 'domhandler';
import { isStructuredData } from '../article/page-head.ts';
import type { PageToken, ParsedPage, Place, TextToken } from '../article/parsed-page.ts';
import { carries, MAX_PUBLIC_SUMMARY, SCRIPT_RUN, UNSHOWN_RUN } from './carriers.ts';
import { cleanedScript } from './clean-script.ts';
import { endTagEdits, startTagEdits } from './clean-tag.ts';
import { textEdits } from './clean-text.ts';
import type { Edit } from './splice.ts';
import { concealmentOf } from './visibility.ts';
import { normalise, type WithheldRuns } from './withheld-runs.ts';

type Span = Pick<PageToken, 'start' | 'end'>;

interface CarrierSearch {
  readonly page: ParsedPage;
  readonly runs: WithheldRuns;
  /** The article's elements and all that they stand in. */
  readonly around: ReadonlySet<Element>;
  /** Where the preview's own text stands. */
  readonly preview?: { readonly start: number; readonly end: number };
  /** What is cut away anyway. */
  readonly dropped?: { readonly start: number; readonly end: number };
}

/** JSON-LD is not looked at here: it is read and written as data. */
export const carrierEdits = (search: CarrierSearch): Edit[] => {
  const { page, runs, around, preview, dropped } = search;
  const isKept = ({ start, end }: Span): boolean => !dropped || end <= dropped.start || start >= dropped.end;
  const kept = page.tokens.filter(isKept);
  const outside = kept.filter(({ start, end }) => !preview || end <= preview.start || start >= preview.end);
  const inside = preview ? kept.filter(({ start, end }) => start >= preview.start && end <= preview.end) : [];
  return [
    ...kept.flatMap((token) => markupEdits(page.source, token, runs)),
    ...heldTextEdits(page.source, kept, runs),
    ...gapEdits(page, isKept, runs),
    ...textEdits(outside, runs, around, isHeldText),
    ...concealedEdits(inside, around, runs),
  ];
};

const markupEdits = (source: string, token: PageToken, runs: WithheldRuns): Edit[] => {
  switch (token.kind) {
    case 'text':
      return [];
    case 'start':
      return startTagEdits(source, token, runs);
    case 'end':
      return endTagEdits(source, token, runs);
    case 'comment':
    case 'doctype': {
      const { start, end } = token;
      return carries(source.slice(start, end), runs, UNSHOWN_RUN) ? [{ start, end, text: '' }] : [];
    }
    default:
      return token satisfies never;
  }
};

/** Elements whose content is one text to the parser, not a flow of words. */
const HOLDERS = new Set('script style title textarea noscript iframe noembed noframes xmp'.split(' '));

const isHeldText = ({ place }: TextToken): boolean =>
  place !== undefined && HOLDERS.has(place.element.name) && !isTooltip(place.element);

/** The `<title>` of a drawing is ordinary markup, and so are scripts there. */
const isTooltip = ({ name, namespace }: Element): boolean =>
  name === 'title' && namespace?.endsWith('svg') === true;

const heldTextEdits = (source: string, tokens: readonly PageToken[], runs: WithheldRuns): Edit[] => {
  const edits: Edit[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token?.kind !== 'text' || !isHeldText(token)) continue;
    const { start, place } = token;
    let { end } = token;
    for (
      let next = tokens[index + 1];
      next?.kind === 'text' && next.place === place;
      next = tokens[index + 1]
    ) {
      end = next.end;
      index += 1;
    }
    const text = place ? cleanedContent(place, source.slice(start, end), runs) : undefined;
    if (text !== undefined) edits.push({ start, end, text });
  }
  return edits;
};

const cleanedContent = ({ element, below }: Place, text: string, runs: WithheldRuns): string | undefined => {
  const { name, attribs } = element;
  if (name === 'script') {
    return isStructuredData(attribs.type) ? undefined : cleanedScript(text, attribs.type ?? '', runs);
  }
  // Elsewhere a title is only an element that nobody sees.
  const isPageTitle = name === 'title' && below?.element.name === 'head';
  if (isPageTitle && text.length <= MAX_PUBLIC_SUMMARY) return undefined;
  return carries(text, runs, name === 'style' ? SCRIPT_RUN : UNSHOWN_RUN) ? '' : undefined;
};

/** What the tokenizer dropped is in no token, and is in the source: a tag that the end of the page broke off. */
const gapEdits = (
  { source, tokens }: ParsedPage,
  isKept: (span: Span) => boolean,
  runs: WithheldRuns,
): Edit[] => {
  const edits: Edit[] = [];
  let at = 0;
  const lookBefore = (start: number): void => {
    if (start > at && carries(source.slice(at, start), runs, UNSHOWN_RUN))
      edits.push({ start: at, end: start, text: '' });
  };
  for (const token of tokens) {
    if (isKept(token)) lookBefore(token.start);
    at = token.end;
  }
  lookBefore(source.length);
  return edits;
};

/**
 * Inside the article nothing unseen is let through that says anything: a template may well hold the rest of the text,
 * which then is a copy of nothing.
 */
const concealedEdits = (
  tokens: readonly PageToken[],
  around: ReadonlySet<Element>,
  runs: WithheldRuns,
): Edit[] => {
  const visibilityOf = concealmentOf(around);
  return tokens.flatMap((token) => {
    if (token.kind !== 'text' || !visibilityOf(token.place).hidden || isCode(token)) return [];
    const words = normalise(token.chars.replace(/<[^<>]*>/g, ' ')).trim();
    const says = isInDrawing(token) ? carries(words, runs, UNSHOWN_RUN) : words.length >= UNSHOWN_RUN;
    return says ? [{ start: token.start, end: token.end, text: '' }] : [];
  });
};

/** Titles in drawings and formulas are read out to those who can't see them. */
const isInDrawing = ({ place }: TextToken): boolean => place?.element.namespace !== HTML;

const HTML = 'http://www.w3.org/1999/xhtml';

const isCode = ({ place }: TextToken): boolean => {
  const name = place?.element.name;
  return name === 'script' || name === 'style';
};
