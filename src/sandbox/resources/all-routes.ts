/** Every route of Stripe's that the sandbox answers; all others are refused. */
import type { Route } from '../api/route.ts';
import { checkoutRoutes } from './checkout-sessions.ts';
import { couponRoutes } from './coupons.ts';
import { customerRoutes } from './customers.ts';
import { entitlementRoutes } from './entitlements.ts';
import { invoiceRoutes } from './invoices.ts';
import { itemRoutes } from './items.ts';
import { moneyRoutes } from './money.ts';
import { noticeRoutes } from './notices.ts';
import { paymentMethodRoutes } from './payment-methods.ts';
import { portalRoutes } from './portal-sessions.ts';
import { priceRoutes } from './prices.ts';
import { productRoutes } from './products.ts';
import { subscriptionRoutes } from './subscriptions.ts';

export const allRoutes: readonly Route[] = [
  ...priceRoutes,
  ...productRoutes,
  ...checkoutRoutes,
  ...couponRoutes,
  ...customerRoutes,
  ...entitlementRoutes,
  ...invoiceRoutes,
  ...itemRoutes,
  ...moneyRoutes,
  ...noticeRoutes,
  ...paymentMethodRoutes,
  ...portalRoutes,
  ...subscriptionRoutes,
];
