/** What the last comparison with Stripe found, as the store has it. */
import type { CustomerStore, FoundDrift, ReconcileProgress } from '../../billing/customer-store.ts';
import { type DriftKind, driftKinds } from '../../billing/reconcile-report.ts';
import type { CustomerId } from '../../billing/subscription.ts';

export interface DriftReport {
  readonly startedAt: number;
  readonly phase: ReconcileProgress['phase'];
  /** Absent: it is under way, or was broken off and goes on soon. */
  readonly finishedAt?: number;
  /** Subscriptions that were compared. */
  readonly checked: number;
  /** Undelivered events that were looked at. */
  readonly events: number;
  /** Customers that were read from Stripe again. */
  readonly refetched: number;
  readonly drift: Readonly<Record<DriftKind, number>>;
  readonly differing: number;
  /** Of those, how many don't any more. */
  readonly healed: number;
  readonly seconds: number;
  /** Customers that couldn't be read: the next run begins with them. */
  readonly failed: readonly CustomerId[];
  /** Of this run and earlier ones, the newest first. */
  readonly found: readonly FoundDrift[];
}

/** Undefined: nothing was compared yet. Rejects when the store can't be asked. */
export const driftReport = async (
  customers: Pick<CustomerStore, 'progress'>,
): Promise<DriftReport | undefined> => {
  const progress = await customers.progress();
  if (!progress) return undefined;
  const { startedAt, phase, finishedAt, counts, failed = [], found = [] } = progress;
  const of = (name: string): number => counts[name] ?? 0;
  return {
    startedAt,
    phase,
    ...(finishedAt === undefined ? {} : { finishedAt }),
    checked: of('checked'),
    events: of('events'),
    refetched: of('refetched'),
    drift: Object.fromEntries(driftKinds.map((kind) => [kind, of(kind)])) as Record<DriftKind, number>,
    differing: of('differing'),
    healed: of('healed'),
    seconds: of('seconds'),
    failed,
    found: found.toReversed(),
  };
};
