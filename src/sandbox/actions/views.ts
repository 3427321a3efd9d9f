/** What the hosted pages show of the books. */
import type {
  CardView,
  CheckoutView,
  InvoiceView,
  LineView,
  PortalView,
  SubscriptionView,
} from '../hosted.ts';
import type { Books } from '../ledger/books.ts';
import { periodEndOf } from '../ledger/next-due.ts';
import type * as Records from '../ledger/records.ts';
import { amountIn, checkoutAmounts } from '../life/amounts.ts';
import { brandOf, last4Of } from '../life/test-cards.ts';

export const checkoutView = (books: Books, checkout: Records.CheckoutRecord): CheckoutView => {
  const customer = books.customers.get(checkout.customer ?? '');
  const { total } = checkoutAmounts(books, checkout);
  const later = checkoutAmounts(books, { ...checkout, trialDays: null, trialEnd: null });
  const email = customer?.email ?? checkout.customerEmail;
  const savedCard = cardView(books, customer?.paymentMethod ?? null);
  const trialDays = trialDaysOf(books, checkout);
  return {
    id: checkout.id,
    status: checkout.status,
    mode: checkout.mode,
    lines: checkout.lines.flatMap((line) => lineView(books, line, checkout.currency)),
    currency: checkout.currency,
    amountDue: total,
    amountTotal: later.total,
    ...(trialDays === undefined ? {} : { trialDays }),
    promotionCodes: checkout.promotionCodes,
    ...(email === null ? {} : { email }),
    emailFixed: (customer?.email ?? null) !== null,
    ...(customer?.name ? { name: customer.name } : {}),
    ...(savedCard ? { savedCard } : {}),
    locale: localeOf(checkout.locale),
    expiresAt: checkout.expiresAt * 1_000,
    successUrl: checkout.successUrl.replaceAll('{CHECKOUT_SESSION_ID}', checkout.id),
    ...(checkout.cancelUrl === null ? {} : { cancelUrl: checkout.cancelUrl }),
  };
};

const trialDaysOf = (books: Books, { trialDays, trialEnd }: Records.CheckoutRecord): number | undefined => {
  if (trialDays !== null) return trialDays;
  return trialEnd === null ? undefined : Math.max(1, Math.round((trialEnd - books.now()) / 86_400));
};

const localeOf = (locale: string | null): string => (locale === null || locale === 'auto' ? 'en' : locale);

const lineView = (
  books: Books,
  { price: id, quantity }: { readonly price: string; readonly quantity: number },
  currency: string,
): readonly LineView[] => {
  const price = books.prices.get(id);
  const product = books.products.get(price?.product ?? '');
  if (!price) return [];
  return [
    {
      priceId: id,
      productName: product?.name ?? id,
      ...(product?.description ? { description: product.description } : {}),
      quantity,
      unitAmount: amountIn(price, currency),
      currency,
      ...(price.recurring
        ? { interval: price.recurring.interval, intervalCount: price.recurring.count }
        : {}),
    },
  ];
};

export const cardView = (books: Books, methodId: string | null): CardView | undefined => {
  const method = books.paymentMethods.get(methodId ?? '');
  if (method?.kind !== 'card') return undefined;
  return {
    brand: brandOf(method),
    last4: last4Of(method),
    expMonth: method.expMonth,
    expYear: method.expYear,
  };
};

export const portalView = (
  books: Books,
  portal: Records.PortalRecord,
  customer: Records.CustomerRecord,
): PortalView => {
  const index = { name: 'customer', value: customer.id };
  const subscriptions = [...books.subscriptions.walk({ index })].filter(
    ({ status }) => status !== 'canceled' && status !== 'incomplete_expired',
  );
  const invoices = [...books.invoices.walk({ index })].filter(({ status }) => status !== 'draft');
  const card = cardView(books, customer.paymentMethod ?? subscriptions[0]?.paymentMethod ?? null);
  return {
    id: portal.id,
    ...(portal.returnUrl === null ? {} : { returnUrl: portal.returnUrl }),
    customer: {
      id: customer.id,
      ...(customer.email === null ? {} : { email: customer.email }),
      ...(customer.name === null ? {} : { name: customer.name }),
    },
    ...(card ? { card } : {}),
    subscriptions: subscriptions.map((subscription) => subscriptionView(books, subscription)),
    invoices: invoices.slice(0, 24).map((invoice) => invoiceView(books, invoice)),
    ...(portal.flow ? { flow: flowView(portal.flow) } : {}),
    locale: localeOf(portal.locale),
  };
};

const flowKinds = {
  payment_method_update: 'payment-method',
  subscription_cancel: 'cancel',
  subscription_update: 'switch',
} as const;

const flowView = ({
  type,
  subscription,
  afterUrl,
}: NonNullable<Records.PortalRecord['flow']>): NonNullable<PortalView['flow']> => ({
  kind: flowKinds[type],
  ...(subscription === null ? {} : { subscriptionId: subscription }),
  ...(afterUrl === null ? {} : { afterUrl }),
});

const subscriptionView = (books: Books, subscription: Records.SubscriptionRecord): SubscriptionView => {
  const { cancelAt, currency, items, pause, status, trialEnd } = subscription;
  const own = new Set(items.map(({ price }) => price));
  const others = [...books.prices.walk()].filter(
    (price) => price.active && price.recurring && price.currency === currency && !own.has(price.id),
  );
  return {
    id: subscription.id,
    status,
    lines: items.flatMap((item) => lineView(books, item, currency)),
    periodEndsAt: periodEndOf(subscription) * 1_000,
    ...(trialEnd === null ? {} : { trialEndsAt: trialEnd * 1_000 }),
    ...(cancelAt === null ? {} : { cancelAt: cancelAt * 1_000 }),
    alternatives: others.flatMap(({ id }) => lineView(books, { price: id, quantity: 1 }, currency)),
    resumable: cancelAt !== null || status === 'paused' || pause !== null,
  };
};

export const invoiceView = (books: Books, invoice: Records.InvoiceRecord): InvoiceView => ({
  id: invoice.id,
  number: invoice.number ?? invoice.id,
  status: invoice.status,
  createdAt: invoice.created * 1_000,
  amount: invoice.amountDue,
  currency: invoice.currency,
  lines: [
    ...invoice.lines.map(({ description, amount }) => ({ description, amount })),
    ...(invoice.discount ? [{ description: 'Discount', amount: -invoice.discount.amount }] : []),
  ],
  ...(invoice.subscription === null ? {} : { subscriptionId: invoice.subscription }),
  ...(invoice.nextAttempt === null ? {} : { nextAttemptAt: invoice.nextAttempt * 1_000 }),
  payable:
    invoice.status === 'open' &&
    books.intents.get(invoice.payment?.paymentIntent ?? '')?.status !== 'processing',
});
