/** Picks the node that describes this page's own article out of all JSON-LD on the page. */
import { addressOf } from './stated-values.ts';
import { isArticleNode, isObject, type JsonObject, topNodes } from './structured-data.ts';

interface StatedArticle {
  readonly node: JsonObject;
  /** False when the page lists several articles, all of which stand elsewhere: a front page. */
  readonly isThisPage: boolean;
  /** Follows `{ "@id": … }` to the node that it names; gives back the node itself when there is none. */
  readonly resolve: (node: JsonObject) => JsonObject;
}

/**
 * @param documents the page's JSON-LD scripts, parsed; undefined for those that aren't JSON.
 * @param addresses the page's own path and its canonical link, where known.
 */
export const findArticleNode = (
  documents: readonly unknown[],
  addresses: readonly (string | undefined)[],
): StatedArticle | undefined => {
  const nodes = documents.flatMap(topNodes);
  const articles = nodes.filter(isArticleNode);
  const own = new Set(addresses.map(pathOf).filter((path) => path !== undefined));
  const here = articles.find((node) => isAbout(node, own));
  const node = here ?? articles.find((article) => statedPaths(article).length === 0) ?? articles[0];
  if (!node) return undefined;
  const isThisPage = here !== undefined || articles.length === 1 || statedPaths(node).length === 0;
  const byId = new Map(nodes.map((candidate) => [candidate['@id'], candidate]));
  return { node, isThisPage, resolve: (reference) => resolved(reference, byId) };
};

/** The `cssSelector`s of parts that the article says aren't free. */
export const bodySelectorsOf = (node: JsonObject): string[] =>
  [node.hasPart]
    .flat()
    .slice(0, MAX_PARTS)
    .filter(isObject)
    .filter(
      ({ isAccessibleForFree: free }) =>
        !(free === true || (typeof free === 'string' && /^true$/i.test(free))),
    )
    .flatMap((part) => [part.cssSelector].flat())
    .filter((selector) => typeof selector === 'string' && isSimple(selector))
    .map(String);

const MAX_PARTS = 20;
const MAX_SELECTOR_LENGTH = 200;

/** Search engines take class selectors only; a pseudo-class such as `:has()` can take a page's length squared to match. */
const isSimple = (selector: string): boolean =>
  selector.length <= MAX_SELECTOR_LENGTH && !selector.includes(':');

const isAbout = (node: JsonObject, own: ReadonlySet<string>): boolean =>
  statedPaths(node).some((path) => own.has(path));

const statedPaths = (node: JsonObject): string[] =>
  [node.mainEntityOfPage, node.url, node['@id']]
    .map((value) => pathOf(addressOf(value)))
    .filter((path) => path !== undefined);

const pathOf = (address: string | undefined): string | undefined => {
  if (address === undefined || !URL.canParse(address, 'http://page.invalid/')) return undefined;
  // `#article` and `/story#article` name a node; which page it is on is the rest.
  const { pathname, search } = new URL(address, 'http://page.invalid/');
  if (address.startsWith('#')) return undefined;
  return `${pathname.replace(/(?<=.)\/$/, '')}${search}`;
};

const resolved = (reference: JsonObject, byId: ReadonlyMap<unknown, JsonObject>): JsonObject => {
  const id = reference['@id'];
  const named = typeof id === 'string' ? byId.get(id) : undefined;
  // More than an id and a type is a node of its own.
  return named !== undefined && Object.keys(reference).length <= 2 ? named : reference;
};
