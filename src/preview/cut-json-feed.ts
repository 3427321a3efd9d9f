/** Cuts the articles in a JSON Feed. */
import { dateOf, distinct } from '../article/stated-values.ts';
import { carries, SCRIPT_RUN } from './carriers.ts';
import { blankCopies } from './cut-json.ts';
import type { DecideEntry, FeedEntry } from './feed-entry.ts';
import { type JsonNode, jsonTree, nodesAt, REMOVED, rewritten, stringsBelow } from './json-tree.ts';
import { lengthOfText } from './prose.ts';
import { cutChains } from './text-chains.ts';

export const cutJsonFeed = (text: string, decide: DecideEntry): string | 'uncuttable' => {
  const source = text.replace(/^\ufeff/, '');
  const root = jsonTree(source);
  const lists = root ? nodesAt(root, '/items') : [];
  if (!root || lists.length === 0 || lists.some(({ kind }) => kind !== 'array')) return 'uncuttable';
  const replacements = new Map<JsonNode, string>();
  for (const item of nodesAt(root, '/items/*')) {
    const textLength = () => Math.max(0, ...bodiesOf(item).map(({ value }) => lengthOfText(value)));
    const decision = decide(linkOf(item), entryOf(item), textLength);
    if (decision === 'keep') continue;
    if (decision === 'drop') replacements.set(item, REMOVED);
    else {
      const bodies = bodiesOf(item);
      const { cuts, runs } = cutChains(
        bodies.map((node) => [{ key: node as JsonNode, source: node.value }]),
        decision.cutoff,
        'apart',
        decision.articleLength,
      );
      for (const body of bodies) {
        const cut = cuts.get(body) ?? '';
        replacements.set(body, JSON.stringify(carries(cut, runs, SCRIPT_RUN) ? '' : cut));
      }
      blankCopies(item, runs, replacements);
    }
  }
  return rewritten(source, root, replacements);
};

const BODIES = ['/content_html', '/content_text', '/summary'];
/** Whatever its name, a string that holds this much is somebody's way of sending the article. */
const MIN_BODY = 200;

const bodiesOf = (item: JsonNode): JsonText[] => {
  const named = BODIES.flatMap((pointer) => nodesAt(item, pointer)).flatMap((node) =>
    node.kind === 'string' ? [node] : [],
  );
  const long = stringsBelow(item).flatMap(({ node, key }) =>
    node.value.length >= MIN_BODY && key !== 'title' && !/^https?:\S*$/.test(node.value) ? [node] : [],
  );
  return [...new Set([...named, ...long])];
};

type JsonText = JsonNode & { kind: 'string' };

const linkOf = (item: JsonNode): string | undefined =>
  ['/url', '/external_url', '/id']
    .map((pointer) => textAt(item, pointer))
    .find((link) => link !== undefined && /^(?:https?:\/)?\//i.test(link));

const entryOf = (item: JsonNode): FeedEntry => {
  const id = textAt(item, '/id');
  const publishedAt = dateOf(textAt(item, '/date_published'));
  const updatedAt = dateOf(textAt(item, '/date_modified'));
  return {
    title: textAt(item, '/title') ?? '',
    authors: distinct([...textsAt(item, '/authors/*/name'), ...textsAt(item, '/author/name')]),
    categories: distinct(textsAt(item, '/tags/*')),
    ...(id === undefined ? {} : { id }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(updatedAt === undefined ? {} : { updatedAt }),
  };
};

const textAt = (item: JsonNode, pointer: string): string | undefined => textsAt(item, pointer)[0];

const textsAt = (item: JsonNode, pointer: string): string[] =>
  nodesAt(item, pointer).flatMap((node) => (node.kind === 'string' ? [node.value] : []));
