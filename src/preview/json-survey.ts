/** What a JSON document says of the texts in it: which objects they stand in, and what address each of those states. */
import { type JsonObject, type JsonPart, type JsonText, textsAt } from './json-texts.ts';
import { type JsonNode, jsonTree, stringsBelow } from './json-tree.ts';
import { lengthOfText } from './prose.ts';

/** Plain data. A node is named by where it begins in the source. */
export interface JsonSurvey {
  readonly texts: readonly SurveyedText[];
  readonly parts: readonly SurveyedPart[];
  /** What the document states of itself where its texts don't stand. */
  readonly beside: readonly Stated[];
  /** Its lists are of things with titles of their own, and not of pieces of one text. */
  readonly holdsThings: boolean;
}

export interface SurveyedText {
  /** Of those that it stands in, the parts that state something, the innermost first: places in `parts`. */
  readonly within: readonly number[];
  /** The outermost element of a list that it stands in. */
  readonly element?: number;
  /** In characters, as a reader would see it. */
  readonly length: number;
}

export interface SurveyedPart extends Stated {
  readonly node: number;
  readonly listed: boolean;
}

/** As it is written there: perhaps no address at all. */
export interface Stated {
  readonly addresses: readonly string[];
  readonly slugs: readonly string[];
}

/** Undefined for what nests deeper than data does, and for what has more texts than can be told apart. */
export const surveyJson = (json: string, pointers: readonly string[]): JsonSurvey | undefined => {
  const root = jsonTree(json);
  const texts = root && textsAt(root, pointers);
  if (!texts || texts.length > mostTexts) return undefined;
  const parts: SurveyedPart[] = [];
  const places = new Map<JsonNode, number | undefined>();
  const placeOf = ({ node, listed }: JsonPart): number | undefined => {
    if (places.has(node)) return places.get(node);
    const stated = statedBy(node);
    const place = isNothing(stated) ? undefined : parts.push({ node: node.start, listed, ...stated }) - 1;
    places.set(node, place);
    return place;
  };
  return {
    texts: texts.map((text) => ({
      within: text.parts.flatMap((part) => placeOf(part) ?? []),
      ...(text.element ? { element: text.element.start } : {}),
      length: lengthOf(text),
    })),
    parts,
    beside: besideTexts(root)
      .map(statedBy)
      .filter((stated) => !isNothing(stated)),
    holdsThings: root.kind === 'array' || texts.some((text) => text.parts.some(isThing)),
  };
};

const mostTexts = 20_000;

/** Names that content systems give an article's own address, the surest first. */
const addressFields = [
  ...['url', 'link', 'canonical_url', 'canonicalUrl', 'permalink', 'html_url', 'webUrl', 'web_url'],
  ...['canonical', 'full_url', 'fullUrl', 'page_url', 'pageUrl', 'article_url', 'articleUrl', 'uri'],
  ...['href', 'path'],
];
const slugFields = ['slug', 'full_slug', 'fullSlug', 'post_name'];
/** Where an address or a slug is an object itself: `path: { alias }`, `slug: { current }`. */
const innerFields = ['href', 'url', 'alias', 'current', 'canonical', 'full', 'absolute'];

const statedBy = ({ members }: JsonObject): Stated => {
  const stated = (names: readonly string[]): string[] =>
    names
      .flatMap((name) => members.filter(({ key }) => key === name).flatMap(({ node }) => wordsIn(node)))
      .filter((word) => word !== '' && word.length <= longestAddress)
      .slice(0, mostStated);
  return { addresses: stated(addressFields), slugs: stated(slugFields) };
};

const longestAddress = 2_000;
const mostStated = 6;

const isNothing = ({ addresses, slugs }: Stated): boolean => addresses.length === 0 && slugs.length === 0;

const wordsIn = (node: JsonNode): string[] => {
  if (node.kind === 'string') return [node.value.trim()];
  if (node.kind !== 'object') return [];
  const inner = node.members.filter(({ key }) => innerFields.includes(key));
  return inner.flatMap((member) => (member.node.kind === 'string' ? [member.node.value.trim()] : []));
};

/** Where documents keep what they say of themselves. */
const besideTexts = (root: JsonNode): JsonObject[] =>
  root.kind === 'object'
    ? [
        root,
        ...root.members.flatMap(({ key, node }) =>
          node.kind === 'object' && /^(?:data|article|post)$/.test(key) ? [node] : [],
        ),
      ]
    : [];

const isThing = ({ node, listed }: JsonPart): boolean =>
  listed && node.members.some(({ key }) => /^(?:title|headline|slug)$/i.test(key));

const lengthOf = ({ node }: JsonText): number =>
  stringsBelow(node).reduce((sum, { node: { value } }) => sum + lengthOfText(value), 0);
