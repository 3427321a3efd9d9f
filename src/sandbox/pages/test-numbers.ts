/** The numbers that mean something to the sandbox, and what each of them does, in words. */
import { type TestCard, testCards } from '../life/test-cards.ts';
import { brandName } from './card-name.ts';

export interface TestNumber {
  readonly number: string;
  readonly effect: string;
  /** Shown at once; the others can be unfolded. */
  readonly common: boolean;
}

/** What most trials begin with: it works, it's declined, the bank asks, it fails later. */
const commonCards = new Set(['4242424242424242', '4000000000000002', '4000002760003184', '4000000000000341']);

// Above its use: the list below is made as the file is read.
const refusals: ReadonlyMap<string, string> = new Map([
  ['generic_decline', 'Declined.'],
  ['insufficient_funds', 'Declined: not enough money.'],
  ['lost_card', 'Declined: reported lost.'],
  ['stolen_card', 'Declined: reported stolen.'],
  ['expired_card', 'Declined: expired.'],
  ['incorrect_cvc', 'Declined: wrong security code.'],
  ['processing_error', 'Declined: the bank couldn’t process it.'],
]);

export const cardNumbers: readonly TestNumber[] = [
  ...testCards.map((card) => ({
    number: card.number,
    effect: effectOf(card),
    common: commonCards.has(card.number),
  })),
  { number: '4242424242424241', effect: 'Refused: its last digit is wrong.', common: false },
];

export const accountNumbers: readonly TestNumber[] = [
  { number: 'DE89370400440532013000', effect: 'Is paid after three days.', common: true },
  { number: 'AT861904300235473202', effect: 'Fails after three days.', common: true },
];

/** In groups of four, as cards and statements have it; American Express has its own. */
export const grouped = (number: string): string =>
  /^3[47]\d{13}$/.test(number)
    ? `${number.slice(0, 4)} ${number.slice(4, 10)} ${number.slice(10)}`
    : number.replace(/(.{4})(?=.)/g, '$1 ');

function effectOf({ brand, refusedAtEntry, declines, asks, disputed }: TestCard): string {
  if (refusedAtEntry) {
    const reason = refusedAtEntry.declineCode ?? refusedAtEntry.code;
    return refusals.get(reason) ?? `Declined: ${reason}.`;
  }
  if (declines && asks) return 'The bank asks first (3-D Secure), and the charge fails all the same.';
  if (declines) return 'Is saved without complaint; every charge fails.';
  if (asks === 'always') return 'The bank asks at every payment (3-D Secure).';
  if (asks === 'setup') return 'The bank asks once (3-D Secure), then never again.';
  if (disputed) return `Works, and is disputed at once: ${disputed.replaceAll('_', ' ')}.`;
  return `${brandName(brand)}. Works.`;
}
