/** Stripe's published test cards, and what each of them does when it is tried. */
import type { PaymentMethodRecord } from '../ledger/records.ts';

export interface TestCard {
  readonly number: string;
  readonly brand: 'amex' | 'discover' | 'mastercard' | 'visa';
  /** Stripe's token for it: `pm_card_visa`. */
  readonly token?: string;
  /** Refused whenever it is typed, even where nothing is charged. */
  readonly refusedAtEntry?: Decline;
  /** Refused when money is taken. */
  readonly declines?: Decline;
  /** `setup`: the bank asks once and then lets later payments pass; `always`: it asks for every payment, later ones as well. */
  readonly asks?: 'setup' | 'always';
  /** The payment passes, and the cardholder says at once that it wasn't theirs. */
  readonly disputed?: 'fraudulent' | 'product_not_received';
}

export interface Decline {
  readonly code: 'card_declined' | 'expired_card' | 'incorrect_cvc' | 'incorrect_number' | 'processing_error';
  readonly declineCode: string | null;
  readonly message: string;
}

const plainDecline = (declineCode: string, message: string): Decline => ({
  code: 'card_declined',
  declineCode,
  message,
});

const genericDecline = plainDecline('generic_decline', 'The bank declined this card. Try another one.');

export const testCards: readonly TestCard[] = [
  { number: '4242424242424242', brand: 'visa', token: 'pm_card_visa' },
  { number: '4000056655665556', brand: 'visa', token: 'pm_card_visa_debit' },
  { number: '5555555555554444', brand: 'mastercard', token: 'pm_card_mastercard' },
  { number: '378282246310005', brand: 'amex', token: 'pm_card_amex' },
  { number: '6011111111111117', brand: 'discover', token: 'pm_card_discover' },
  {
    number: '4000000000000002',
    brand: 'visa',
    token: 'pm_card_chargeDeclined',
    refusedAtEntry: genericDecline,
  },
  {
    number: '4000000000009995',
    brand: 'visa',
    token: 'pm_card_chargeDeclinedInsufficientFunds',
    refusedAtEntry: plainDecline('insufficient_funds', 'There isn’t enough money behind this card.'),
  },
  {
    number: '4000000000009987',
    brand: 'visa',
    refusedAtEntry: plainDecline('lost_card', genericDecline.message),
  },
  {
    number: '4000000000009979',
    brand: 'visa',
    refusedAtEntry: plainDecline('stolen_card', genericDecline.message),
  },
  {
    number: '4000000000000069',
    brand: 'visa',
    token: 'pm_card_chargeDeclinedExpiredCard',
    refusedAtEntry: { code: 'expired_card', declineCode: null, message: 'This card has expired.' },
  },
  {
    number: '4000000000000127',
    brand: 'visa',
    token: 'pm_card_chargeDeclinedIncorrectCvc',
    refusedAtEntry: { code: 'incorrect_cvc', declineCode: null, message: 'The security code is wrong.' },
  },
  {
    number: '4000000000000119',
    brand: 'visa',
    token: 'pm_card_chargeDeclinedProcessingError',
    refusedAtEntry: {
      code: 'processing_error',
      declineCode: null,
      message: 'Something went wrong with this card. Try again in a little while.',
    },
  },
  {
    number: '4000000000000341',
    brand: 'visa',
    token: 'pm_card_chargeCustomerFail',
    declines: genericDecline,
  },
  { number: '4000002500003155', brand: 'visa', asks: 'setup' },
  { number: '4000000000003220', brand: 'visa', token: 'pm_card_threeDSecure2Required', asks: 'setup' },
  { number: '4000002760003184', brand: 'visa', token: 'pm_card_authenticationRequired', asks: 'always' },
  { number: '4000008400001629', brand: 'visa', asks: 'setup', declines: genericDecline },
  {
    number: '4000000000000259',
    brand: 'visa',
    token: 'pm_card_createDispute',
    disputed: 'fraudulent',
  },
  {
    number: '4000000000002685',
    brand: 'visa',
    token: 'pm_card_createDisputeProductNotReceived',
    disputed: 'product_not_received',
  },
];

const byNumber = new Map(testCards.map((card) => [card.number, card]));
const byToken = new Map(
  testCards.flatMap((card) => (card.token === undefined ? [] : [[card.token, card] as const])),
);

export const testCard = (number: string): TestCard | undefined => byNumber.get(number);
export const testCardByToken = (token: string): TestCard | undefined => byToken.get(token);

export const last4Of = ({ number }: Pick<PaymentMethodRecord, 'number'>): string => number.slice(-4);
export const brandOf = ({ number }: Pick<PaymentMethodRecord, 'number'>): string =>
  testCard(number)?.brand ?? 'unknown';

/** The checksum that every card number has in its last digit. */
export const hasCheckDigit = (number: string): boolean => {
  const sum = [...number].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return number.length >= 12 && sum % 10 === 0;
};
