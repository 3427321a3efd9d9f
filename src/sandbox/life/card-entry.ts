/** A card or bank account as typed at a hosted page: checked, and kept as a payment method. */
import type { BankDebitEntry, CardEntry, Refusal } from '../hosted.ts';
import type { Books } from '../ledger/books.ts';
import type { PaymentMethodRecord } from '../ledger/records.ts';
import { type Decline, hasCheckDigit, testCard } from './test-cards.ts';

type Entered = { readonly method: PaymentMethodRecord } | { readonly refusal: Refusal };

interface Holder {
  readonly customer: string | null;
  readonly name: string | null;
  readonly email: string | null;
}

/** Not checked with the bank yet: that happens when money is taken, or by `refusalAtEntry`. */
export const enterPayment = (books: Books, entry: BankDebitEntry | CardEntry, holder: Holder): Entered =>
  entry.kind === 'card' ? enterCard(books, entry, holder) : enterDebit(books, entry, holder);

const enterCard = (books: Books, entry: CardEntry, holder: Holder): Entered => {
  const number = entry.number.replaceAll(/[\s-]/g, '');
  const refusal = cardRefusal(books, number, entry);
  if (refusal) return { refusal };
  const card = { number, expMonth: entry.expMonth, expYear: fullYear(entry.expYear) };
  return { method: keepMethod(books, { kind: 'card', ...card }, holder) };
};

const cardRefusal = (
  books: Books,
  number: string,
  { expMonth, expYear, cvc }: CardEntry,
): Refusal | undefined => {
  if (!/^\d{12,19}$/.test(number) || !hasCheckDigit(number))
    return { field: 'number', code: 'incorrect_number', message: 'This isn’t a card number.' };
  if (!testCard(number))
    return {
      field: 'number',
      code: 'card_declined',
      declineCode: 'test_mode_live_card',
      message: 'The sandbox takes test cards only, and this isn’t one of them. Try 4242 4242 4242 4242.',
    };
  const month = new Date(books.nowMs());
  const thisMonth = month.getUTCFullYear() * 12 + month.getUTCMonth();
  if (!Number.isInteger(expMonth) || expMonth < 1 || expMonth > 12)
    return { field: 'expiry', code: 'invalid_expiry_month', message: 'There is no such month.' };
  if (!Number.isInteger(expYear) || fullYear(expYear) * 12 + expMonth - 1 < thisMonth)
    return { field: 'expiry', code: 'invalid_expiry_year', message: 'This date is in the past.' };
  const cvcDigits = testCard(number)?.brand === 'amex' ? /^\d{3,4}$/ : /^\d{3}$/;
  if (!cvcDigits.test(cvc.trim()))
    return {
      field: 'cvc',
      code: 'invalid_cvc',
      message: 'The security code has three digits (four on American Express).',
    };
  return undefined;
};

const fullYear = (year: number): number => (year < 100 ? 2_000 + year : year);

const enterDebit = (books: Books, { iban }: BankDebitEntry, holder: Holder): Entered => {
  const number = iban.replaceAll(/\s/g, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(number))
    return { refusal: { field: 'iban', code: 'invalid_bank_account_iban', message: 'This isn’t an IBAN.' } };
  return { method: keepMethod(books, { kind: 'sepa_debit', number, expMonth: 0, expYear: 0 }, holder) };
};

export const keepMethod = (
  books: Books,
  facts: Pick<PaymentMethodRecord, 'expMonth' | 'expYear' | 'kind' | 'number'>,
  holder: Holder,
): PaymentMethodRecord => {
  const method: PaymentMethodRecord = {
    ...facts,
    ...holder,
    id: books.newId('pm'),
    created: books.now(),
    setUp: false,
  };
  books.paymentMethods.put(method);
  return method;
};

/** What the bank says to a card that is only kept, and not charged. */
export const refusalAtEntry = ({ number }: PaymentMethodRecord): Refusal | undefined => {
  const decline = testCard(number)?.refusedAtEntry;
  return decline && refusalOf(decline);
};

export const refusalOf = ({
  code,
  declineCode,
  message,
}: Omit<Decline, 'code'> & { readonly code: string }): Refusal => ({
  ...fieldOf(code),
  code,
  ...(declineCode === null ? {} : { declineCode }),
  message,
});

const fieldOf = (code: string): Pick<Refusal, 'field'> => {
  switch (code) {
    case 'expired_card':
      return { field: 'expiry' };
    case 'incorrect_cvc':
      return { field: 'cvc' };
    default:
      return {};
  }
};
