/** Opens a Checkout Session so that it is the only one a reader can pay in, whatever other tabs and instances are doing. */
import type { Billing, CheckoutFacts, NewCheckout } from './billing.ts';
import { shortHash } from './checkout-mark.ts';
import type { CustomerId } from './subscription.ts';

export type CheckoutOpened =
  | { readonly kind: 'open'; readonly checkout: CheckoutFacts; readonly url: string }
  /** Another tab chose something else at this very moment, and later. */
  | { readonly kind: 'overtaken' };

interface Dependencies {
  readonly billing: Pick<Billing, 'openCheckout' | 'checkout' | 'openCheckouts' | 'expireCheckout'>;
  readonly random: (bytes: number) => string;
}

export interface Wanted {
  readonly checkout: Omit<NewCheckout, 'idempotencyKey'>;
  /** Of all that counts in `checkout`: an open one with the same terms is taken instead. */
  readonly terms: string;
  /** The reader's other customers: what is open there can be paid too. */
  readonly customers: readonly CustomerId[];
}

/**
 * Once this has answered, every other session of these customers is either expired, or complete and so in their state:
 * whoever reads that state afterwards knows whether something was paid meanwhile.
 */
export const openOneCheckout = async (
  deps: Dependencies,
  wanted: Wanted,
  now: number,
): Promise<CheckoutOpened> => {
  const open = await openOf(deps, wanted);
  const same = open.find((each) => isSame(each, wanted) && now - each.createdAt < reusableMs);
  await expireAll(
    deps,
    open.filter((each) => each !== same),
  );
  return same ? asOpened(same) : make(deps, wanted, now);
};

/** A session lives a day; one handed out again must leave time to pay. */
const reusableMs = 12 * 3_600_000;

const openOf = async ({ billing }: Dependencies, { customers }: Wanted): Promise<readonly CheckoutFacts[]> =>
  (await Promise.all(customers.map((customer) => billing.openCheckouts(customer)))).flat();

const isSame = ({ metadata, url, customer }: CheckoutFacts, { terms, checkout }: Wanted): boolean =>
  metadata.gatefold_terms === terms && url !== undefined && customer === checkout.customer;

const expireAll = async ({ billing }: Dependencies, open: readonly CheckoutFacts[]): Promise<void> => {
  await Promise.all(open.map(({ id }) => billing.expireCheckout(id)));
};

const asOpened = (checkout: CheckoutFacts): CheckoutOpened => {
  if (checkout.url === undefined) throw new Error('Stripe opened a checkout without a page.');
  return { kind: 'open', checkout, url: checkout.url };
};

const maxAttempts = 4;

async function make(deps: Dependencies, wanted: Wanted, now: number): Promise<CheckoutOpened> {
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const idempotencyKey = keyOf(deps, wanted, now, attempt);
    const made = await deps.billing.openCheckout({ ...wanted.checkout, idempotencyKey });
    const open = await openOf(deps, wanted);
    const payable =
      open.some(({ id }) => id === made.id) || !(await isOpen(deps, made)) ? open : [made, ...open];
    // The newest stays, and every tab picks the same one.
    const [newest, ...others] = payable.toSorted(newestFirst);
    if (newest === undefined) continue;
    await expireAll(deps, others);
    return newest.id === made.id || isSame(newest, wanted) ? asOpened(newest) : { kind: 'overtaken' };
  }
  throw new Error('Each checkout opened for a reader was over before it could be handed out.');
}

/**
 * Equal for a double click, so that Stripe answers both with one session. Stripe repeats that answer for a day, also when
 * the session has ended since; the next attempt's key then gets a new one, the last attempt's in any case.
 */
const keyOf = ({ random }: Dependencies, { checkout }: Wanted, now: number, attempt: number): string =>
  attempt === maxAttempts - 1
    ? `gatefold-checkout-${random(16)}`
    : `gatefold-checkout-${shortHash(`${JSON.stringify(checkout)} ${Math.floor(now / keyMs)} ${attempt}`)}`;

const keyMs = 600_000;

const isOpen = async ({ billing }: Dependencies, { id }: CheckoutFacts): Promise<boolean> =>
  (await billing.checkout(id))?.status === 'open';

const newestFirst = (one: CheckoutFacts, other: CheckoutFacts): number =>
  other.createdAt - one.createdAt || (one.id > other.id ? -1 : 1);
