/** An amount as Stripe counts it, written the way the reader's locale writes money. */

/** Stripe counts these in whole units… */
const withoutMinorUnit = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '));
/** …and these in thousandths; all others in hundredths, also where nobody uses the hundredth any more (ISK, UGX). */
const inThousandths = new Set('bhd jod kwd omr tnd'.split(' '));

/** @param currency ISO 4217, in any case; what Intl doesn't know is written as the bare number and the code. */
export const moneyText = (amount: number, currency: string, locale: string): string => {
  const code = currency.toLowerCase();
  const value = amount / (withoutMinorUnit.has(code) ? 1 : inThousandths.has(code) ? 1000 : 100);
  if (!/^[a-z]{3}$/.test(code)) return `${value} ${currency}`.trim();
  return new Intl.NumberFormat(locale, { style: 'currency', currency: code }).format(value);
};
