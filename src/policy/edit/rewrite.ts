/** Makes a YAML text say something else, changing nothing but what has to change for that. */
import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import type { Path } from '../policy-fault.ts';
import { readYaml } from '../read-yaml.ts';
import { arrange, type Placed } from './arrange.ts';
import { placeFor } from './key-order.ts';
import { depthAt, type Job, newItem, newPair, onLines, onOneLine } from './lay-out.ts';
import { block, inline, isGroup, scalarLike } from './render.ts';
import { correspondence, newNames } from './same-entries.ts';
import { sameWritten } from './same-written.ts';
import { type Collection, endOf, isBlock, type Slot, slotsOf, startOf } from './slots.ts';
import { breakOf } from './text-lines.ts';
import { isRaw } from './written-policy.ts';

interface Options {
  /** Of the text's outermost value within the policy. */
  readonly path?: Path;
  /** What changed entries of lists were before they got another name. */
  readonly madeFrom?: ReadonlyMap<unknown, unknown>;
}

/**
 * The text that reads as `next`, or undefined when it can't be written into this text.
 *
 * A value behind an alias gets a copy of its own as soon as one of its uses is changed. Whatever comes out has been read again.
 */
export const rewrite = (
  text: string,
  was: unknown,
  next: unknown,
  options: Options = {},
): string | undefined => {
  if (sameWritten(was, next)) return text;
  const document = parseDocument(text, {
    keepSourceTokens: true,
    prettyErrors: false,
    uniqueKeys: false,
    version: '1.2',
  });
  const root = document.contents as Node | null;
  for (const unalias of [false, true]) {
    const job: Job = {
      text,
      eol: breakOf(text),
      madeFrom: options.madeFrom ?? new Map(),
      unalias,
    };
    const written = rewriteRoot(job, root, was, next, options.path ?? []);
    if (written !== undefined && reads(written, next)) return written;
  }
  return undefined;
};

const reads = (text: string, next: unknown): boolean => {
  const read = readYaml(text);
  return read.kind === 'read' && read.findings.length === 0 && sameWritten(read.text.value, next);
};

const rewriteRoot = (
  job: Job,
  root: Node | null,
  was: unknown,
  next: unknown,
  path: Path,
): string | undefined => {
  const { text, eol } = job;
  const isEmpty = !isRaw(was) && !Array.isArray(was);
  const [start, end] =
    root && !isEmpty ? [startOf(text, root), endOf(text, root)] : [text.length, text.length];
  if (start === undefined || end === undefined) return undefined;
  const fresh = isEmpty || !root || (isGroup(next) && !isGroupNode(root));
  const middle = fresh ? block(next, 0, eol, depthAt(path)) : rewriteNode(job, root, was, next, path);
  if (middle === undefined) return undefined;
  const before = isEmpty && text !== '' && !text.endsWith('\n') ? `${text}${eol}` : text.slice(0, start);
  return `${before}${middle}${isEmpty ? eol : text.slice(end)}`;
};

const isGroupNode = (node: Node): boolean => (isMap(node) || isSeq(node)) && node.items.length > 0;

/** What stands from `startOf` to `endOf` of the node. */
const rewriteNode = (job: Job, node: Node, was: unknown, next: unknown, path: Path): string | undefined => {
  const { text } = job;
  if (isAlias(node) && (job.unalias || !sameWritten(was, next))) return inline(next);
  if (!job.unalias && sameWritten(was, next)) return sliceOf(text, node);
  if (isMap(node) && isRaw(was) && isRaw(next) && canStay(node, Object.keys(next).length))
    return rewriteMap(job, node, was, next, path);
  if (isSeq(node) && Array.isArray(was) && Array.isArray(next) && canStay(node, next.length))
    return rewriteSeq(job, node, was, next, path);
  if (sameWritten(was, next)) return sliceOf(text, node);
  if (!isScalar(node)) return inline(next);
  const one: unknown =
    Array.isArray(next) && next.length === 1 && typeof next[0] === 'string' ? next[0] : next;
  return typeof one === 'object' ? inline(one) : scalarLike(sliceOf(text, node) ?? '', one);
};

const canStay = ({ items }: Collection, count: number): boolean => items.length > 0 && count > 0;

const sliceOf = (text: string, node: Node): string | undefined => {
  const [start, end] = [startOf(text, node), endOf(text, node)];
  return start === undefined || end === undefined ? undefined : text.slice(start, end);
};

const rewriteMap = (
  job: Job,
  node: Collection,
  was: Readonly<Record<string, unknown>>,
  next: Readonly<Record<string, unknown>>,
  path: Path,
): string | undefined => {
  const slots = slotsOf(job.text, node);
  if (!slots) return undefined;
  const names = newNames(was, next);
  const order: (Placed & { readonly key: string })[] = [];
  for (const [from, slot] of slots.entries()) {
    const name = slot.keyed?.name ?? '';
    const key = names.get(name);
    if (key === undefined) continue;
    const text = rewriteSlot(job, slot, was[name], next[key], [...path, key], node, key);
    if (text === undefined) return undefined;
    order.push({ from, text, key });
  }
  const there = new Set(order.map(({ key }) => key));
  for (const [key, value] of Object.entries(next)) {
    if (there.has(key)) continue;
    const at = placeFor(
      key,
      order.map((placed) => placed.key),
    );
    order.splice(at, 0, { key, text: newPair(job, node, slots, key, value, path) });
  }
  return arranged(job, node, slots, order, path);
};

const rewriteSeq = (
  job: Job,
  node: Collection,
  was: readonly unknown[],
  next: readonly unknown[],
  path: Path,
): string | undefined => {
  const slots = slotsOf(job.text, node);
  if (!slots) return undefined;
  const order: Placed[] = [];
  for (const [index, from] of correspondence(was, next, job.madeFrom).entries()) {
    const slot = from === undefined ? undefined : slots[from];
    const at = [...path, index];
    if (from === undefined || !slot) {
      order.push({ text: newItem(job, node, slots, next[index], path) });
      continue;
    }
    const text = rewriteSlot(job, slot, was[from], next[index], at, node);
    if (text === undefined) return undefined;
    order.push({ from, text });
  }
  return arranged(job, node, slots, order, path);
};

const arranged = (
  { text, eol }: Job,
  node: Collection,
  slots: readonly Slot[],
  order: readonly Placed[],
  path: Path,
): string => {
  const contents = slots.map(({ start, end }) => text.slice(start, end));
  const gaps = slots.slice(1).map(({ start }, index) => text.slice(slots[index]?.end, start));
  const { start = 0, end = 0 } = { start: slots[0]?.start, end: slots.at(-1)?.end };
  if (!node.flow) {
    const margin = ' '.repeat(slots[0]?.column ?? 0);
    return arrange({ contents, gaps }, order, `${eol}${path.length === 0 ? eol : ''}${margin}`);
  }
  const [from, to] = [node.range?.[0] ?? start, node.range?.[1] ?? end];
  const inner = arrange({ contents, gaps }, order, ', ');
  return `${text.slice(from, start)}${inner}${text.slice(end, to)}`;
};

/** An entry with another value, and perhaps another key. */
const rewriteSlot = (
  job: Job,
  slot: Slot,
  was: unknown,
  next: unknown,
  path: Path,
  around: Collection,
  key?: string,
): string | undefined => {
  const { text } = job;
  const { start, end, mark, keyed, value } = slot;
  const untilMark =
    keyed && key !== undefined && key !== keyed.name
      ? `${text.slice(start, keyed.start)}${scalarLike(text.slice(keyed.start, keyed.end), key)}${text.slice(keyed.end, mark)}`
      : text.slice(start, mark);
  if (!job.unalias && sameWritten(was, next)) return `${untilMark}${text.slice(mark, end)}`;
  const wantsLines = !around.flow && depthAt(path) > 0 && isGroup(next);
  if (!value || (wantsLines && !isGroupNode(value)))
    return wantsLines ? onLines(job, slot, untilMark, next, path) : onOneLine(job, slot, untilMark, next);
  if (isBlock(value) && !isSameKind(value, next)) return onOneLine(job, slot, untilMark, next);
  const [from, to] = [startOf(text, value), endOf(text, value)];
  const written = rewriteNode(job, value, was, next, path);
  if (from === undefined || to === undefined || written === undefined) return undefined;
  return `${untilMark}${text.slice(mark, from)}${written}${text.slice(to, end)}`;
};

const isSameKind = (node: Collection, next: unknown): boolean =>
  isMap(node) ? isRaw(next) && Object.keys(next).length > 0 : Array.isArray(next) && next.length > 0;
