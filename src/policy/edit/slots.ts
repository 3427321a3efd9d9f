/** Where each entry of a YAML list or group stands in the text, with the comments that are its own. */
import { isAlias, isCollection, isMap, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import { columnOf, withCommentsAbove, withCommentsBelow, withoutLastBreaks } from './text-lines.ts';

export interface Slot {
  /** With the comments above it. */
  readonly start: number;
  /** With the comment behind it. */
  readonly end: number;
  /** Of the key, or the dash. */
  readonly column: number;
  /** Behind the colon or the dash; where there is none, where the value begins. */
  readonly mark: number;
  readonly keyed?: { readonly name: string; readonly start: number; readonly end: number };
  /** null where nothing is written. */
  readonly value: Node | null;
}

export type Collection = YAMLMap | YAMLSeq;

/** In the order of the text. undefined where the form is too unusual to be sure of. */
export const slotsOf = (text: string, node: Collection): readonly Slot[] | undefined => {
  const marks = marksOf(node);
  const slots = node.items.map((item, index) =>
    isMap(node)
      ? pairSlot(text, node, item as YAMLMap['items'][number], marks[index])
      : itemSlot(text, node, item as Node, marks[index]),
  );
  return slots.every((slot) => slot !== undefined) ? slots : undefined;
};

/** Of what `endOf` ends. */
export const startOf = (text: string, node: Node): number | undefined =>
  isBlock(node) ? slotsOf(text, node)?.[0]?.start : node.range?.[0];

export const endOf = (text: string, node: Node): number | undefined => {
  if (isBlock(node)) return slotsOf(text, node)?.at(-1)?.end;
  return node.range ? withoutLastBreaks(text, node.range[0], node.range[1]) : undefined;
};

export const isBlock = (node: Node | null): node is Collection =>
  isCollection(node) && !node.flow && node.items.length > 0;

/** Whether a value that isn't written at all, which YAML takes for null. */
export const isWritten = (node: Node | null): node is Node =>
  node !== null && (isAlias(node) || isCollection(node) || (node.range?.[1] ?? 0) > (node.range?.[0] ?? 0));

const pairSlot = (
  text: string,
  map: YAMLMap,
  { key, value }: YAMLMap['items'][number],
  mark: number | undefined,
): Slot | undefined => {
  if (!isScalar(key) || !key.range) return undefined;
  const [start, end] = key.range;
  const keyed = { name: String(key.value ?? ''), start, end };
  const written = isWritten(value as Node | null) ? (value as Node) : null;
  if (mark === undefined && written) return undefined;
  return slotAround(text, map, start, mark ?? end, { keyed, value: written });
};

const itemSlot = (text: string, seq: YAMLSeq, item: Node, mark: number | undefined): Slot | undefined => {
  const value = isWritten(item) ? item : null;
  if (seq.flow) {
    const start = value?.range?.[0];
    return start === undefined ? undefined : slotAround(text, seq, start, start, { value });
  }
  return mark === undefined ? undefined : slotAround(text, seq, mark - 1, mark, { value });
};

const slotAround = (
  text: string,
  { flow }: Collection,
  at: number,
  mark: number,
  rest: Pick<Slot, 'keyed' | 'value'>,
): Slot | undefined => {
  const valueEnd = rest.value ? endOf(text, rest.value) : mark;
  if (valueEnd === undefined) return undefined;
  const column = columnOf(text, at);
  if (flow) return { start: at, end: valueEnd, column, mark, ...rest };
  const end = withCommentsBelow(text, valueEnd, column);
  return { start: withCommentsAbove(text, at), end, column, mark, ...rest };
};

/** Offsets behind each colon or dash, as far as there is one. */
const marksOf = (node: Collection): readonly (number | undefined)[] => {
  if (isMap(node)) return node.items.map(({ srcToken }) => behind(srcToken?.sep ?? [], 'map-value-ind'));
  const token = node.srcToken;
  if (!isSeq(node) || token?.type !== 'block-seq') return [];
  return token.items.map(({ start }) => behind(start, 'seq-item-ind')).filter((mark) => mark !== undefined);
};

const behind = (
  tokens: readonly { readonly type: string; readonly offset: number }[],
  type: string,
): number | undefined => {
  const token = tokens.find((candidate) => candidate.type === type);
  return token && token.offset + 1;
};
