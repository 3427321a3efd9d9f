/** Work that one instance does at a time: whoever holds the lease, which is renewed while the work goes on. */
import type { CustomerStore } from './customer-store.ts';

export interface LeaseOptions {
  readonly customers: Pick<CustomerStore, 'lease' | 'release'>;
  readonly name: string;
  /** Nobody else's. */
  readonly holder: string;
  /** Milliseconds that pass in reality: a sandbox's clock jumps. */
  readonly realNow: () => number;
  /** How long a holder that was killed keeps others waiting. */
  readonly leaseMs: number;
  readonly signal: AbortSignal;
}

export class LeaseLost extends Error {
  constructor() {
    super('The lease was lost: the store could not be asked for too long, or another instance took over.');
    this.name = 'LeaseLost';
  }
}

/**
 * Undefined: another holder is at it. The work's signal is aborted with the caller's, and with a `LeaseLost` when the
 * lease can't be kept.
 */
export const underLease = async <Answer>(
  options: LeaseOptions,
  work: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer | undefined> => {
  const { customers, name, holder, leaseMs, signal } = options;
  if (!(await renew(options))) return undefined;
  const lost = new AbortController();
  let [heldAt, asking] = [options.realNow(), false];
  const keep = async (): Promise<void> => {
    if (asking) return;
    asking = true;
    const askedAt = options.realNow();
    // A store that doesn't answer for a moment isn't the end: the lease still runs.
    const kept = await renew(options).catch(() => undefined);
    asking = false;
    if (kept) heldAt = askedAt;
    if (kept === false || options.realNow() - heldAt >= leaseMs) lost.abort(new LeaseLost());
  };
  const timer = setInterval(() => void keep(), leaseMs / 4);
  try {
    return await work(AbortSignal.any([signal, lost.signal]));
  } finally {
    clearInterval(timer);
    // Where it can't be given back, it ends by itself.
    await customers.release(name, holder).catch(() => undefined);
  }
};

const renew = ({ customers, name, holder, realNow, leaseMs }: LeaseOptions): Promise<boolean> => {
  const now = realNow();
  return customers.lease(name, holder, now, now + leaseMs);
};
