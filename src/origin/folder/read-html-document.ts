/** Takes an HTML file apart: what its meta tags say of the article, and the markup of its body. */
import { type DefaultTreeAdapterTypes, parse, serialize } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

export interface HtmlDocument {
  /** Under the names that front matter uses. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Line of the tag that gave a field, 1 when there was none. */
  readonly lineOf: (key: string) => number;
  readonly body: string;
}

/** The body is the first `<article>`, else `<main>`, else everything in `<body>`; its own first `<h1>` is left to the page. */
export const readHtmlDocument = (source: string): HtmlDocument => {
  const elements = allElements(parse(source, { sourceCodeLocationInfo: true }));
  const fields: Record<string, string | string[]> = {};
  const lines = new Map<string, number>();
  const put = (key: string, value: string, element: Element) => {
    if (value.trim() === '') return;
    if (key === 'tags')
      fields.tags = [...(fields.tags ?? []), ...value.split(',').filter((tag) => tag.trim() !== '')];
    else if (!(key in fields)) fields[key] = value;
    if (!lines.has(key)) lines.set(key, element.sourceCodeLocation?.startLine ?? 1);
  };
  for (const element of elements) {
    if (element.tagName === 'meta') {
      const key = META_FIELDS.get(
        (attribute(element, 'name') ?? attribute(element, 'property') ?? '').toLowerCase(),
      );
      if (key !== undefined) put(key, attribute(element, 'content') ?? '', element);
    } else if (element.tagName === 'html') put('language', attribute(element, 'lang') ?? '', element);
  }
  const title = elements.find(({ tagName }) => tagName === 'title');
  if (title) put('title', textOf(title), title);
  return { fields, lineOf: (key) => lines.get(key) ?? 1, body: bodyMarkup(elements) };
};

const META_FIELDS: ReadonlyMap<string, string> = new Map([
  ['title', 'title'],
  ['og:title', 'title'],
  ['publication', 'publication'],
  ['og:site_name', 'publication'],
  ['section', 'section'],
  ['article:section', 'section'],
  ['author', 'author'],
  ['article:author', 'author'],
  ['published', 'published'],
  ['article:published_time', 'published'],
  ['updated', 'updated'],
  ['article:modified_time', 'updated'],
  ['language', 'language'],
  ['tags', 'tags'],
  ['keywords', 'tags'],
  ['article:tag', 'tags'],
  ['summary', 'summary'],
  ['description', 'summary'],
  ['access', 'access'],
  ['gatefold:access', 'access'],
  ['article:content_tier', 'access'],
  ['slug', 'slug'],
  ['image', 'image'],
  ['og:image', 'image'],
]);

function bodyMarkup(elements: readonly Element[]): string {
  for (const tagName of ['article', 'main', 'body']) {
    const found = elements.find((element) => element.tagName === tagName);
    if (!found) continue;
    const heading = allElements(found).find((element) => element.tagName === 'h1');
    if (heading?.parentNode)
      heading.parentNode.childNodes = heading.parentNode.childNodes.filter((node) => node !== heading);
    return serialize(found);
  }
  return '';
}

/** In document order, without recursion: a file may nest ten thousand deep. */
function allElements(root: Node): Element[] {
  const found: Element[] = [];
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if ('tagName' in node) found.push(node);
    if ('childNodes' in node) waiting.push(...node.childNodes.toReversed());
  }
  return found;
}

const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((candidate) => candidate.name === name)?.value;

const textOf = (element: Element): string =>
  element.childNodes.map((node) => ('value' in node ? node.value : '')).join('');
