/** JSON as a tree of places in its source, so that what isn't changed keeps its bytes: numbers, order, doubled keys. */
import { jsonStrings } from './json-strings.ts';

export type JsonNode =
  | {
      readonly kind: 'object';
      readonly start: number;
      readonly end: number;
      readonly members: readonly JsonMember[];
    }
  | {
      readonly kind: 'array';
      readonly start: number;
      readonly end: number;
      readonly items: readonly JsonNode[];
    }
  | { readonly kind: 'string'; readonly start: number; readonly end: number; readonly value: string }
  | { readonly kind: 'other'; readonly start: number; readonly end: number };

interface JsonMember {
  readonly start: number;
  readonly key: string;
  readonly node: JsonNode;
}

/** Undefined for what isn't JSON, or nests deeper than any data does. Never throws. */
export const jsonTree = (source: string): JsonNode | undefined => {
  try {
    JSON.parse(source);
  } catch {
    return undefined;
  }
  return nodeAt(source, spaceEnd(source, 0), 0);
};

/** Nodes that a JSON Pointer names; `*` stands for every element of an array (or member of an object). */
export const nodesAt = (root: JsonNode, pointer: string): JsonNode[] => {
  if (pointer !== '' && !pointer.startsWith('/')) return [];
  let nodes = [root];
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    nodes = nodes.flatMap((node) => childrenOf(node, name));
  }
  return nodes;
};

/** What takes a node's place: its new source, or 'removed' with the member or element that it is. */
type Replacements = ReadonlyMap<JsonNode, string | 'removed'>;

export const REMOVED = 'removed';

/** The source with the replacements made. The root can't be removed: it becomes `null`. */
export const rewritten = (source: string, root: JsonNode, replacements: Replacements): string => {
  const write = (node: JsonNode): string => {
    const replacement = replacements.get(node);
    if (replacement !== undefined) return replacement === REMOVED ? 'null' : replacement;
    if (node.kind === 'array') {
      const kept = node.items.filter((item) => replacements.get(item) !== REMOVED);
      return kept.length === node.items.length
        ? between(
            source,
            node,
            kept.map((item) => ({ start: item.start, node: item })),
            write,
          )
        : `[${kept.map(write).join(',')}]`;
    }
    if (node.kind === 'object') {
      const kept = node.members.filter((member) => replacements.get(member.node) !== REMOVED);
      return kept.length === node.members.length
        ? between(source, node, kept, write)
        : `{${kept.map((member) => source.slice(member.start, member.node.start) + write(member.node)).join(',')}}`;
    }
    return source.slice(node.start, node.end);
  };
  return source.slice(0, root.start) + write(root) + source.slice(root.end);
};

/** Every string value below a node, with the key it stands under. @param spared nodes that aren't looked into */
export const stringsBelow = (
  root: JsonNode,
  spared: ReadonlySet<JsonNode> = nothing,
): { node: JsonNode & { kind: 'string' }; key: string }[] => {
  const found: { node: JsonNode & { kind: 'string' }; key: string }[] = [];
  const visit = (node: JsonNode, key: string): void => {
    if (spared.has(node)) return;
    if (node.kind === 'string') found.push({ node, key });
    else if (node.kind === 'array') for (const item of node.items) visit(item, key);
    else if (node.kind === 'object') for (const member of node.members) visit(member.node, member.key);
  };
  visit(root, '');
  return found;
};

const nothing: ReadonlySet<JsonNode> = new Set();

const MAX_DEPTH = 200;

/** What one part of a pointer names. */
export const childrenOf = (node: JsonNode, name: string): JsonNode[] => {
  if (node.kind === 'array') {
    if (name === '*') return [...node.items];
    const item = /^(?:0|[1-9]\d{0,8})$/.test(name) ? node.items[Number(name)] : undefined;
    return item ? [item] : [];
  }
  if (node.kind !== 'object') return [];
  // A doubled key is read by some as its first and by some as its last value.
  return node.members.filter(({ key }) => name === '*' || key === name).map((member) => member.node);
};

const between = (
  source: string,
  { start, end }: JsonNode,
  parts: readonly { readonly node: JsonNode }[],
  write: (node: JsonNode) => string,
): string => {
  let written = '';
  let at = start;
  for (const { node } of parts) {
    written += source.slice(at, node.start) + write(node);
    at = node.end;
  }
  return written + source.slice(at, end);
};

/** The source is known to be valid, so that only its shape has to be followed. */
const nodeAt = (source: string, start: number, depth: number): JsonNode | undefined => {
  if (depth > MAX_DEPTH) return undefined;
  switch (source[start]) {
    case '{':
      return objectAt(source, start, depth);
    case '[':
      return arrayAt(source, start, depth);
    case '"':
      return stringAt(source, start);
    default: {
      const length = /^[^\s,\]}]*/.exec(source.slice(start, start + MAX_LITERAL))?.[0].length ?? 0;
      return length === MAX_LITERAL ? undefined : { kind: 'other', start, end: start + length };
    }
  }
};

const MAX_LITERAL = 5000;

const stringAt = (source: string, start: number): (JsonNode & { kind: 'string' }) | undefined => {
  for (const { end, value } of jsonStrings(source, start)) return { kind: 'string', start, end, value };
  return undefined;
};

const objectAt = (source: string, start: number, depth: number): JsonNode | undefined => {
  const members: JsonMember[] = [];
  let at = spaceEnd(source, start + 1);
  while (source[at] !== '}') {
    const key = stringAt(source, at);
    if (!key) return undefined;
    const colon = spaceEnd(source, key.end);
    const node = nodeAt(source, spaceEnd(source, colon + 1), depth + 1);
    if (!node) return undefined;
    members.push({ start: key.start, key: key.value, node });
    at = afterComma(source, node.end);
  }
  return { kind: 'object', start, end: at + 1, members };
};

const arrayAt = (source: string, start: number, depth: number): JsonNode | undefined => {
  const items: JsonNode[] = [];
  let at = spaceEnd(source, start + 1);
  while (source[at] !== ']') {
    const node = nodeAt(source, at, depth + 1);
    if (!node) return undefined;
    items.push(node);
    at = afterComma(source, node.end);
  }
  return { kind: 'array', start, end: at + 1, items };
};

const afterComma = (source: string, from: number): number => {
  const at = spaceEnd(source, from);
  return source[at] === ',' ? spaceEnd(source, at + 1) : at;
};

const spaceEnd = (source: string, from: number): number => {
  let at = from;
  while (source[at] === ' ' || source[at] === '\n' || source[at] === '\r' || source[at] === '\t') at += 1;
  return at;
};
