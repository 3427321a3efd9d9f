/** The operators as everybody in the console sees them, with when each was seen last. */
import type { ChangeOperators, ListedOperator } from '../operators/change-operators.ts';
import type { OperatorStore } from '../operators/operator-store.ts';

export type SeenOperator = ListedOperator & { readonly lastSeenAt?: number };

/** @throws when the store can't be asked. */
export const seenOperators = async (
  operators: Pick<ChangeOperators, 'list'>,
  store: Pick<OperatorStore, 'devicesOfOperator'>,
): Promise<readonly SeenOperator[]> =>
  Promise.all((await operators.list()).map((operator) => withLastSeen(operator, store)));

/** Owners by the settings have no record: what is known of them is what their signed-in browsers tell. */
const withLastSeen = async (
  operator: ListedOperator,
  store: Pick<OperatorStore, 'devicesOfOperator'>,
): Promise<SeenOperator> => {
  if (!operator.bySettings) return operator;
  const seen = (await store.devicesOfOperator(operator.email)).map(({ lastSeenAt }) => lastSeenAt);
  return seen.length === 0 ? operator : { ...operator, lastSeenAt: Math.max(...seen) };
};
