/** Products and prices made and changed, and told about. */
import type { Books } from '../ledger/books.ts';
import type { PriceRecord, ProductRecord } from '../ledger/records.ts';
import { showPrice, showProduct } from '../shapes/catalogue.ts';
import { announce } from './announce.ts';
import { changedFields } from './changed-fields.ts';

type NewProduct = Pick<ProductRecord, 'active' | 'description' | 'metadata' | 'name'> & {
  readonly id?: string;
};

export const makeProduct = (books: Books, given: NewProduct): ProductRecord => {
  const now = books.now();
  const product: ProductRecord = {
    id: books.newId('prod'),
    ...given,
    created: now,
    updated: now,
    defaultPrice: null,
    features: [],
  };
  books.products.put(product);
  announce(books, 'product.created', showProduct(product));
  return product;
};

export const changeProduct = (
  books: Books,
  before: ProductRecord,
  change: Partial<ProductRecord>,
): ProductRecord => {
  const after = { ...before, ...change, updated: books.now() };
  books.products.put(after);
  const previous = changedFields(showProduct(before), showProduct(after));
  if (previous) announce(books, 'product.updated', showProduct(after), previous);
  return after;
};

/** `id`: of one's own choice, which Stripe doesn't allow; the policy's plans name theirs. */
export const makePrice = (
  books: Books,
  given: Omit<PriceRecord, 'created' | 'id'> & { readonly id?: string },
): PriceRecord => {
  const price: PriceRecord = { id: books.newId('price'), ...given, created: books.now() };
  books.prices.put(price);
  announce(books, 'price.created', showPrice(price));
  return price;
};

export const changePrice = (books: Books, before: PriceRecord, change: Partial<PriceRecord>): PriceRecord => {
  const after = { ...before, ...change };
  books.prices.put(after);
  const previous = changedFields(showPrice(before), showPrice(after));
  if (previous) announce(books, 'price.updated', showPrice(after), previous);
  return after;
};
