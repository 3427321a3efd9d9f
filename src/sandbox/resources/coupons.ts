/** `/v1/coupons` and `/v1/promotion_codes`. */

import { answerPage, createdField, pageFields } from '../api/pages-of-list.ts';
import {
  applyMetadata,
  type Fields,
  flag,
  integer,
  metadata,
  oneOf,
  type Reader,
  required,
  shape,
  text,
} from '../api/parameters.ts';
import { invalid, missing } from '../api/refusal.ts';
import { type Route, route } from '../api/route.ts';
import type { Books } from '../ledger/books.ts';
import type { CouponRecord, PromotionCodeRecord } from '../ledger/records.ts';
import { announce } from '../life/announce.ts';
import { showCoupon, showPromotionCode } from '../shapes/catalogue.ts';
import { liveCustomer } from './customers.ts';

const percent: Reader<number> = (raw, name) => {
  const given = Number(text(raw, name));
  if (!(given > 0 && given <= 100)) throw invalid('percent_off must be above 0 and at most 100.', name);
  return given;
};

const couponFields = {
  id: text,
  name: text,
  percent_off: percent,
  amount_off: integer({ min: 1 }),
  currency: text,
  duration: oneOf('forever', 'once', 'repeating'),
  duration_in_months: integer({ min: 1 }),
  max_redemptions: integer({ min: 1 }),
  redeem_by: integer({ min: 1 }),
  metadata,
} as const satisfies Fields;

export const couponRoutes: readonly Route[] = [
  route('POST', '/v1/coupons', couponFields, ({ books, given }) => {
    if (given.id !== undefined && books.coupons.get(given.id))
      throw invalid(`Coupon already exists: ${given.id}`, 'id', 'resource_already_exists');
    if ((given.percent_off === undefined) === (given.amount_off === undefined))
      throw invalid('Give percent_off or amount_off, and only one of them.', 'percent_off');
    if (given.amount_off !== undefined && given.currency === undefined)
      throw invalid('amount_off needs a currency.', 'currency', 'parameter_missing');
    const coupon: CouponRecord = {
      id: given.id ?? books.newId('co').slice(3, 11),
      created: books.now(),
      name: given.name ?? null,
      percentOff: given.percent_off ?? null,
      amountOff: given.amount_off ?? null,
      currency: given.currency ?? null,
      duration: given.duration ?? 'once',
      months: given.duration_in_months ?? null,
      maxRedemptions: given.max_redemptions ?? null,
      redeemBy: given.redeem_by ?? null,
      redeemed: 0,
      metadata: applyMetadata({}, given.metadata),
    };
    books.coupons.put(coupon);
    announce(books, 'coupon.created', showCoupon(coupon, books.now()));
    return showCoupon(coupon, books.now());
  }),
  route('GET', '/v1/coupons', { ...pageFields, ...createdField }, ({ books, given }) =>
    answerPage(given, {
      table: books.coupons,
      what: 'coupon',
      url: '/v1/coupons',
      show: (coupon) => showCoupon(coupon, books.now()),
    }),
  ),
  route('GET', '/v1/coupons/:id', {}, ({ books, id }) => showCoupon(couponOf(books, id), books.now())),
  route('DELETE', '/v1/coupons/:id', {}, ({ books, id }) => {
    const coupon = couponOf(books, id);
    books.coupons.remove(id);
    announce(books, 'coupon.deleted', showCoupon(coupon, books.now()));
    return { id, object: 'coupon', deleted: true };
  }),
  route(
    'POST',
    '/v1/promotion_codes',
    {
      promotion: required(shape({ type: required(oneOf('coupon')), coupon: required(text) })),
      code: text,
      active: flag,
      customer: text,
      expires_at: integer({ min: 1 }),
      max_redemptions: integer({ min: 1 }),
      metadata,
    },
    ({ books, given }) => {
      const coupon = couponOf(books, given.promotion.coupon, 'promotion[coupon]');
      if (given.customer !== undefined) liveCustomer(books, given.customer, 'customer');
      const code: PromotionCodeRecord = {
        id: books.newId('promo'),
        created: books.now(),
        code: given.code ?? books.newId('p').slice(2, 10).toUpperCase(),
        coupon: coupon.id,
        active: given.active ?? true,
        customer: given.customer ?? null,
        expiresAt: given.expires_at ?? null,
        maxRedemptions: given.max_redemptions ?? null,
        redeemed: 0,
        metadata: applyMetadata({}, given.metadata),
      };
      if (code.active && [...books.promotionCodes.walk()].some((other) => sameCode(other, code)))
        throw invalid(`An active promotion code ${code.code} exists already.`, 'code');
      books.promotionCodes.put(code);
      announce(books, 'promotion_code.created', showPromotionCode(code));
      return showPromotionCode(code);
    },
  ),
  route(
    'GET',
    '/v1/promotion_codes',
    { ...pageFields, ...createdField, active: flag, code: text, coupon: text, customer: text },
    ({ books, given }) =>
      answerPage(given, {
        table: books.promotionCodes,
        what: 'promotion_code',
        url: '/v1/promotion_codes',
        holds: ({ active, code, coupon, customer }) =>
          (given.active === undefined || active === given.active) &&
          (given.code === undefined || code.toLowerCase() === given.code.toLowerCase()) &&
          (given.coupon === undefined || coupon === given.coupon) &&
          (given.customer === undefined || customer === given.customer),
        show: showPromotionCode,
      }),
  ),
  route('GET', '/v1/promotion_codes/:id', {}, ({ books, id }) => showPromotionCode(codeOf(books, id))),
  route('POST', '/v1/promotion_codes/:id', { active: flag, metadata }, ({ books, id, given }) => {
    const code = codeOf(books, id);
    const changed: PromotionCodeRecord = {
      ...code,
      active: given.active ?? code.active,
      metadata: applyMetadata(code.metadata, given.metadata),
    };
    books.promotionCodes.put(changed);
    announce(books, 'promotion_code.updated', showPromotionCode(changed), { active: code.active });
    return showPromotionCode(changed);
  }),
];

const sameCode = (left: PromotionCodeRecord, right: PromotionCodeRecord): boolean =>
  left.active && left.code.toLowerCase() === right.code.toLowerCase();

const couponOf = (books: Books, id: string, param?: string): CouponRecord => {
  const coupon = books.coupons.get(id);
  if (!coupon) throw missing('coupon', id, param);
  return coupon;
};

const codeOf = (books: Books, id: string): PromotionCodeRecord => {
  const code = books.promotionCodes.get(id);
  if (!code) throw missing('promotion_code', id);
  return code;
};
