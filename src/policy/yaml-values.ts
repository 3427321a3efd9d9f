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
  type YAMLMap,
} from 'yaml';
import type { FaultCode, Path } from './policy-fault.ts';

export interface Refusal {
  readonly code: FaultCode;
  readonly offset: number;
  readonly message: string;
  readonly instead: string;
}

export interface YamlReader {
  read(node: Node | null, path: Path): unknown;
  refusals(): readonly Refusal[];
  /** Of the value at a path, or of its key; where there is nothing, of the nearest value around it. */
  offsetOf(path: Path, on?: 'key'): number;
}

/** Behind aliases: a few aliases of aliases can stand for more values than there is memory. */
const mostAliased = 10_000;
const mostRefusals = 100;

export const createYamlReader = (document: Document): YamlReader => {
  const refusals: Refusal[] = [];
  const offsets = createOffsets();
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
    const target = alias.resolve(document);
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

  const entriesOf = (map: YAMLMap, path: Path): [string, unknown][] =>
    (map.items as Pair<Node, Node | null>[]).flatMap(({ key, value }) => {
      if (!isScalar(key)) return refuse(key, notAKey) ?? [];
      const at = [...path, String(key.value ?? '')];
      offsets.noteKey(at, key);
      return [[String(key.value ?? ''), read(value, at)]];
    });

  return { read, refusals: () => refusals, offsetOf: offsets.of };
};

const isPlain = (value: unknown): value is string | number | boolean | null =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const createOffsets = () => {
  const values = new Map<string, number>();
  const keys = new Map<string, number>();
  const note = (into: Map<string, number>, path: Path, node: Node | null): void => {
    const name = JSON.stringify(path);
    // The first is where an alias stands; what it stands for was written elsewhere.
    if (node?.range && !into.has(name)) into.set(name, node.range[0]);
  };
  return {
    note: (path: Path, node: Node | null) => note(values, path, node),
    noteKey: (path: Path, node: Node | null) => note(keys, path, node),
    of: (path: Path, on?: 'key'): number => {
      for (let length = path.length; length >= 0; length -= 1) {
        const name = JSON.stringify(path.slice(0, length));
        const [first, second] = on === 'key' && length === path.length ? [keys, values] : [values, keys];
        const offset = first.get(name) ?? second.get(name);
        if (offset !== undefined) return offset;
      }
      return 0;
    },
  };
};

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
