/** How far two lists of the same readers' entitlements are apart, in the kinds that a drift report tells. */
import { type Entitlement, isActive } from '../entitlements/entitlement.ts';
import type { ReaderId } from '../readers/reader.ts';
import type { DriftKind } from './reconcile-report.ts';

/** One customer's entitlements, by the reader who holds them. */
export type Holdings = ReadonlyMap<ReaderId, readonly Entitlement[]>;

/** What has ended on both sides is no drift, whatever it was. */
export const driftBetween = (before: Holdings, after: Holdings, now: number): readonly DriftKind[] => {
  const readers = new Set([...before.keys(), ...after.keys()]);
  const found = [...readers].flatMap((reader) =>
    driftOf(notEnded(before.get(reader), now), notEnded(after.get(reader), now), now),
  );
  return [...new Set(found)];
};

/** The same rights from now on, in whatever order they are listed. */
export const sameRights = (
  some: readonly Entitlement[],
  others: readonly Entitlement[],
  now: number,
): boolean => {
  if (some.length !== others.length) return false;
  const byId = new Map(others.map((other) => [other.id, other]));
  return some.every((one) => {
    const other = byId.get(one.id);
    return other !== undefined && isSameRight(one, other, now);
  });
};

export const notEnded = (list: readonly Entitlement[] | undefined, now: number): readonly Entitlement[] =>
  (list ?? []).filter(({ endsAt }) => now < endsAt);

const driftOf = (
  before: readonly Entitlement[],
  after: readonly Entitlement[],
  now: number,
): readonly DriftKind[] => {
  const products = new Set([...before, ...after].map(({ product }) => product));
  return [...products].flatMap((product) => {
    const was = before.filter((one) => one.product === product);
    const is = after.filter((one) => one.product === product);
    const [wasLetIn, isLetIn] = [was, is].map((list) => list.some((one) => isActive(one, now)));
    if (isLetIn && !wasLetIn) return ['paid-but-stopped'] as const;
    if (wasLetIn && !isLetIn) return ['not-paid-but-let-in'] as const;
    return sameRights(was, is, now) ? [] : (['other-dates'] as const);
  });
};

/** Once both have begun, when they did makes no difference. */
const isSameRight = (one: Entitlement, other: Entitlement, now: number): boolean =>
  one.product === other.product &&
  one.source === other.source &&
  Math.max(one.startsAt, now) === Math.max(other.startsAt, now) &&
  one.endsAt === other.endsAt &&
  one.paymentDue === other.paymentDue;
