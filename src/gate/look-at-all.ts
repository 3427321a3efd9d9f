/** Looks at many addresses for one document: bounded, and never a burst at the origin. */
import type { LookAt, Standing } from './look-up.ts';
import type { PageAddress } from './page-addresses.ts';
import type { PolicyInForce } from './policy-in-force.ts';

/** @returns what stands at each, by its target; nothing for those past the bound */
export type LookAtAll = (
  addresses: Iterable<PageAddress>,
  rules: PolicyInForce,
  hops: number,
) => Promise<ReadonlyMap<string, Standing>>;

/** No feed and no list is longer in practice; what stands past it isn't asked for. */
const mostAddresses = 200;
/** At once. */
const lanes = 4;

export const createLookAtAll =
  (lookUp: LookAt): LookAtAll =>
  async (addresses, rules, hops) => {
    const found = new Map<string, Standing>();
    const waiting = [...new Map([...addresses].map((address) => [address.target, address])).values()];
    waiting.length = Math.min(waiting.length, mostAddresses);

    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift())
        found.set(next.target, await lookUp(next, rules, hops));
    };
    await Promise.all(Array.from({ length: lanes }, work));
    return found;
  };
