/** One attempt to take money: what the card or the bank says, and the payment intent and charge that come of it. */
import type { Books } from '../ledger/books.ts';
import type * as Records from '../ledger/records.ts';
import { showCharge, showIntent } from '../shapes/money.ts';
import { announce } from './announce.ts';
import { openDispute } from './dispute.ts';
import { type Decline, testCard } from './test-cards.ts';

export type PaymentResult =
  | { readonly kind: 'processing' | 'succeeded' }
  /** The bank wants to ask the cardholder first. */
  | { readonly kind: 'asks' }
  | { readonly kind: 'failed'; readonly failure: Records.FailureRecord };

type NewIntent = Pick<
  Records.IntentRecord,
  'amount' | 'checkout' | 'currency' | 'customer' | 'description' | 'invoice' | 'metadata'
>;

export const createIntent = (books: Books, given: NewIntent): Records.IntentRecord => {
  const intent: Records.IntentRecord = {
    ...given,
    id: books.newId('pi'),
    created: books.now(),
    status: 'requires_payment_method',
    paymentMethod: null,
    latestCharge: null,
    failure: null,
    settlesAt: null,
  };
  books.intents.put(intent);
  announce(books, 'payment_intent.created', showIntent(books, intent));
  return intent;
};

/** A bank debit takes this long. */
const debitSeconds = 3 * 86_400;

/** `answered`: the bank has asked, and the cardholder said yes. */
export const takePayment = (
  books: Books,
  intentId: string,
  method: Records.PaymentMethodRecord,
  { answered }: { readonly answered: boolean },
): PaymentResult => {
  const intent = books.intents.get(intentId);
  if (!intent) throw new Error(`Payment intent ${intentId} is missing in the sandbox.`);
  if (method.kind === 'sepa_debit') return beginDebit(books, intent, method);
  const said = bankSays(method, answered);
  if (said === 'asks') {
    const waiting = { ...intent, status: 'requires_action' as const, paymentMethod: method.id };
    books.intents.put(waiting);
    announce(books, 'payment_intent.requires_action', showIntent(books, waiting));
    return { kind: 'asks' };
  }
  if (said !== 'yes') return failPayment(books, intent, { ...said, paymentMethod: method.id });
  const card = testCard(method.number);
  if (card?.asks === 'setup') books.paymentMethods.put({ ...method, setUp: true });
  succeed(books, { ...intent, paymentMethod: method.id });
  if (card?.disputed) openDispute(books, intent.id, card.disputed);
  return { kind: 'succeeded' };
};

/** What would become of an attempt with this card or account. */
export const bankSays = (
  { kind, number, setUp }: Records.PaymentMethodRecord,
  answered: boolean,
): 'asks' | 'yes' | Decline => {
  if (kind === 'sepa_debit') return 'yes';
  const card = testCard(number);
  const asks = card?.asks === 'always' || (card?.asks === 'setup' && !setUp);
  if (asks && !answered) return 'asks';
  return card?.refusedAtEntry ?? card?.declines ?? 'yes';
};

const beginDebit = (
  books: Books,
  intent: Records.IntentRecord,
  method: Records.PaymentMethodRecord,
): PaymentResult => {
  const charge = createCharge(books, { ...intent, paymentMethod: method.id }, 'pending', null);
  const processing: Records.IntentRecord = {
    ...intent,
    status: 'processing',
    paymentMethod: method.id,
    latestCharge: charge.id,
    failure: null,
    settlesAt: books.now() + debitSeconds,
  };
  books.intents.put(processing);
  announce(books, 'charge.pending', showCharge(books, charge));
  announce(books, 'payment_intent.processing', showIntent(books, processing));
  return { kind: 'processing' };
};

/** The bank answers a debit. True: the money came. */
export const settleDebit = (books: Books, intent: Records.IntentRecord): boolean => {
  const method = books.paymentMethods.get(intent.paymentMethod ?? '');
  const charge = books.charges.get(intent.latestCharge ?? '');
  const passes = method !== undefined && !method.number.endsWith('3202');
  if (passes) {
    succeed(books, intent, charge);
    return true;
  }
  const failure: Records.FailureRecord = {
    code: 'debit_not_authorized',
    declineCode: null,
    message: 'The bank did not allow this debit.',
    paymentMethod: intent.paymentMethod ?? '',
  };
  failPayment(books, intent, failure, charge);
  return false;
};

const succeed = (books: Books, intent: Records.IntentRecord, pending?: Records.ChargeRecord): void => {
  const charge: Records.ChargeRecord = pending
    ? { ...pending, status: 'succeeded' }
    : createCharge(books, intent, 'succeeded', null);
  books.charges.put(charge);
  const paid: Records.IntentRecord = {
    ...intent,
    status: 'succeeded',
    latestCharge: charge.id,
    failure: null,
    settlesAt: null,
  };
  books.intents.put(paid);
  announce(books, 'charge.succeeded', showCharge(books, charge));
  announce(books, 'payment_intent.succeeded', showIntent(books, paid));
};

export const failPayment = (
  books: Books,
  intent: Records.IntentRecord,
  failure: Records.FailureRecord,
  pending?: Records.ChargeRecord,
): PaymentResult => {
  const charge: Records.ChargeRecord = pending
    ? { ...pending, status: 'failed', failure }
    : createCharge(books, { ...intent, paymentMethod: failure.paymentMethod }, 'failed', failure);
  books.charges.put(charge);
  const failed: Records.IntentRecord = {
    ...intent,
    status: 'requires_payment_method',
    paymentMethod: null,
    latestCharge: charge.id,
    failure,
    settlesAt: null,
  };
  books.intents.put(failed);
  announce(books, 'charge.failed', showCharge(books, charge));
  announce(books, 'payment_intent.payment_failed', showIntent(books, failed));
  return { kind: 'failed', failure };
};

const createCharge = (
  books: Books,
  intent: Records.IntentRecord,
  status: Records.ChargeRecord['status'],
  failure: Records.FailureRecord | null,
): Records.ChargeRecord => {
  const charge: Records.ChargeRecord = {
    id: books.newId(intent.settlesAt === null ? 'ch' : 'py'),
    created: books.now(),
    customer: intent.customer,
    amount: intent.amount,
    currency: intent.currency,
    status,
    intent: intent.id,
    paymentMethod: intent.paymentMethod ?? '',
    failure,
    amountRefunded: 0,
    dispute: null,
    description: intent.description,
    metadata: intent.metadata,
  };
  books.charges.put(charge);
  return charge;
};

export const cancelIntent = (books: Books, id: string | null): void => {
  const intent = id === null ? undefined : books.intents.get(id);
  if (!intent || intent.status === 'succeeded' || intent.status === 'canceled') return;
  const canceled: Records.IntentRecord = { ...intent, status: 'canceled', settlesAt: null };
  books.intents.put(canceled);
  announce(books, 'payment_intent.canceled', showIntent(books, canceled));
};
