/** Cuts an article's page so that nothing withheld is left in it: not in the text, and in no copy of it. */
import { type PageHead, pageHeadOf } from '../article/page-head.ts';
import type { ParsedPage } from '../article/parsed-page.ts';
import { bodySelectorsOf, findArticleNode } from '../article/stated-article.ts';
import { statedDocuments } from '../article/stated-in.ts';
import type { Cutoff } from '../policy/policy.ts';
import { headPolicyEdits } from './allow-in-head.ts';
import { attributeWordsIn } from './attribute-words.ts';
import { statedTextOf } from './beside-text.ts';
import { carrierEdits } from './clean-carriers.ts';
import { type Closing, closeElements } from './close-elements.ts';
import { type CutPoint, cutPointOf } from './cut-point.ts';
import { type Body, findBody } from './find-body.ts';
import { type HiddenText, hiddenTextOf } from './hidden-text.ts';
import { isSafe } from './is-safe.ts';
import { bodyClassEdits, dataScriptsOf, structuredDataEdits } from './mark-structured-data.ts';
import type { PageParts, WithheldPage } from './page-parts.ts';
import { type Edit, spliced } from './splice.ts';
import { cleansScripts, footOf, islandEdits, isTakenOver, takeOverEdits } from './taken-over.ts';
import { visitEdits } from './visited-whole.ts';
import { withheldPage } from './withheld-page.ts';
import { RUN_LENGTH, type WithheldRuns, withheldRuns } from './withheld-runs.ts';

export interface CutPageOptions {
  /** CSS selectors of the body, tried in order; those that the page's own JSON-LD names come after them. */
  readonly bodySelectors: readonly string[];
  readonly cutoff: Cutoff;
  /** Mark the article as not free in the page's JSON-LD. */
  readonly structuredData: boolean;
  /** What a Content-Security-Policy of the page's own has to name for Gatefold's styles: CSP sources, with spaces between. */
  readonly styleHashes: string;
  /** The same for the script that keeps the prompt where a framework takes the page over. */
  readonly scriptHash: string;
  /** `drop`: a preview whose data had to be cleaned goes without the scripts that would render it from them. */
  readonly hydration: 'drop' | 'keep';
}

export type PageCut = (
  | { readonly kind: 'parts'; readonly parts: PageParts }
  | { readonly kind: 'no-body'; readonly page: WithheldPage }
) & {
  /** What else the page holds of the article, where no reader sees it; '' where it holds nothing. */
  readonly besideText: string;
  /** Selectors that aren't CSS, or took too long on this page, and were passed over: the publisher wants to know. */
  readonly unusableSelectors: readonly string[];
};

/** For every gated article; not for open ones, which nobody touches. Pure: equal pages and options, equal parts. Never throws. */
export const cutPage = (page: ParsedPage, options: CutPageOptions): PageCut => {
  const head = pageHeadOf(page);
  const node = findArticleNode(statedDocuments(page, head), [head.canonicalHref])?.node;
  const statedSelectors = node ? bodySelectorsOf(node) : [];
  const { body, unusable } = findBody(page, [...options.bodySelectors, ...statedSelectors]);
  if (!page.whole || !body) {
    const besideText = statedTextOf(node);
    return { kind: 'no-body', page: withheldPage(page), besideText, unusableSelectors: unusable };
  }
  const hidden = hiddenTextOf(page, body);
  const point = cutPointOf(page, body, options.cutoff, hidden.length);
  const words = attributeWordsIn(page, { start: point.offset, end: Math.max(body.end, body.reach) });
  const besideText = [hidden.own, words].filter((text) => text !== '').join('\n');
  const runs = runsAfter(point, body, hidden);
  const facts: CutFacts = {
    page,
    head,
    body,
    scripts: dataScriptsOf(page),
    options,
    marks: options.structuredData,
  };
  const preview = previewOf(facts, point, runs);
  if (!preview) {
    const unseen = `${shown(body.text.text)}\n${besideText}`;
    return {
      kind: 'no-body',
      page: withheldPage(page, runs),
      besideText: unseen,
      unusableSelectors: unusable,
    };
  }
  const { takenOver } = preview;
  const parts: PageParts = {
    full: fullOf(facts, takenOver),
    preview: { head: preview.head, tail: preview.tail },
    previewText: shown(body.text.text.slice(0, point.length)),
    fullText: shown(body.text.text),
    complete: point.complete && hidden.text === '',
    amp: head.amp,
    takenOver,
  };
  return { kind: 'parts', parts, besideText, unusableSelectors: unusable };
};

/** What both forms of a page are made of. */
interface CutFacts {
  readonly page: ParsedPage;
  readonly head: PageHead;
  readonly body: Body;
  readonly scripts: ReturnType<typeof dataScriptsOf>;
  readonly options: Pick<CutPageOptions, 'styleHashes' | 'scriptHash' | 'hydration'>;
  readonly marks: boolean;
}

const shown = (text: string): string => text.replaceAll('\n', ' ');

/** A copy that begins before the cut and goes on after it is one as well, so the last run's worth before it counts. */
const runsAfter = (
  { length }: CutPoint,
  { text: { text } }: Body,
  { text: hidden }: HiddenText,
): WithheldRuns => {
  const after = length < text.length ? text.slice(Math.max(0, length - RUN_LENGTH + 1)) : '';
  return withheldRuns(hidden === '' ? after : `${after}\n${hidden}`, text.slice(0, length));
};

/** Open the page's own policies to what Gatefold puts into it. */
const policyEdits = ({ page, head, options }: CutFacts, takenOver: boolean): Edit[] =>
  head.amp
    ? []
    : headPolicyEdits(page, {
        styles: options.styleHashes,
        ...(takenOver ? { scripts: options.scriptHash } : {}),
      });

const fullOf = (facts: CutFacts, takenOver: boolean): PageParts['full'] => {
  const { page, head, body, scripts, marks } = facts;
  const { source, byteOrderMark } = page;
  const policies = policyEdits(facts, takenOver);
  const foot = takenOver ? footOf(page, body) : source.length;
  const edits = marks
    ? [
        ...bodyClassEdits(page, body),
        ...structuredDataEdits({ page, head, body, scripts, form: 'full', marks, runs: undefined }),
      ]
    : [];
  const headWith = (all: readonly Edit[]) => byteOrderMark + spliced(source, all, 0, body.start);
  return {
    head: headWith(edits),
    ...(policies.length > 0 ? { headAllowingStyle: headWith([...edits, ...policies]) } : {}),
    body: spliced(source, edits, body.start, body.end),
    tail: spliced(source, edits, body.end, foot),
    ...(takenOver ? { afterRoot: spliced(source, edits, foot, source.length) } : {}),
  };
};

const previewOf = (
  facts: CutFacts,
  point: CutPoint,
  runs: WithheldRuns,
): (PageParts['preview'] & Pick<PageParts, 'takenOver'>) | undefined => {
  const { page, head, body, scripts, options, marks } = facts;
  const { source, byteOrderMark } = page;
  const closing = point.complete
    ? wholeBody(body)
    : closeElements(source, source.slice(0, point.offset) + point.rest, body);
  if (!closing) return undefined;
  const { around } = body;
  const dropped = { start: point.offset, end: Math.max(point.offset, closing.tailStart) };
  const cleaning = carrierEdits({
    page,
    runs,
    around,
    preview: { start: body.start, end: point.offset },
    dropped,
  });
  const isCleaned = cleansScripts(page, cleaning);
  const takenOver = !head.amp && (isCleaned || isTakenOver(page));
  const edits = [
    ...cleaning,
    ...structuredDataEdits({ page, head, body, scripts, form: 'preview', marks, runs }),
    ...islandEdits(page, cleaning),
    ...(head.amp ? [] : visitEdits(page)),
    ...(isCleaned && options.hydration === 'drop' ? takeOverEdits(page) : []),
    // Last: where a policy quotes the withheld text, what takes that out comes first, and wins.
    ...policyEdits(facts, takenOver),
  ];
  const draft = {
    before: spliced(source, edits, 0, body.start),
    shown: spliced(source, edits, body.start, point.offset) + point.rest + closing.endTags,
    tail: closing.bridge + spliced(source, edits, dropped.end, source.length),
  };
  const text = body.text.text.slice(0, point.length);
  if (!isSafe({ draft, text, around: closing.around, body, runs })) return undefined;
  return { head: byteOrderMark + draft.before + draft.shown, tail: draft.tail, takenOver };
};

/** Nothing is cut, so nothing has to be closed. */
const wholeBody = ({ end }: Body): Closing => ({
  endTags: '',
  bridge: '',
  tailStart: end,
  around: undefined,
});
