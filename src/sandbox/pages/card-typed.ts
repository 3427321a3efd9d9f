/** What was typed of a card, read: a card to try, or what is wrong with which field. */
import type { CardEntry } from '../hosted.ts';
import { typed } from './page-answer.ts';

/** As it stood in the form, to be shown again. */
export interface CardTyped {
  /** A test card's number, or `typed`. */
  readonly picked: string;
  readonly number: string;
  readonly expiry: string;
  readonly cvc: string;
}

export type CardField = 'number' | 'expiry' | 'cvc';

export type CardReading =
  | { readonly kind: 'card'; readonly card: CardEntry }
  | { readonly kind: 'faulty'; readonly faults: Readonly<Partial<Record<CardField, string>>> };

export const cardTyped = (form: URLSearchParams): CardTyped => ({
  picked: typed(form, 'card') || 'typed',
  number: typed(form, 'number'),
  expiry: typed(form, 'expiry'),
  cvc: typed(form, 'cvc'),
});

/** Only what can't be sent to a bank at all is a fault here; the bank judges the rest. */
export const readCard = ({ picked, number, expiry, cvc }: CardTyped): CardReading => {
  const used = picked === 'typed' ? number : picked;
  const date = readExpiry(expiry);
  const faults: Partial<Record<CardField, string>> = {};
  if (used === '') faults.number = 'Type a card number, or pick a test card.';
  if (expiry === '') faults.expiry = 'Type the month and year, such as 12 / 34.';
  else if (!date) faults.expiry = 'Write the month and year as 12 / 34.';
  if (cvc === '') faults.cvc = 'Type the security code: any three digits will do.';
  if (!date || Object.keys(faults).length > 0) return { kind: 'faulty', faults };
  return { kind: 'card', card: { kind: 'card', number: used, ...date, cvc } };
};

const readExpiry = (text: string): { expMonth: number; expYear: number } | undefined => {
  const [, month, year] =
    /^(\d{1,2})(?:\s*[/.-]\s*|\s+)(\d{2}|\d{4})$/.exec(text) ?? /^(\d{2})(\d{2})$/.exec(text) ?? [];
  const expMonth = Number(month);
  if (year === undefined || expMonth < 1 || expMonth > 12) return undefined;
  return { expMonth, expYear: Number(year) };
};
