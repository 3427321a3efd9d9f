/** How many decimals Stripe's smallest unit of a currency has, which is not always what the currency has. */

/** Yen are counted in yen. The ariary is here though ISO gives it fifths. */
const whole = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '));
const thousandths = new Set('bhd jod kwd omr tnd'.split(' '));

/**
 * The króna and the Ugandan shilling have no cents, and Stripe counts them in cents all the same; so it does the forint
 * and the Taiwan dollar, which are whole in payouts only.
 *
 * @param currency ISO 4217, in any case.
 */
export const minorDigits = (currency: string): 0 | 2 | 3 => {
  const code = currency.toLowerCase();
  if (whole.has(code)) return 0;
  return thousandths.has(code) ? 3 : 2;
};
