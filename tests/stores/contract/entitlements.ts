/** Entitlements and readers for tests, with everything filled in that a test doesn't care about. */
import { randomUUID } from 'node:crypto';
import type { Entitlement, EntitlementId, Source } from '../../../src/entitlements/entitlement.ts';
import type { ProductId } from '../../../src/policy/policy.ts';
import type { ReaderId } from '../../../src/readers/reader.ts';
import { noon } from './meter-asks.ts';

export const newReaderId = (): ReaderId => randomUUID() as ReaderId;

export const entitlement = (id: string, source: Source = 'comp'): Entitlement => ({
  id: id as EntitlementId,
  product: 'all' as ProductId,
  source,
  startsAt: noon,
  endsAt: noon + 1000,
});

export const sorted = (list: readonly Entitlement[]): Entitlement[] =>
  list.toSorted((a, b) => (a.id < b.id ? -1 : 1));
