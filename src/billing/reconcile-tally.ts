/** What a run has counted so far, kept beside its cursor, so that a run that was broken off counts on. */
import type { FoundDrift } from './customer-store.ts';
import {
  type DriftKind,
  driftKinds,
  type FailedCustomer,
  type ReconcileCounts,
  type ReconcileReport,
} from './reconcile-report.ts';
import type { CustomerId } from './subscription.ts';

type Counted = 'checked' | 'events';

export interface Tally {
  add(what: Counted, count?: number): void;
  found(customer: CustomerId, kinds: readonly DriftKind[]): void;
  counts(): ReconcileCounts;
  examples(): ReconcileReport['examples'];
  /** For `ReconcileProgress.counts`. */
  toKeep(): Readonly<Record<string, number>>;
  /** For `ReconcileProgress.found`. */
  foundToKeep(): readonly FoundDrift[];
}

interface Options {
  /** Of the same run, before it was broken off. */
  readonly kept?: Readonly<Record<string, number>>;
  /** Of that run and those before. */
  readonly foundBefore?: readonly FoundDrift[];
  readonly callsMade: () => number;
  readonly realNow: () => number;
  readonly dryRun: boolean;
  readonly onDrift?: (kind: DriftKind) => void;
}

const maxExamples = 10;
const maxFoundKept = 300;

export const createTally = (options: Options): Tally => {
  const { kept = {}, foundBefore = [], callsMade, realNow, dryRun, onDrift } = options;
  const [startedAt, callsBefore] = [realNow(), callsMade()];
  const counted = new Map<string, number>(Object.entries(kept));
  const of = (name: string): number => counted.get(name) ?? 0;
  const add = (name: string, count = 1): void => void counted.set(name, of(name) + count);
  const foundSoFar = [...foundBefore];
  const examples = new Map<DriftKind, CustomerId[]>(driftKinds.map((kind) => [kind, []]));

  const counts = (): ReconcileCounts => ({
    checked: of('checked'),
    events: of('events'),
    refetched: of('refetched'),
    differing: of('differing'),
    healed: dryRun ? 0 : of('differing'),
    drift: byKind((kind) => of(kind)),
    calls: of('calls') + callsMade() - callsBefore,
    seconds: of('seconds') + (realNow() - startedAt) / 1000,
  });

  return {
    add,
    found: (customer, kinds) => {
      add('refetched');
      for (const kind of kinds) {
        add(kind);
        onDrift?.(kind);
        const shown = examples.get(kind) ?? [];
        if (shown.length < maxExamples) shown.push(customer);
      }
      if (kinds.length === 0) return;
      add('differing');
      foundSoFar.push({ customer, kinds, at: realNow() });
      if (foundSoFar.length > maxFoundKept) foundSoFar.shift();
    },
    counts,
    examples: () => byKind((kind) => examples.get(kind) ?? []),
    toKeep: () => {
      const { drift, ...others } = counts();
      return { ...others, ...drift };
    },
    foundToKeep: () => [...foundSoFar],
  };
};

export const reportOf = (
  tally: Tally,
  facts: Pick<ReconcileReport, 'run' | 'dryRun' | 'resumed'> & { readonly failed: readonly FailedCustomer[] },
): ReconcileReport => ({ ...tally.counts(), examples: tally.examples(), ...facts });

const byKind = <Value>(of: (kind: DriftKind) => Value): Readonly<Record<DriftKind, Value>> => ({
  'paid-but-stopped': of('paid-but-stopped'),
  'not-paid-but-let-in': of('not-paid-but-let-in'),
  'other-dates': of('other-dates'),
  'old-account': of('old-account'),
});
