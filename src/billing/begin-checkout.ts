/** From a chosen plan to a page of Stripe's where it can be paid: one customer, one open checkout, nothing paid twice. */
import type { AccessTerms } from '../entitlements/derive.ts';
import type { Plan } from '../policy/policy.ts';
import type { ReaderId, VisitorId } from '../readers/reader.ts';
import type { ReaderStore } from '../readers/reader-store.ts';
import { type Billing, BillingFault, type NewCheckout } from './billing.ts';
import { browserMark, markMetadata, shortHash } from './checkout-mark.ts';
import type { CustomerRecord, CustomerStore } from './customer-store.ts';
import { openOneCheckout } from './open-one-checkout.ts';
import type { PayingReader } from './paying-reader.ts';
import { paymentUnderWay } from './payment-under-way.ts';
import type { RefreshCustomer } from './refresh-customer.ts';
import { hadSubscription, hasAlready, readsAlready } from './standing.ts';
import type { CheckoutId, CustomerId, CustomerState, PriceId } from './subscription.ts';

export interface CheckoutAsked {
  /** As the form gave it. */
  readonly plan: string;
  /** Local path. */
  readonly returnTo: string;
  /** Who is signed in. */
  readonly reader?: ReaderId;
  readonly visitor: VisitorId;
  readonly locale: string;
  /** Where this site is open in this browser, `https://host[:port]`: its cookies are there and nowhere else. */
  readonly origin: string;
}

export type CheckoutBegun =
  | { readonly kind: 'open'; readonly url: string }
  /** Paid for already, in this browser or by this account. `reader`: whose it is. */
  | { readonly kind: 'has-already'; readonly reader: ReaderId }
  /** Bought already, and the money is still on its way: the checkout that it was bought in. */
  | { readonly kind: 'under-way'; readonly checkout: CheckoutId }
  /** No such plan, or it isn't sold here. */
  | { readonly kind: 'not-sold' }
  /** Another tab chose another plan at this very moment. */
  | { readonly kind: 'overtaken' };

/**
 * Safe to repeat and to run at once, in any number of tabs and instances. Rejects with a `BillingFault` or the store's
 * error; then at most a customer without a subscription was made, and it is found again.
 */
export type BeginCheckout = (asked: CheckoutAsked, now: number) => Promise<CheckoutBegun>;

export interface BeginCheckoutDeps {
  readonly billing: Pick<
    Billing,
    'createCustomer' | 'openCheckout' | 'checkout' | 'openCheckouts' | 'unpaidCheckouts' | 'expireCheckout'
  >;
  readonly customers: Pick<CustomerStore, 'customersOf' | 'assign'>;
  readonly readers: Pick<ReaderStore, 'byId' | 'putUnproved'>;
  readonly payingReader: PayingReader;
  readonly refresh: RefreshCustomer;
  readonly policy: () => AccessTerms;
  /** Unguessable base64url text of so many bytes. */
  readonly random: (bytes: number) => string;
}

export const createBeginCheckout =
  (deps: BeginCheckoutDeps): BeginCheckout =>
  async (asked, now) => {
    const terms = deps.policy();
    const plan = terms.plans.find(({ id }) => id === asked.plan);
    if (!isSold(plan)) return { kind: 'not-sold' };
    const reader = asked.reader ?? (await deps.payingReader(asked.visitor));
    const mark = browserMark(asked.visitor);
    const bought = async ({ states, paidByOthers }: States): Promise<CheckoutBegun | undefined> => {
      const paid = states.filter(({ id }) => !paidByOthers.has(id));
      const given = states.filter(({ id }) => paidByOthers.has(id));
      if (hasAlready(paid, plan, terms, now) || readsAlready(given, plan, terms, now))
        return { kind: 'has-already', reader };
      const checkout = await paymentUnderWay(deps.billing, terms, { reader, browser: mark, states, plan });
      return checkout && { kind: 'under-way', checkout };
    };
    const before = await readStates(deps, reader);
    const boughtBefore = await bought(before);
    if (boughtBefore) return boughtBefore;
    const customer = before.buys ?? (await newCustomer(deps, reader, asked.locale, now));
    const checkout = checkoutOf(plan, customer, asked, hadSubscription(before.states));
    const hash = shortHash(JSON.stringify(checkout));
    const metadata = markMetadata({ reader, plan: plan.id, browser: mark, terms: hash });
    const customers = [...new Set([customer, ...before.own])];
    const opened = await openOneCheckout(
      deps,
      { checkout: { ...checkout, metadata }, terms: hash, customers },
      now,
    );
    if (opened.kind === 'overtaken') return opened;
    // Only now nothing else can be paid any more: what another tab finished meanwhile shows here, or never came about.
    const boughtMeanwhile = await bought(await readStates(deps, reader));
    if (boughtMeanwhile) await deps.billing.expireCheckout(opened.checkout.id);
    return boughtMeanwhile ?? { kind: 'open', url: opened.url };
  };

type SoldPlan = Plan & { readonly price: string };

const isSold = (plan: Plan | undefined): plan is SoldPlan => plan?.price !== undefined;

interface States {
  /** Of everything the reader owns or has paid for. */
  readonly states: readonly CustomerState[];
  /** Those of them that are the reader's by an address that somebody else has paid with, and left to that one. */
  readonly paidByOthers: ReadonlySet<CustomerId>;
  /** The reader's own customers that are still there. */
  readonly own: readonly CustomerId[];
  /** Of those the one to buy with, the same one for every tab. */
  readonly buys?: CustomerId;
}

async function readStates({ customers, refresh }: BeginCheckoutDeps, reader: ReaderId): Promise<States> {
  const records = [...(await customers.customersOf(reader))].sort(byId);
  const outcomes = await Promise.all(records.map(({ id }) => refresh(id)));
  const states = outcomes.flatMap((outcome) => ('state' in outcome ? [outcome.state] : []));
  const usable = new Set(states.filter(({ deleted }) => !deleted).map(({ id }) => id));
  const own = records.filter(({ id, owner }) => owner === reader && usable.has(id));
  // Whoever paid with the reader's address reads by that customer, and may take it back: nothing of the reader's goes there.
  const buys = own.find(({ payer }) => payer === undefined)?.id;
  const paidByOthers = new Set(
    records.flatMap(({ id, payer, managed }) =>
      payer === undefined || payer === reader || managed ? [] : [id],
    ),
  );
  return { states, paidByOthers, own: own.map(({ id }) => id), ...(buys === undefined ? {} : { buys }) };
}

const byId = (one: CustomerRecord, other: CustomerRecord): number => (one.id < other.id ? -1 : 1);

async function newCustomer(
  { billing, customers, readers }: BeginCheckoutDeps,
  reader: ReaderId,
  locale: string,
  now: number,
): Promise<CustomerId> {
  const email = (await readers.byId(reader))?.email;
  const id = await billing.createCustomer({ reader, locale, ...(email === undefined ? {} : { email }) });
  await readers.putUnproved({ id: reader, createdAt: now });
  const before = await customers.assign(id, { owner: reader });
  if (before.owner === undefined || before.owner === reader) return id;
  await customers.assign(id, { ...before, owner: before.owner });
  throw new BillingFault('nonsense', 'What Stripe gave as a new customer is another reader’s.');
}

const checkoutOf = (
  plan: SoldPlan,
  customer: CustomerId,
  { origin, returnTo, locale }: CheckoutAsked,
  triedBefore: boolean,
): Omit<NewCheckout, 'idempotencyKey' | 'metadata'> => {
  const back = encodeURIComponent(returnTo);
  // Stripe takes no longer addresses; whoever came from such a page finds the way home from the account.
  const query = back.length > maxReturn ? '' : `return=${back}`;
  return {
    customer,
    mode: plan.passDays === undefined ? 'subscription' : 'payment',
    price: plan.price as PriceId,
    successUrl: `${origin}/-/checkout/return?session_id={CHECKOUT_SESSION_ID}${query && `&${query}`}`,
    cancelUrl: `${origin}/-/subscribe${query && `?${query}`}`,
    locale,
    promotionCodes: plan.promotionCodes,
    ...(plan.trialDays === undefined || plan.passDays !== undefined || triedBefore
      ? {}
      : { trialDays: plan.trialDays }),
  };
};

const maxReturn = 4_000;
