/** What of an article a page holds and doesn't show: behind display:none, in templates, scripts, comments, attributes and JSON-LD. */
import type { Element } from 'domhandler';
import { isStructuredData } from '../article/page-head.ts';
import {
  attributeOf,
  heldText,
  outwards,
  type ParsedPage,
  type Place,
  type StartToken,
} from '../article/parsed-page.ts';
import { statedIn } from '../article/stated-in.ts';
import { bodyTextOf } from './body-text.ts';
import { MAX_PUBLIC_SUMMARY } from './carriers.ts';
import type { Body } from './find-body.ts';
import { type HeldText, isRows, pushedPiece, textsInRows, textsInScript } from './hidden-in-scripts.ts';
import { A_PARAGRAPH, A_SENTENCE, proseIn, withoutTags } from './prose.ts';
import { concealmentOf } from './visibility.ts';
import { normalise, RUN_LENGTH, withheldRuns } from './withheld-runs.ts';

export interface HiddenText {
  /** All of it, one carrier after the other; '' when the page shows whatever it holds. */
  readonly text: string;
  /** Of that, what is this page's own article's, as far as its place tells. */
  readonly own: string;
  /** How much of its own the fullest carrier has that the page shows nowhere, in characters: copies of one text are one text. */
  readonly length: number;
}

/**
 * Client-side paywalls are built so: the page shows a teaser and keeps the rest beside it. Inside the article nothing is
 * kept that says anything but the article; elsewhere a page keeps dialogs, menus and messages too, so that only whole
 * paragraphs count there, or what is named like an article's text. What the page shows isn't hidden, wherever it stands.
 */
export const hiddenTextOf = (page: ParsedPage, body: Body): HiddenText => {
  const carried = [...hiddenElements(page, body), ...heldTexts(page, body), ...markupTexts(page, body)];
  if (carried.length === 0) return { text: '', own: '', length: 0 };
  const newLength = createNovelty(page, body);
  const texts: string[] = [];
  const own: string[] = [];
  let most = 0;
  for (const carrier of carried) {
    const added = carrier.map(({ text }) => newLength(text));
    const length = carrier.reduce((sum, { isOwn }, at) => sum + (isOwn ? (added[at] ?? 0) : 0), 0);
    // A framework's own messages are sentences, too; what it keeps of an article is more.
    const all = added.reduce((sum, each) => sum + each, 0);
    if (all < A_PARAGRAPH.letters && carrier.some(({ ofFramework }) => ofFramework)) continue;
    for (const [at, { text, isOwn }] of carrier.entries()) {
      if (added[at] === 0) continue;
      texts.push(text);
      if (isOwn) own.push(text);
    }
    most = Math.max(most, length);
  }
  return { text: texts.join('\n'), own: own.join('\n'), length: most };
};

/** The texts of one carrier. */
type Carried = readonly HeldText[];

const ownText = (text: string): HeldText => ({ text, isOwn: true });

/** How much of a text is more than a copy of what the page shows; 0 where it is next to nothing. */
const createNovelty = (page: ParsedPage, body: Body) => {
  const outside = bodyTextOf(
    page.tokens.filter(({ start, end }) => end <= body.start || start >= Math.max(body.end, body.reach)),
    body.around,
  );
  const shown = withheldRuns(`${body.text.text}\n${outside.text}`, '');
  return (text: string): number => {
    const normalised = normalise(text).trim();
    const covered = shown.runsIn(normalised).reduce((sum, { start, end }) => sum + end - start, 0);
    const length = normalised.length - covered;
    return length >= MIN_NEW && length >= normalised.length * MIN_NEW_SHARE ? length : 0;
  };
};

const MIN_NEW = 2 * RUN_LENGTH;
/** A copy with other punctuation is broken up here and there. */
const MIN_NEW_SHARE = 0.05;

const isWithin = ({ start, end }: { start: number; end: number }, body: Body): boolean =>
  start >= body.start && end <= Math.max(body.end, body.reach);

/** The text of hidden elements, each outermost one a carrier. */
const hiddenElements = ({ tokens }: ParsedPage, body: Body): Carried[] => {
  const inside = concealmentOf(body.around);
  const outside = concealmentOf(new Set());
  const texts = new Map<Element, { text: string; within: boolean }>();
  for (const token of tokens) {
    if (token.kind !== 'text' || isCode(token.place) || token.chars.trim() === '') continue;
    const within = isWithin(token, body);
    if (!(within ? inside : outside)(token.place).hidden || isFurniture(token.place, within)) continue;
    const root = outermostHidden(token.place, within ? inside : outside);
    if (!root || root.name === 'title') continue;
    const known = texts.get(root) ?? { text: '', within };
    texts.set(root, { text: `${known.text} ${token.chars}`, within });
  }
  return [...texts.values()].flatMap(({ text, within }) => {
    const bare = withoutTags(text).replace(/\s+/g, ' ').trim();
    return proseIn(bare, within ? A_SENTENCE : A_PARAGRAPH) === undefined ? [] : [[ownText(bare)]];
  });
};

const isCode = (place: Place | undefined): boolean =>
  place?.element.name === 'script' || place?.element.name === 'style';

const outermostHidden = (
  place: Place | undefined,
  visibilityOf: ReturnType<typeof concealmentOf>,
): Element | undefined => {
  let found: Element | undefined;
  for (const at of outwards(place))
    if (visibilityOf(at).hidden && at.element.name !== 'head') found = at.element;
  return found;
};

/** What sites keep hidden for everybody: menus, dialogs, forms, notices of consent. */
const isFurniture = (place: Place | undefined, within: boolean): boolean => {
  for (const { element } of outwards(place)) {
    const { name, attribs } = element;
    if (FURNITURE.has(name) || FURNITURE_ROLE.test(attribs.role ?? '')) return true;
    if (!within && FURNITURE_NAME.test(`${attribs.id ?? ''} ${attribs.class ?? ''}`)) return true;
  }
  return false;
};

const FURNITURE = new Set('nav menu form dialog button select datalist label legend svg math'.split(' '));
const FURNITURE_ROLE = /^(?:dialog|alertdialog|navigation|menu|menubar|search|tooltip|form)$/i;
const FURNITURE_NAME =
  /cookie|consent|gdpr|newsletter|tooltip|lightbox|\b(?:site|main|mega)[-_]?(?:nav|menu)/i;

/** Scripts of data and code, and texts in scripts of no type that a browser runs. */
const heldTexts = (page: ParsedPage, body: Body): Carried[] => {
  const { source, tokens } = page;
  const pushes: { readonly piece: string; readonly alone: () => Carried }[] = [];
  const found = tokens.flatMap((token, index): Carried[] => {
    if (token.kind !== 'start' || token.name !== 'script') return [];
    const { start, end } = heldText(tokens, index);
    if (end === start) return [];
    const type = attributeOf(token, 'type');
    const content = source.slice(start, end);
    if (isStructuredData(type)) return statedTexts(page, content).map((text) => [ownText(text)]);
    const alone = (): Carried => textsInScript(content, type, isWithin(token, body));
    const piece = pushedPiece(content);
    if (piece === undefined) return [alone()];
    pushes.push({ piece, alone });
    return [];
  });
  // They are cut anywhere: only together are they what was sent.
  const pushed = pushes.map(({ piece }) => piece).join('');
  const together = isRows(pushed) ? [textsInRows(pushed)] : pushes.map(({ alone }) => alone());
  return [...found, ...together].filter(({ length }) => length > 0);
};

/** `articleBody` and its like, of whatever node: what they hold is an article's text by name. */
const statedTexts = (page: ParsedPage, content: string): string[] => {
  const texts: string[] = [];
  const waiting: unknown[] = [statedIn(page, content)];
  for (let steps = 0; waiting.length > 0 && steps < MAX_STEPS; steps += 1) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, part] of Object.entries(value)) {
      if (typeof part === 'string' && FULL_TEXT.test(key)) texts.push(withoutTags(part));
      else waiting.push(part);
    }
  }
  return texts.filter((text) => text.trim().length >= RUN_LENGTH);
};

const MAX_STEPS = 20_000;
const FULL_TEXT = /^(?:schema:|https?:\/\/schema\.org\/)?(?:articleBody|reviewBody|text)$/i;

/** Comments, and attributes that nobody is shown. */
const markupTexts = (page: ParsedPage, body: Body): Carried[] =>
  page.tokens.flatMap((token): Carried[] => {
    const atLeast = isWithin(token, body) ? A_SENTENCE : A_PARAGRAPH;
    if (token.kind === 'comment') return carriedIn(/^\s*\[if\b/i.test(token.data) ? '' : token.data, atLeast);
    if (token.kind !== 'start') return [];
    return token.attributes
      .filter(({ name, value }) => value.length >= RUN_LENGTH && isUnshown(token, name, value))
      .flatMap(({ value }) => carriedIn(value, atLeast));
  });

const carriedIn = (text: string, atLeast: typeof A_SENTENCE): Carried[] => {
  const prose = proseIn(text, atLeast);
  return prose === undefined ? [] : [[ownText(prose)]];
};

const isUnshown = (token: StartToken, name: string, value: string): boolean => {
  if (name === 'content') return token.name === 'meta' && value.length > MAX_PUBLIC_SUMMARY;
  if (name === 'value') return token.name === 'input' && /^hidden$/i.test(attributeOf(token, 'type'));
  if (name === 'href' || name === 'src') return /^\s*data:text\//i.test(value);
  return name === 'srcdoc' || /^(?:data-|x-|v-|:|ng-|\[)/.test(name);
};
