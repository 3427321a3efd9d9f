/** Cuts the articles in a JSON document of many, each by itself. */
import type { Cutoff } from '../policy/policy.ts';
import { ADDRESS_RUN, carries } from './carriers.ts';
import { blankCopies, boundFor, piecesOf } from './cut-json.ts';
import type { EntryCut } from './feed-entry.ts';
import { type JsonText, textsAt } from './json-texts.ts';
import { type JsonNode, jsonTree, REMOVED, rewritten, stringsBelow } from './json-tree.ts';
import { withoutTags } from './prose.ts';
import { cutChains } from './text-chains.ts';
import { withheldRuns } from './withheld-runs.ts';

/** All that a document holds of one article: measured together, or each of many pieces would be given away whole. */
export interface JsonEntry {
  /** Places among the document's texts. */
  readonly texts: readonly number[];
  /** What stands in these is of this article, unless it is of another entry's; each by where it begins. */
  readonly nodes: readonly number[];
  /** `withhold`: all but a few words of it go, and whatever beside it is as long as a text. */
  readonly fate: 'keep' | 'withhold' | EntryCut;
}

interface Cutting {
  readonly replacements: Map<JsonNode, string>;
  /** Nodes of entries, where others have nothing to look for. */
  readonly owned: Set<JsonNode>;
  readonly withheld: string[];
  readonly allowed: string[];
}

interface Entry {
  readonly texts: readonly JsonText[];
  readonly nodes: readonly JsonNode[];
}

/** @param entries all of them, those that stay whole as well, and every text in one of them */
export const cutJsonList = (
  json: string,
  pointers: readonly string[],
  entries: readonly JsonEntry[],
): string | 'uncuttable' => {
  const root = jsonTree(json);
  if (!root) return 'uncuttable';
  const texts = textsAt(root, pointers);
  const nodes = nodesOf(root, texts);
  const found = entries.map((entry) => ({
    fate: entry.fate,
    texts: entry.texts.flatMap((place) => texts[place] ?? []),
    nodes: entry.nodes.flatMap((start) => nodes.get(start) ?? []),
  }));
  const owned = new Set(found.flatMap((entry) => entry.nodes));
  const cutting: Cutting = { replacements: new Map(), owned, withheld: [], allowed: [] };
  for (const { fate, ...entry } of found) {
    if (fate === 'withhold') withhold(cutting, entry);
    else if (fate !== 'keep') cut(cutting, entry, fate);
  }
  blankOutside(root, cutting);
  return rewritten(json, root, cutting.replacements);
};

/** Every node that an entry may be, by where it begins. */
const nodesOf = (root: JsonNode, texts: readonly JsonText[]): ReadonlyMap<number, JsonNode> => {
  const nodes = new Map([[0, root]]);
  for (const { parts, element } of texts) {
    for (const { node } of parts) nodes.set(node.start, node);
    if (element) nodes.set(element.start, element);
  }
  return nodes;
};

const cut = (cutting: Cutting, { texts, nodes }: Entry, { cutoff, articleLength }: EntryCut): void => {
  const { replacements, owned, withheld, allowed } = cutting;
  const { cuts, runs, ...made } = cutChains(groupsOf(texts), cutoff, 'continued', articleLength);
  for (const { node } of texts) replacements.set(node, JSON.stringify(cuts.get(node)) ?? REMOVED);
  inEach(nodes, owned, (node) => blankCopies(node, runs, replacements, owned));
  withheld.push(made.withheld);
  allowed.push(made.allowed);
};

const withhold = (cutting: Cutting, { texts, nodes }: Entry): void => {
  const { replacements, owned } = cutting;
  for (const { node } of texts) replacements.set(node, node.kind === 'string' ? '""' : REMOVED);
  cut(cutting, { texts: texts.slice(0, 1), nodes: [] }, { cutoff: aFewWords });
  const sought = allOf(texts).slice(0, mostSought);
  cutting.withheld.push(sought);
  const runs = withheldRuns(sought, cutting.allowed.at(-1) ?? '');
  inEach(nodes, owned, (node) => {
    blankCopies(node, runs, replacements, owned);
    blankLong(node, cutting);
  });
};

const allOf = (texts: readonly JsonText[]): string =>
  texts
    .flatMap(({ node }) => stringsBelow(node))
    .map(({ node: { value } }) => withoutTags(value))
    .join('\n');

/** In characters: copies of more than that are found by their length alone. */
const mostSought = 500_000;

/** Of all that is nobody's together: who knows whether it isn't one text in pieces. */
const aFewWords: Cutoff = { by: 'characters', count: 200, ending: 'word', atMost: 50 };

const inEach = (nodes: readonly JsonNode[], owned: Set<JsonNode>, blank: (node: JsonNode) => void): void => {
  for (const node of nodes) {
    owned.delete(node);
    blank(node);
    owned.add(node);
  }
};

/** The texts of one pointer are one text in pieces. */
const groupsOf = (texts: readonly JsonText[]) => {
  const groups = new Map<number, JsonNode[]>();
  for (const { pointer, node } of texts) {
    const group = groups.get(pointer);
    if (group) group.push(node);
    else groups.set(pointer, [node]);
  }
  return [...groups.values()].map(piecesOf);
};

const blankLong = (root: JsonNode, { owned, replacements }: Cutting): void => {
  for (const { node } of stringsBelow(root, owned))
    if (!replacements.has(node) && node.value.length >= MIN_TEXT) replacements.set(node, '""');
};

const MIN_TEXT = 200;

/** What is nobody's entry may hold any of them: an index of all texts for a search, say. */
const blankOutside = (root: JsonNode, { owned, replacements, withheld, allowed }: Cutting): void => {
  if (withheld.length === 0 || owned.has(root)) return;
  const runs = withheldRuns(withheld.join('\n'), allowed.join('\n'));
  for (const { node, key } of stringsBelow(root, owned)) {
    const bound = Math.max(ADDRESS_RUN, boundFor(key, node.value));
    if (!replacements.has(node) && carries(node.value, runs, bound)) replacements.set(node, '""');
  }
};
