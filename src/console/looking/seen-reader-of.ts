/** The reader that an operator asked to look as. */
import type { SeenReader } from '../../gate/seen-reader.ts';
import type { Policy, ProductId } from '../../policy/policy.ts';
import type { Email } from '../../readers/reader.ts';
import type { SeeAsked } from './look-schema.ts';

const dayMs = 86_400_000;
/** Far from its end. */
const heldDays = 30;
/** Money is owed, and it ends soon: the grace that Stripe's retries usually leave. */
const dueDays = 7;

/** A fault where a product is named that no policy on the desk has. */
export const seenReaderOf = (
  asked: Omit<SeeAsked, 'address' | 'policy'>,
  known: Policy['products'],
  now: number,
): SeenReader | 'product-unknown' => {
  const { as, reads, reader, number } = asked;
  if (reader !== undefined) return { kind: 'named', email: reader.trim().toLowerCase() as Email };
  if (number !== undefined) return { kind: 'numbered', number: number.trim() };
  if (as === 'visitor' || as === 'registered') return { kind: as, reads };
  if (as === 'crawler' || as === 'staff') return { kind: as };
  const products = productsIn(asked.product, known);
  if (products === undefined) return 'product-unknown';
  const held = { kind: 'entitled', products, reads } as const;
  switch (as) {
    case 'subscriber':
      return { ...held, source: 'subscription', endsAt: now + heldDays * dayMs };
    case 'past-due':
      return { ...held, source: 'subscription', endsAt: now + dueDays * dayMs, paymentDue: true };
    case 'gift':
      return { ...held, source: 'gift', endsAt: now + heldDays * dayMs };
    default:
      return as satisfies never;
  }
};

const productsIn = (
  asked: SeeAsked['product'],
  known: Policy['products'],
): readonly ProductId[] | undefined => {
  const names = asked === undefined ? known.slice(0, 1).map(({ id }) => id) : [asked].flat();
  const found = names.map((name) => known.find(({ id }) => id === name)?.id);
  return found.every((id) => id !== undefined) ? found : undefined;
};
