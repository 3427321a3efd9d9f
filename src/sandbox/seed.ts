/** Many subscriptions at once, as if they had been there for a while: for benchmarks. No events are made for them. */
import type { Books } from './ledger/books.ts';
import type { PriceRecord } from './ledger/records.ts';
import { keepMethod } from './life/card-entry.ts';
import { periodEndAfter } from './life/periods.ts';

/** Each with a customer, a card and a paid invoice. `priceId` empty: the first recurring price. Answers how many were made. */
export const seedSubscriptions = (books: Books, count: number, priceId: string): number => {
  const price = priceId === '' ? firstRecurring(books) : books.prices.get(priceId);
  if (!price?.recurring)
    throw new Error('There is no recurring price to be subscribed to: offer a plan first.');
  for (let made = 0; made < count; made++) {
    seedOne(books, price, price.recurring, made);
    // What waits to be written takes room too.
    if (made % perStep === perStep - 1) books.commit();
  }
  return Math.max(0, count);
};

const perStep = 1_000;

const firstRecurring = (books: Books): PriceRecord | undefined => {
  for (const price of books.prices.walk({ ahead: '' })) if (price.recurring) return price;
  return undefined;
};

const seedOne = (
  books: Books,
  price: PriceRecord,
  recurring: NonNullable<PriceRecord['recurring']>,
  number: number,
): void => {
  const now = books.now();
  // Spread over ten days, so that not all renew at once.
  const start = now - 1 - (number % (10 * 86_400));
  const customer = books.newId('cus');
  const reader = `r_${books.newId('seed').slice(5)}`;
  const email = `reader-${number}@example.test`;
  const method = keepMethod(
    books,
    {
      kind: 'card',
      number: '4242424242424242',
      expMonth: 12,
      expYear: new Date(now * 1_000).getUTCFullYear() + 8,
    },
    { customer, name: null, email },
  ).id;
  const [subscription, invoice, intent, charge] = ['sub', 'in', 'pi', 'ch'].map(books.newId) as [
    string,
    string,
    string,
    string,
  ];
  const [item, amount, currency] = [books.newId('si'), price.unitAmount ?? 0, price.currency];
  books.customers.put({
    id: customer,
    created: start,
    deleted: false,
    email,
    name: null,
    description: null,
    phone: null,
    locales: none,
    metadata: { gatefold_reader: reader },
    paymentMethod: method,
    balance: 0,
    currency,
    delinquent: false,
    invoices: 2,
    features: none,
  });
  books.subscriptions.put({
    id: subscription,
    created: start,
    customer,
    status: 'active',
    currency,
    items: [
      {
        id: item,
        created: start,
        price: price.id,
        quantity: 1,
        periodStart: start,
        periodEnd: periodEndAfter(start, recurring, start),
        metadata: noMetadata,
      },
    ],
    anchor: start,
    cancelAt: null,
    cancelAtPeriodEnd: false,
    canceledAt: null,
    endedAt: null,
    cancellationReason: null,
    cancellationComment: null,
    expiresAt: null,
    trialStart: null,
    trialEnd: null,
    trialAnnounced: false,
    withoutPaymentMethod: 'create_invoice',
    pause: null,
    latestInvoice: invoice,
    paymentMethod: method,
    description: null,
    discounts: none,
    pendingLines: [],
    metadata: { gatefold_reader: reader },
  });
  books.intents.put({
    id: intent,
    created: start,
    customer,
    amount,
    currency,
    status: 'succeeded',
    paymentMethod: method,
    latestCharge: charge,
    failure: null,
    invoice,
    checkout: null,
    description: null,
    settlesAt: null,
    metadata: noMetadata,
  });
  books.charges.put({
    id: charge,
    created: start,
    customer,
    amount,
    currency,
    status: 'succeeded',
    intent,
    paymentMethod: method,
    failure: null,
    amountRefunded: 0,
    dispute: null,
    description: null,
    metadata: noMetadata,
  });
  books.invoices.put({
    id: invoice,
    created: start,
    customer,
    subscription,
    status: 'paid',
    reason: 'subscription_create',
    currency,
    lines: [
      {
        id: books.newId('il'),
        description: price.nickname ?? price.id,
        amount,
        price: price.id,
        quantity: 1,
        item,
        start,
        end: periodEndAfter(start, recurring, start),
        proration: false,
      },
    ],
    customerEmail: email,
    customerName: null,
    discount: null,
    total: amount,
    startingBalance: 0,
    amountDue: amount,
    amountPaid: amount,
    number: null,
    attempts: 1,
    nextAttempt: null,
    finalizesAt: null,
    autoAdvance: true,
    finalizedAt: start,
    paidAt: start,
    voidedAt: null,
    uncollectibleAt: null,
    periodStart: start,
    periodEnd: start,
    payment: { id: books.newId('inpay'), paymentIntent: intent, created: start },
    metadata: noMetadata,
  });
};

// One of each for all: a hundred thousand empty lists take room.
const none: readonly string[] = [];
const noMetadata = {};
