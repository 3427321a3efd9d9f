/** `/v1/prices`. */
import { answerPage, createdField, pageFields } from '../api/pages-of-list.ts';
import {
  applyMetadata,
  decimal,
  emptiable,
  type Fields,
  flag,
  integer,
  list,
  metadata,
  oneOf,
  record,
  required,
  shape,
  text,
} from '../api/parameters.ts';
import { invalid, missing } from '../api/refusal.ts';
import { type Route, route } from '../api/route.ts';
import type { Books } from '../ledger/books.ts';
import type { PriceRecord } from '../ledger/records.ts';
import { announce } from '../life/announce.ts';
import { changePrice, makePrice, makeProduct } from '../life/catalogue.ts';
import { showPrice } from '../shapes/catalogue.ts';

import { productOf } from './products.ts';

const amountFields = {
  unit_amount: integer({ min: 0 }),
  unit_amount_decimal: decimal,
} as const;
const recurring = shape({
  interval: required(oneOf('day', 'week', 'month', 'year')),
  interval_count: integer({ min: 1, max: 365 }),
  trial_period_days: integer({ min: 1, max: 730 }),
  usage_type: oneOf('licensed'),
});
const newPrice = {
  ...amountFields,
  currency: required(text),
  active: flag,
  product: text,
  product_data: shape({ name: required(text), metadata }),
  recurring,
  lookup_key: text,
  transfer_lookup_key: flag,
  nickname: text,
  metadata,
  billing_scheme: oneOf('per_unit'),
  tax_behavior: oneOf('unspecified', 'inclusive', 'exclusive'),
  currency_options: record(shape({ unit_amount: integer({ min: 0 }) })),
} as const satisfies Fields;

export const priceRoutes: readonly Route[] = [
  route('POST', '/v1/prices', newPrice, ({ books, given }) => {
    const amount = amountOf(given);
    const currency = currencyOf(given.currency);
    const product =
      given.product_data === undefined
        ? productOf(books, given.product ?? '', 'product')
        : makeProduct(books, {
            name: given.product_data.name,
            description: null,
            active: true,
            metadata: applyMetadata({}, given.product_data.metadata),
          });
    takeLookupKey(books, given.lookup_key, given.transfer_lookup_key ?? false);
    return showPrice(
      makePrice(books, {
        product: product.id,
        active: given.active ?? true,
        currency,
        ...amount,
        recurring: given.recurring
          ? {
              interval: given.recurring.interval,
              count: given.recurring.interval_count ?? 1,
              trialDays: given.recurring.trial_period_days ?? null,
            }
          : null,
        otherCurrencies: Object.fromEntries(
          Object.entries(given.currency_options ?? {}).map(([currency, { unit_amount }]) => [
            currencyOf(currency),
            unit_amount ?? 0,
          ]),
        ),
        lookupKey: given.lookup_key ?? null,
        nickname: given.nickname ?? null,
        metadata: applyMetadata({}, given.metadata),
      }),
    );
  }),
  route(
    'GET',
    '/v1/prices',
    {
      ...pageFields,
      ...createdField,
      active: flag,
      product: text,
      currency: text,
      type: oneOf('one_time', 'recurring'),
      lookup_keys: list(text),
    },
    ({ books, given }) =>
      answerPage(given, {
        table: books.prices,
        what: 'price',
        url: '/v1/prices',
        index: given.product === undefined ? undefined : { name: 'product', value: given.product },
        holds: (price) =>
          (given.active === undefined || price.active === given.active) &&
          (given.currency === undefined || price.currency === given.currency) &&
          (given.type === undefined || given.type === (price.recurring ? 'recurring' : 'one_time')) &&
          (given.lookup_keys === undefined || given.lookup_keys.includes(price.lookupKey ?? '')),
        show: showPrice,
      }),
  ),
  route('GET', '/v1/prices/:id', {}, ({ books, id }) => showPrice(priceOf(books, id))),
  route(
    'POST',
    '/v1/prices/:id',
    { active: flag, nickname: emptiable(text), lookup_key: text, transfer_lookup_key: flag, metadata },
    ({ books, id, given }) => {
      const price = priceOf(books, id);
      if (given.lookup_key !== price.lookupKey)
        takeLookupKey(books, given.lookup_key, given.transfer_lookup_key ?? false);
      return showPrice(
        changePrice(books, price, {
          active: given.active ?? price.active,
          nickname: given.nickname === undefined ? price.nickname : given.nickname,
          lookupKey: given.lookup_key ?? price.lookupKey,
          metadata: applyMetadata(price.metadata, given.metadata),
        }),
      );
    },
  ),
];

export const priceOf = (books: Books, id: string, param?: string): PriceRecord => {
  const price = books.prices.get(id);
  if (!price) throw missing('price', id, param);
  return price;
};

const amountOf = (given: {
  readonly unit_amount: number | undefined;
  readonly unit_amount_decimal: string | undefined;
}): Pick<PriceRecord, 'unitAmount' | 'unitAmountDecimal'> => {
  if (given.unit_amount !== undefined)
    return { unitAmount: given.unit_amount, unitAmountDecimal: String(given.unit_amount) };
  const decimalAmount = given.unit_amount_decimal;
  if (decimalAmount === undefined)
    throw invalid('A price needs unit_amount or unit_amount_decimal.', 'unit_amount', 'parameter_missing');
  const whole = Number(decimalAmount);
  return { unitAmount: Number.isInteger(whole) ? whole : null, unitAmountDecimal: decimalAmount };
};

const currencyOf = (currency: string): string => {
  if (!/^[a-z]{3}$/.test(currency)) throw invalid(`Invalid currency: ${currency}`, 'currency');
  return currency;
};

const takeLookupKey = (books: Books, key: string | undefined, transfer: boolean): void => {
  if (key === undefined) return;
  for (const other of [...books.prices.walk({ index: { name: 'lookupKey', value: key } })]) {
    if (!transfer) throw invalid(`The lookup key ${key} is another price’s.`, 'lookup_key');
    const changed = { ...other, lookupKey: null };
    books.prices.put(changed);
    announce(books, 'price.updated', showPrice(changed), { lookup_key: key });
  }
};
