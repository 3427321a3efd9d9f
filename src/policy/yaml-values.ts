/** A YAML document's nodes as plain values, and where each was written; aliases are followed with a limit. */
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  visit,
  type YAMLMap,
} from 'yaml';
import { explainYamlError } from './explain-yaml-error.ts';
import type { FaultCode, Path } from './policy-fault.ts';
import { createOffsets } from './yaml-offsets.ts';

export interface Refusal {
  readonly code: FaultCode;
  readonly offset: number;
  readonly message: string;
  readonly instead: string;
}

export interface YamlReader {
  read(node: Node | null, path: Path): unknown;
  refusals(): readonly Refusal[];
  /** Keys that stand twice in the same place, where each stands again. */
  repeated(): readonly Refusal[];
  /** Of the value at a path, or of its key; where there is nothing, of the nearest value around it. */
  offsetOf(path: Path, on?: 'key'): number;
}

/** Behind aliases: a few aliases of aliases can stand for more values than there is memory. */
const mostAliased = 10_000;
const mostRefusals = 100;

export const createYamlReader = (document: Document): YamlReader => {
  const refusals: Refusal[] = [];
  const repeated = new Map<Node, Refusal>();
  const offsets = createOffsets();
  const targets = targetsIn(document);
  const expanding = new Set<Node>();
  let outermost: Alias | undefined;
  let aliased = 0;

  const refuse = (node: Node | null, refusal: Omit<Refusal, 'offset'>): undefined => {
    if (refusals.length < mostRefusals) refusals.push({ ...refusal, offset: node?.range?.[0] ?? 0 });
    return undefined;
  };

  const read = (node: Node | null, path: Path): unknown => {
    if (outermost) aliased += 1;
    if (outermost && aliased > mostAliased) {
      return aliased === mostAliased + 1 ? refuse(outermost, tooManyAliased) : undefined;
    }
    offsets.note(path, node);
    if (isAlias(node)) return readAlias(node, path);
    if (isMap(node)) return Object.fromEntries(entriesOf(node, path));
    if (isSeq(node)) return node.items.map((item, index) => read(item as Node | null, [...path, index]));
    if (!isScalar(node)) return null;
    return isPlain(node.value) ? node.value : refuse(node, notPlain);
  };

  const readAlias = (alias: Alias, path: Path): unknown => {
    const target = targets.get(alias);
    if (!target) return refuse(alias, unknownAlias(alias.source));
    if (expanding.has(target)) return refuse(alias, circularAlias(alias.source));
    const isOutermost = outermost === undefined;
    outermost ??= alias;
    expanding.add(target);
    const value = read(target, path);
    expanding.delete(target);
    if (isOutermost) outermost = undefined;
    return value;
  };

  const entriesOf = (map: YAMLMap, path: Path): [string, unknown][] => {
    const names = new Set<unknown>();
    return (map.items as Pair<Node, Node | null>[]).flatMap(({ key, value }) => {
      if (!isScalar(key)) return refuse(key, notAKey) ?? [];
      if (names.has(key.value)) repeated.set(key, { ...keyTwice, offset: key.range?.[0] ?? 0 });
      names.add(key.value);
      const at = [...path, String(key.value ?? '')];
      offsets.noteKey(at, key);
      return [[String(key.value ?? ''), read(value, at)]];
    });
  };

  return {
    read,
    refusals: () => refusals,
    repeated: () => [...repeated.values()].slice(0, mostRefusals),
    offsetOf: offsets.of,
  };
};

const isPlain = (value: unknown): value is string | number | boolean | null =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** What each alias stands for, found in one walk: the library would walk the whole document for each. */
const targetsIn = (document: Document): ReadonlyMap<Alias, Node> => {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target) targets.set(node, target);
      } else if (node.anchor) anchors.set(node.anchor, node);
    },
  });
  return targets;
};

const keyTwice = explainYamlError('DUPLICATE_KEY', '');

const tooManyAliased = {
  code: 'alias-limit',
  message: 'aliases that repeat each other make this file grow out of all bounds',
  instead: 'the values themselves, where they are needed',
} as const;

const circularAlias = (name: string) =>
  ({
    code: 'alias-limit',
    message: `*${name} stands inside what it stands for`,
    instead: 'the value itself',
  }) as const;

const unknownAlias = (name: string) =>
  ({
    code: 'unknown-alias',
    message: `*${name} begins with *, which in YAML names an earlier value, and there is none of that name`,
    instead: `"*${name}" (in quotes)`,
  }) as const;

const notPlain = {
  code: 'unknown-tag',
  message: 'a policy holds texts, numbers, true and false, and this is none of them',
  instead: 'the value in quotes',
} as const;

const notAKey = {
  code: 'yaml-syntax',
  message: 'a key is one word, not a list or a group',
  instead: 'key: value',
} as const;
