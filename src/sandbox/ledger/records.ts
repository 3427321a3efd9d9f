/** What the sandbox keeps of each of Stripe's objects: what differs from one to the next. Times are seconds, as Stripe's are. */
export type * from './catalogue-records.ts';
export type * from './checkout-records.ts';
export type * from './customer-records.ts';
export type * from './money-records.ts';
export type * from './notice-records.ts';
export type * from './subscription-records.ts';
