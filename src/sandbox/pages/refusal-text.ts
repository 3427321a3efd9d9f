/** Why a payment was refused, told again on the page that the bank's question sends back to. */
import type { Refusal } from '../hosted.ts';

/** Only codes travel in the address: a text would let anybody write their own words onto the page. */
export const withRefusal = (url: string, { code, declineCode }: Refusal): string => {
  const [before = '', fragment] = url.split('#', 2);
  const refused = `refused=${encodeURIComponent(declineCode ?? code)}`;
  return `${before}${before.includes('?') ? '&' : '?'}${refused}${fragment === undefined ? '' : `#${fragment}`}`;
};

/** Undefined where the address says nothing of a refusal. */
export const refusedText = (query: URLSearchParams): string | undefined => {
  const code = query.get('refused');
  if (code === null) return undefined;
  return texts.get(code) ?? 'The card was declined. Take another one.';
};

const notConfirmed = 'The bank didn’t confirm the payment. Try again, or take another card.';

const texts: ReadonlyMap<string, string> = new Map([
  ['authentication_required', notConfirmed],
  ['payment_intent_authentication_failure', notConfirmed],
  ['setup_intent_authentication_failure', notConfirmed],
  ['insufficient_funds', 'The card was declined: there isn’t enough money. Take another one.'],
]);
