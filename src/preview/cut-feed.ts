/** Cuts the articles in a feed. */

import { ADDRESS_RUN, carries, MAX_PUBLIC_SUMMARY, SCRIPT_RUN, UNSHOWN_RUN } from './carriers.ts';
import { cutJsonFeed } from './cut-json-feed.ts';
import { type DecideEntry, type EntryCut, xmlEntryOf, xmlLinkOf } from './feed-entry.ts';
import { lengthOfText } from './prose.ts';
import { type Edit, spliced } from './splice.ts';
import { pieceRuns } from './stream-runs.ts';
import { cutChains } from './text-chains.ts';
import { type WithheldRuns, withheldRuns } from './withheld-runs.ts';
import {
  childrenNamed,
  elementsBelow,
  isLeaf,
  textIn,
  type XmlElement,
  type XmlNode,
  xmlEscaped,
  xmlTree,
} from './xml-tree.ts';

export type FeedKind = 'rss' | 'atom' | 'json';
export type { DecideEntry, EntryCut };

/**
 * RSS (all versions), Atom or JSON Feed, whichever the text really is of the XML two. What isn't touched keeps its
 * bytes; what is cut comes out as escaped text. `uncuttable` for a text that isn't such a feed, or isn't well-formed.
 */
export const cutFeed = (text: string, kind: FeedKind, decide: DecideEntry): string | 'uncuttable' => {
  if (kind === 'json') return cutJsonFeed(text, decide);
  const document = xmlTree(text);
  if (!document || !ROOTS.has(document.root.local)) return 'uncuttable';
  const entries = elementsBelow(document.root).filter(({ local }) => ENTRIES.has(local));
  if (entries.some((entry) => elementsBelow(entry).some(({ local }) => ENTRIES.has(local))))
    return 'uncuttable';
  const edits: Edit[] = [];
  const withheld: string[] = [];
  const allowed: string[] = [];
  for (const entry of entries) {
    const textLength = () =>
      Math.max(0, ...bodiesOf(entry).map((body) => lengthOfText(sourceOf(text, body))));
    const decision = decide(xmlLinkOf(entry), xmlEntryOf(entry), textLength);
    if (decision === 'keep') continue;
    if (decision === 'drop') {
      edits.push({ start: entry.start, end: entry.end, text: '' });
      continue;
    }
    const bodies = bodiesOf(entry);
    const cut = cutChains(
      bodies.map((body) => [{ key: body, source: sourceOf(text, body) }]),
      decision.cutoff,
      'apart',
      decision.articleLength,
    );
    for (const body of bodies) edits.push(...bodyEdits(text, body, cut.cuts.get(body) ?? '', cut.runs));
    for (const edit of copyEdits(text, [entry], cut.runs, new Set(bodies))) edits.push(edit);
    withheld.push(cut.withheld);
    allowed.push(cut.allowed);
  }
  // Of all entries together: to look through the rest of the feed for each of them would take its length squared.
  const runs = withheldRuns(withheld.join('\n'), allowed.join('\n'));
  const around = copyEdits(text, [document.root, ...document.around], runs, new Set(entries));
  return spliced(text, [...edits, ...around], 0, text.length);
};

const ROOTS = new Set(['rss', 'RDF', 'feed']);
const ENTRIES = new Set(['item', 'entry']);
/** Where feeds put an article's text, the fullest first: the others are renderings or summaries of it. */
const BODIES = new Set([
  'encoded',
  'content',
  'description',
  'summary',
  'body',
  'abstract',
  'subtitle',
  'full-text',
]);
/** Whatever its name, an element that holds this much is somebody's way of sending the article. */
const MIN_BODY = 200;
const PUBLIC = new Set([
  'title',
  'link',
  'guid',
  'id',
  'pubDate',
  'updated',
  'published',
  'origLink',
  'comments',
  'uri',
]);
const NAMING = new Set(['category', 'creator', 'author', 'name', 'keywords', 'credit']);

/** The longest first: the others are renderings or summaries of it. */
const bodiesOf = (entry: XmlElement): XmlElement[] => {
  const found: XmlElement[] = [];
  for (const element of elementsBelow(entry)) {
    // They come in source order, so that what holds this one, if anything found does, is the last of them.
    if (element.start < (found.at(-1)?.end ?? 0)) continue;
    if ((isLeaf(element) || isMarkup(element)) && isBody(element)) found.push(element);
  }
  return found.sort((one, other) => lengthIn(other) - lengthIn(one));
};

const lengthIn = ({ innerStart, innerEnd }: XmlElement): number => innerEnd - innerStart;

const isBody = (element: XmlElement): boolean =>
  BODIES.has(element.local)
    ? lengthIn(element) > 0
    : lengthIn(element) >= MIN_BODY && !PUBLIC.has(element.local) && !NAMING.has(element.local);

/** Atom's `type="xhtml"`, and whatever else mixes text and elements: its source is the text. */
const isMarkup = (element: XmlElement): boolean => {
  if (isLeaf(element)) return false;
  const type = element.attributes.find(({ name }) => name === 'type')?.value;
  if (type === 'xhtml' || childrenNamed(element, 'div').length > 0 || textIn(element).trim() !== '')
    return true;
  if (!BODIES.has(element.local)) return false;
  // Unescaped HTML in a description; not a media element that has a description of its own.
  const below = elementsBelow(element);
  const holdsText = below.some((inner) => textIn(inner).trim() !== '');
  return holdsText && !below.some(({ local }) => BODIES.has(local));
};

const sourceOf = (text: string, body: XmlElement): string =>
  isLeaf(body) ? textIn(body) : text.slice(body.innerStart, body.innerEnd);

const bodyEdits = (text: string, body: XmlElement, cut: string, runs: WithheldRuns): Edit[] => {
  const { start, innerStart, innerEnd } = body;
  const kept = carries(cut, runs, SCRIPT_RUN) ? '' : cut;
  if (kept === sourceOf(text, body)) return [];
  const edits: Edit[] = [{ start: innerStart, end: innerEnd, text: xmlEscaped(kept) }];
  const type = body.attributes.find(({ name }) => name === 'type');
  if (!isLeaf(body)) {
    if (type) edits.push({ start: type.start, end: type.end, text: 'type="html"' });
    else
      edits.push({
        start: start + 1 + body.name.length,
        end: start + 1 + body.name.length,
        text: ' type="html"',
      });
  }
  return edits;
};

/** @param settled elements that were seen to already, with all that is in them. */
const copyEdits = (
  text: string,
  nodes: readonly XmlNode[],
  runs: WithheldRuns,
  settled: ReadonlySet<XmlNode>,
): Edit[] => {
  if (runs.empty) return [];
  const texts: { value: string; start: number; end: number }[] = [];
  const edits: Edit[] = [];
  const visit = (node: XmlNode, name: string): void => {
    if (node.kind === 'aside') {
      if (carries(text.slice(node.start, node.end), runs, UNSHOWN_RUN)) edits.push({ ...node, text: '' });
    } else if (node.kind === 'text') {
      if (carries(node.value, runs, boundFor(name, node.value))) edits.push({ ...node, text: '' });
      else if (!PUBLIC.has(name) && node.value.trim() !== '') texts.push(node);
    } else {
      for (const edit of attributeEdits(text, node, runs)) edits.push(edit);
      if (!settled.has(node)) for (const child of node.children) visit(child, node.local);
    }
  };
  for (const node of nodes) visit(node, '');
  return [...edits, ...scatteredEdits(texts, runs)];
};

const boundFor = (name: string, value: string): number => {
  if (PUBLIC.has(name) && value.length <= MAX_PUBLIC_SUMMARY) return Number.POSITIVE_INFINITY;
  return NAMING.has(name) ? SCRIPT_RUN : UNSHOWN_RUN;
};

const attributeEdits = (text: string, { attributes }: XmlElement, runs: WithheldRuns): Edit[] =>
  attributes
    .filter(({ name, value }) =>
      carries(value, runs, /^(?:url|href|src|xmlns.*)$/.test(name) ? ADDRESS_RUN : UNSHOWN_RUN),
    )
    .map(({ name, start, end }) => ({ start, end, text: `${text.slice(start, start + name.length)}=""` }));

const scatteredEdits = (
  texts: readonly { readonly value: string; readonly start: number; readonly end: number }[],
  runs: WithheldRuns,
): Edit[] =>
  pieceRuns(
    texts.map(({ value }) => value),
    texts.map(() => ' '),
    runs,
  )
    .filter(({ length }) => length >= SCRIPT_RUN)
    .flatMap(({ pieces }) => pieces.flatMap(({ index }) => texts[index] ?? []))
    .map(({ start, end }) => ({ start, end, text: '' }));
