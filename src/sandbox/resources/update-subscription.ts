/** `POST /v1/subscriptions/:id`: cancelled later or not any more, switched to another price, collection paused. */
import {
  applyMetadata,
  either,
  emptiable,
  type Fields,
  flag,
  integer,
  list,
  metadata,
  oneOf,
  type Reader,
  required,
  shape,
  text,
  type Values,
} from '../api/parameters.ts';
import { invalid, missing } from '../api/refusal.ts';
import { route } from '../api/route.ts';
import type { Books } from '../ledger/books.ts';
import { periodEndOf } from '../ledger/next-due.ts';
import type { ItemRecord, SubscriptionRecord } from '../ledger/records.ts';
import { endTrial } from '../life/renew.ts';
import { changeSubscription, nextPeriod } from '../life/subscription.ts';
import { switchItems } from '../life/switch-price.ts';
import { showSubscription } from '../shapes/subscription.ts';
import { priceOf } from './prices.ts';
import { subscriptionOf } from './subscription-of.ts';

const moment: Reader<number | 'max_period_end' | 'min_period_end' | 'now'> = (raw, name) =>
  raw === 'now' || raw === 'max_period_end' || raw === 'min_period_end'
    ? raw
    : integer({ min: 1 })(raw, name);

const fields = {
  cancel_at_period_end: flag,
  cancel_at: emptiable(moment),
  cancellation_details: shape({ comment: text, feedback: text }),
  items: list(shape({ id: text, price: text, quantity: integer({ min: 1 }), deleted: flag, metadata })),
  proration_behavior: oneOf('always_invoice', 'create_prorations', 'none'),
  payment_behavior: oneOf('allow_incomplete', 'default_incomplete', 'error_if_incomplete'),
  pause_collection: emptiable(
    either<
      never,
      {
        readonly behavior: NonNullable<SubscriptionRecord['pause']>['behavior'];
        readonly resumes_at: number | undefined;
      }
    >(
      (_, name) => {
        throw invalid(`Invalid object: ${name}`, name);
      },
      shape({
        behavior: required(oneOf('keep_as_draft', 'mark_uncollectible', 'void')),
        resumes_at: integer({ min: 1 }),
      }),
    ),
  ),
  default_payment_method: text,
  trial_end: moment,
  description: emptiable(text),
  off_session: flag,
  metadata,
} as const satisfies Fields;

type Given = Values<typeof fields>;

export const updateRoute = route('POST', '/v1/subscriptions/:id', fields, ({ books, id, given }) => {
  const before = subscriptionOf(books, id);
  if (before.status === 'canceled' || before.status === 'incomplete_expired')
    throw invalid('A subscription that has ended can only have its metadata changed.', 'id');
  const items = given.items && itemsAfter(books, before, given.items);
  const cancel = cancelChange(books, before, given);
  if (given.default_payment_method !== undefined && !books.paymentMethods.get(given.default_payment_method))
    throw missing('PaymentMethod', given.default_payment_method, 'default_payment_method');
  const changed = changeSubscription(books, id, {
    ...cancel,
    ...(given.pause_collection === undefined
      ? {}
      : {
          pause: given.pause_collection && {
            behavior: given.pause_collection.behavior,
            resumesAt: given.pause_collection.resumes_at ?? null,
          },
        }),
    ...(given.default_payment_method === undefined ? {} : { paymentMethod: given.default_payment_method }),
    ...(given.description === undefined ? {} : { description: given.description }),
    metadata: applyMetadata(before.metadata, given.metadata),
  });
  if (items) switchItems(books, changed, items, given.proration_behavior ?? 'create_prorations');
  if (given.trial_end !== undefined) moveTrialEnd(books, id, given.trial_end);
  return showSubscription(books, subscriptionOf(books, id));
});

const cancelChange = (
  books: Books,
  before: SubscriptionRecord,
  given: Given,
): Partial<
  Pick<
    SubscriptionRecord,
    'cancelAt' | 'cancelAtPeriodEnd' | 'canceledAt' | 'cancellationComment' | 'cancellationReason'
  >
> => {
  const { cancel_at: at, cancel_at_period_end: atPeriodEnd } = given;
  if (at !== undefined && at !== null && atPeriodEnd)
    throw invalid('Give cancel_at or cancel_at_period_end, not both.', 'cancel_at');
  if (at === undefined && atPeriodEnd === undefined) return {};
  const cancelAt =
    at === undefined ? (atPeriodEnd ? periodEndOf(before) : null) : endMoment(books, before, at);
  return {
    cancelAt,
    cancelAtPeriodEnd: atPeriodEnd ?? false,
    canceledAt: cancelAt === null ? null : books.now(),
    cancellationReason: cancelAt === null ? null : 'cancellation_requested',
    cancellationComment: given.cancellation_details?.comment ?? null,
  };
};

const endMoment = (
  books: Books,
  before: SubscriptionRecord,
  at: number | 'max_period_end' | 'min_period_end' | 'now' | null,
): number | null => {
  if (at === null) return null;
  if (at === 'max_period_end') return periodEndOf(before);
  if (at === 'min_period_end') return Math.min(...before.items.map(({ periodEnd }) => periodEnd));
  if (at === 'now' || at <= books.now()) throw invalid('cancel_at must be in the future.', 'cancel_at');
  return at;
};

const itemsAfter = (
  books: Books,
  { items }: SubscriptionRecord,
  asked: NonNullable<Given['items']>,
): readonly ItemRecord[] => {
  const after = new Map(items.map((item) => [item.id, item]));
  for (const [at, one] of asked.entries()) {
    const before = one.id === undefined ? undefined : after.get(one.id);
    if (one.id !== undefined && !before) throw missing('subscription_item', one.id, `items[${at}][id]`);
    if (one.deleted && before) {
      after.delete(before.id);
      continue;
    }
    const price = one.price ?? before?.price;
    if (price === undefined)
      throw invalid('An item needs a price.', `items[${at}][price]`, 'parameter_missing');
    if (!priceOf(books, price, `items[${at}][price]`).recurring)
      throw invalid(
        `The price ${price} is paid once, and a subscription’s must recur.`,
        `items[${at}][price]`,
      );
    const id = before?.id ?? books.newId('si');
    const like = before ?? items[0];
    after.set(id, {
      id,
      created: before?.created ?? books.now(),
      price,
      quantity: one.quantity ?? before?.quantity ?? 1,
      periodStart: like?.periodStart ?? books.now(),
      periodEnd: like?.periodEnd ?? books.now(),
      metadata: applyMetadata(before?.metadata ?? {}, one.metadata),
    });
  }
  if (after.size === 0) throw invalid('A subscription keeps at least one item.', 'items');
  return [...after.values()];
};

const moveTrialEnd = (books: Books, id: string, end: NonNullable<Given['trial_end']>): void => {
  const subscription = subscriptionOf(books, id);
  if (end === 'now') {
    if (subscription.status === 'trialing')
      endTrial(books, { ...subscription, trialEnd: books.now() }, books.now());
    return;
  }
  if (typeof end !== 'number' || end <= books.now())
    throw invalid('trial_end must be in the future.', 'trial_end');
  const items = nextPeriod(books, subscription, books.now()).map((item) => ({ ...item, periodEnd: end }));
  changeSubscription(books, id, {
    status: 'trialing',
    trialStart: subscription.trialStart ?? books.now(),
    trialEnd: end,
    trialAnnounced: false,
    anchor: end,
    items,
  });
};
