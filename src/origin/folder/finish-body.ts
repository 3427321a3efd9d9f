/** Parses a sanitised body as a browser would, finishes it (heading ids, scrolling tables, the "more" comment), and reads its text. */
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, html, parseFragment, serialize } from 'parse5';
import { cleanText } from './clean-text.ts';
import { slugOf } from './slug.ts';

type Node = DefaultTreeAdapterTypes.Node;
type ChildNode = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;
type ParentNode = DefaultTreeAdapterTypes.ParentNode;

export interface FinishedBody {
  readonly html: string;
  /** The text, one entry for each block, whitespace collapsed. */
  readonly paragraphs: readonly string[];
}

/** `mark` is the element that stands for the `<!--more-->` comment. */
export const finishBody = (sanitised: string, mark: string): FinishedBody => {
  const body = parseInside(settled(cleanText(sanitised)));
  const takenIds = new Set<string>();
  finishChildren(body, mark, takenIds);
  const paragraphs: string[] = [];
  paragraphs.push(lastBlock(collectBlocks(body, '', paragraphs)));
  return { html: serialize(body).trim(), paragraphs: paragraphs.filter((text) => text !== '') };
};

/** As the content of a `div`: by itself a fragment is parsed like a template's, where a lone table cell may stand. */
export const parseInside = (markup: string): DefaultTreeAdapterTypes.DocumentFragment =>
  parseFragment(defaultTreeAdapter.createElement('div', html.NS.HTML, []), markup, {});

/**
 * Markup that parses to itself. Misnested tables and lists move when they are parsed, and some move again the next time:
 * without this, the browser's tree would not be the one that was looked at here.
 */
function settled(markup: string): string {
  let text = markup;
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const next = serialize(parseInside(text));
    if (next === text) break;
    text = next;
  }
  return text;
}

const MOST_PASSES = 8;

function finishChildren(parent: ParentNode, mark: string, takenIds: Set<string>): void {
  for (const child of [...parent.childNodes]) {
    if (!defaultTreeAdapter.isElementNode(child)) continue;
    if (/^h[2-6]$/.test(child.tagName)) giveId(child, takenIds);
    if (child.tagName === 'img') setAttribute(child, 'loading', 'lazy');
    if (child.tagName === 'audio' || child.tagName === 'video') setAttribute(child, 'controls', '');
    // A wide table or listing scrolls by itself on a phone, so the keyboard must be able to reach it.
    if (child.tagName === 'pre') setAttribute(child, 'tabindex', '0');
    finishChildren(child, mark, takenIds);
    if (child.tagName === 'table') wrapTable(child);
    if (child.tagName === mark) replaceByComment(child);
  }
}

function giveId(heading: Element, takenIds: Set<string>): void {
  const blocks: string[] = [];
  collectBlocks(heading, '', blocks);
  const wanted = heading.attrs.find(({ name }) => name === 'id')?.value;
  const base = wanted ?? (slugOf(blocks.join(' ')) || 'part');
  let id = base;
  for (let copy = 2; takenIds.has(id); copy += 1) id = `${base}-${copy}`;
  takenIds.add(id);
  setAttribute(heading, 'id', id);
}

function setAttribute(element: Element, name: string, value: string): void {
  element.attrs = [...element.attrs.filter((attribute) => attribute.name !== name), { name, value }];
}

function wrapTable(table: Element): void {
  const frame = defaultTreeAdapter.createElement('div', html.NS.HTML, [
    { name: 'class', value: 'table-scroll' },
    { name: 'tabindex', value: '0' },
  ]);
  const parent = table.parentNode;
  if (!parent) return;
  defaultTreeAdapter.insertBefore(parent, frame, table);
  defaultTreeAdapter.detachNode(table);
  defaultTreeAdapter.appendChild(frame, table);
}

/** What the parser put inside the unknown element follows the comment instead. */
function replaceByComment(mark: Element): void {
  const parent = mark.parentNode;
  if (!parent) return;
  defaultTreeAdapter.insertBefore(
    parent,
    defaultTreeAdapter.createCommentNode('more') as ChildNode & Element,
    mark,
  );
  for (const child of [...mark.childNodes]) {
    defaultTreeAdapter.detachNode(child);
    defaultTreeAdapter.insertBefore(parent, child as Element, mark);
  }
  defaultTreeAdapter.detachNode(mark);
}

/** Pushes each finished block's text and gives back the text still open at the end. */
function collectBlocks(node: Node, open: string, blocks: string[]): string {
  if ('value' in node) return open + node.value;
  if (!('childNodes' in node)) return open;
  const name = 'tagName' in node ? node.tagName : '';
  if (name === 'br') return `${open} `;
  let text = open;
  const isBlock = BLOCKS.has(name);
  if (isBlock) {
    blocks.push(lastBlock(text));
    text = '';
  }
  for (const child of node.childNodes) text = collectBlocks(child, text, blocks);
  if (name === 'td' || name === 'th') text += ' ';
  if (!isBlock) return text;
  blocks.push(lastBlock(text));
  return '';
}

const lastBlock = (text: string): string => text.replace(/\s+/g, ' ').trim();

const BLOCKS = new Set(
  (
    'p h2 h3 h4 h5 h6 blockquote pre ul ol li dl dt dd figure figcaption table caption tr div section aside header ' +
    'footer details summary hr'
  ).split(' '),
);
