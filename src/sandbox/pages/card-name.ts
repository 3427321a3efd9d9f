/** How a card is spoken of: "Visa ending in 4242". */
import type { CardView } from '../hosted.ts';

export const cardName = ({ brand, last4 }: Pick<CardView, 'brand' | 'last4'>): string =>
  `${brandName(brand)} ending in ${last4}`;

/** @param brand as Stripe writes it. */
export const brandName = (brand: string): string =>
  brands.get(brand) ?? `${brand.charAt(0).toUpperCase()}${brand.slice(1)}`;

const brands: ReadonlyMap<string, string> = new Map([
  ['amex', 'American Express'],
  ['diners', 'Diners Club'],
  ['jcb', 'JCB'],
  ['unionpay', 'UnionPay'],
  ['unknown', 'Card'],
  ['', 'Card'],
]);
