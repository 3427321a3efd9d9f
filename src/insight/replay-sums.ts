/** Sums of replayed views and their readers, by whatever they are told apart. */
import type { Audience, ReaderKey } from './logged-view.ts';
import type { Effect, RuleEffect } from './replay-report.ts';

export interface ReaderSum {
  readonly weight: number;
  audience: Audience;
  views: number;
  before: number;
  after: number;
}

export interface Sum {
  views: number;
  before: number;
  after: number;
  /** Reader to whether stopped under each policy: the first bit before, the second after. */
  readonly readers: Map<ReaderKey, number>;
}

export const createSum = (): Sum => ({ views: 0, before: 0, after: 0, readers: new Map() });

export const createSums = <Name extends string>() => {
  const all = new Map<Name, Sum>();
  const sumOf = (name: Name): Sum => {
    const known = all.get(name);
    if (known) return known;
    const made = createSum();
    all.set(name, made);
    return made;
  };
  return Object.assign(sumOf, { all: all as ReadonlyMap<Name, Sum> });
};

export const addTo = (
  sum: Sum,
  reader: ReaderKey,
  weight: number,
  { before, after }: { readonly before: boolean; readonly after: boolean },
): void => {
  sum.views += weight;
  if (before) sum.before += weight;
  if (after) sum.after += weight;
  sum.readers.set(reader, (sum.readers.get(reader) ?? 0) | (before ? 1 : 0) | (after ? 2 : 0));
};

export const effectOf = (sum: Sum, readers: ReadonlyMap<ReaderKey, ReaderSum>): Effect => {
  const counts = { all: 0, before: 0, after: 0 };
  for (const [reader, bits] of sum.readers) {
    const weight = readers.get(reader)?.weight ?? 1;
    counts.all += weight;
    if ((bits & 1) !== 0) counts.before += weight;
    if ((bits & 2) !== 0) counts.after += weight;
  }
  return {
    views: sum.views,
    readers: counts.all,
    stoppedBefore: { views: sum.before, readers: counts.before },
    stoppedAfter: { views: sum.after, readers: counts.after },
  };
};

export const named = <Name extends string, Label extends string>(
  sums: ReadonlyMap<Name, Sum>,
  effect: (sum: Sum) => Effect,
  label: Label,
): (Effect & { readonly [Key in Label]: Name })[] =>
  [...sums]
    .map(([name, sum]) => ({ [label]: name, ...effect(sum) }) as Effect & { [Key in Label]: Name })
    .sort((one, another) => another.views - one.views);

export const ruleEffects = (
  before: ReadonlyMap<string, Sum>,
  after: ReadonlyMap<string, Sum>,
  effect: (sum: Sum) => Effect,
): readonly RuleEffect[] => {
  const side = (sum: Sum | undefined, which: 'stoppedBefore' | 'stoppedAfter') => {
    const { views, [which]: stopped } = effect(sum ?? createSum());
    return { views, stopped };
  };
  return [...new Set([...before.keys(), ...after.keys()])].map((rule) => ({
    rule,
    before: side(before.get(rule), 'stoppedBefore'),
    after: side(after.get(rule), 'stoppedAfter'),
  }));
};
