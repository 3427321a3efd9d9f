/** Cuts an article that is answered as JSON. */
import type { Cutoff } from '../policy/policy.ts';
import { ADDRESS_RUN, carries, MAX_PUBLIC_SUMMARY, SCRIPT_RUN, UNSHOWN_RUN } from './carriers.ts';
import { type JsonNode, jsonTree, nodesAt, REMOVED, rewritten, stringsBelow } from './json-tree.ts';
import { scatteredRuns } from './stream-runs.ts';
import { cutChains, type Piece } from './text-chains.ts';
import type { WithheldRuns } from './withheld-runs.ts';

export interface JsonCut {
  readonly json: string;
  readonly previewText: string;
}

/**
 * @param pointers JSON Pointers to the article's text; `*` stands for every element of an array. What they name that
 * isn't a string is removed. Strings elsewhere that carry withheld text are blanked.
 */
export const cutJson = (
  text: string,
  pointers: readonly string[],
  cutoff: Cutoff,
): JsonCut | 'uncuttable' => {
  const source = text.replace(/^\ufeff/, '');
  const root = jsonTree(source);
  if (!root) return 'uncuttable';
  const taken = new Set<JsonNode>();
  const groups = pointers.map((pointer) => nodesAt(root, pointer).filter((node) => isFirst(taken, node)));
  if (taken.size === 0) return 'uncuttable';
  const { cuts, runs, previewText } = cutChains(groups.map(piecesOf), cutoff);
  const replacements = new Map<JsonNode, string>();
  for (const node of taken) replacements.set(node, JSON.stringify(cuts.get(node)) ?? REMOVED);
  blankCopies(root, runs, replacements);
  return { json: rewritten(source, root, replacements), previewText };
};

/**
 * Blanks every string that carries a withheld run, alone or with its neighbours, and isn't replaced already.
 * @param spared nodes that aren't looked into
 */
export const blankCopies = (
  root: JsonNode,
  runs: WithheldRuns,
  replacements: Map<JsonNode, string>,
  spared: ReadonlySet<JsonNode> = new Set(),
): void => {
  for (const node of copyKeys(root, runs, spared))
    if (!replacements.has(node)) replacements.set(node, REMOVED);
  const others = stringsBelow(root, spared).filter(({ node }) => !replacements.has(node));
  for (const { node, key } of others) {
    if (carries(node.value, runs, boundFor(key, node.value))) replacements.set(node, '""');
  }
  const left = others
    .filter(({ node, key }) => !replacements.has(node) && !PUBLIC.test(key))
    .map(({ node }) => node);
  const copies = scatteredRuns(
    left.map(({ value }) => value),
    runs,
    SCRIPT_RUN,
  );
  for (const index of copies) if (left[index]) replacements.set(left[index], '""');
};

const PUBLIC = /^(?:title|headline|name|slug|id|guid)$/i;

/** How long a run has to be in what stands under this key. */
export const boundFor = (key: string, value: string): number => {
  if (PUBLIC.test(key) && value.length <= MAX_PUBLIC_SUMMARY) return Number.POSITIVE_INFINITY;
  return /^(?:https?:\/\/|\/)[^\s]*$/.test(value) ? ADDRESS_RUN : UNSHOWN_RUN;
};

const isFirst = (taken: Set<JsonNode>, node: JsonNode): boolean => {
  if (taken.has(node)) return false;
  taken.add(node);
  return true;
};

export const piecesOf = (nodes: readonly JsonNode[]): Piece<JsonNode>[] =>
  nodes.flatMap((node) => (node.kind === 'string' ? [{ key: node, source: node.value }] : []));

/** Members whose very name is withheld text. */
const copyKeys = (node: JsonNode, runs: WithheldRuns, spared: ReadonlySet<JsonNode>): JsonNode[] => {
  if (spared.has(node)) return [];
  if (node.kind === 'array') return node.items.flatMap((item) => copyKeys(item, runs, spared));
  if (node.kind !== 'object') return [];
  return node.members.flatMap((member) =>
    carries(member.key, runs, SCRIPT_RUN) ? [member.node] : copyKeys(member.node, runs, spared),
  );
};
