/** A page of what Stripe lists, judged: whoever is in doubt is read again, whoever is in step is marked. */
import type { LookAgain } from './look-again.ts';
import type { StorePatience } from './store-patience.ts';
import type { CustomerId } from './subscription.ts';
import type { SweptMarks } from './swept-marks.ts';

export type Verdict =
  /** In step, and nothing else gives the customer access that hasn't been listed. */
  | 'listed'
  /** In step as far as this one entry of the list can tell. */
  | 'partly-listed'
  /** To be read again. */
  | 'doubtful'
  | 'not-ours';

interface Options {
  readonly marks: SweptMarks;
  readonly look: LookAgain['look'];
  readonly patiently: StorePatience;
}

export const settlePage = async <Listed extends { readonly customer: CustomerId }>(
  { marks, look, patiently }: Options,
  listed: readonly Listed[],
  judge: (entry: Listed) => Promise<Verdict>,
): Promise<void> => {
  const judged = await Promise.all(
    listed.map(async (entry) => ({ customer: entry.customer, verdict: await patiently(() => judge(entry)) })),
  );
  const those = (wanted: Verdict): ReadonlySet<CustomerId> =>
    new Set(judged.flatMap(({ customer, verdict }) => (verdict === wanted ? [customer] : [])));
  const doubtful = those('doubtful');
  const inStep = [...those('listed')].filter((customer) => !doubtful.has(customer));
  const read = await look([...doubtful]);
  await patiently(() => marks.mark([...inStep, ...read]));
};
