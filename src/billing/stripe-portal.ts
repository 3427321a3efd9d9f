/** The hosted portal: its front, or straight to one task and back. */
import type { Billing, PortalFlow } from './billing.ts';
import type { AskStripe } from './stripe-ask.ts';
import { stripeLocale } from './stripe-locale.ts';
import { readPortal } from './stripe-schema.ts';

type Asked = Parameters<Billing['openPortal']>[0];

export const openPortal = async (
  ask: AskStripe,
  { customer, returnUrl, locale, flow }: Asked,
): Promise<string> => {
  const { url } = await ask.one({
    doing: 'opening the portal',
    put: (stripe) =>
      stripe.billingPortal.sessions.create({
        customer,
        return_url: returnUrl,
        ...(locale === undefined ? {} : { locale: stripeLocale('portal', locale) }),
        ...(flow === undefined ? {} : { flow_data: flowData(flow, returnUrl) }),
      }),
    read: readPortal,
  });
  return url;
};

/** Without `after_completion` a reader who has done the task is left on Stripe's page. */
const flowData = (flow: PortalFlow, returnUrl: string) => {
  const after_completion = { type: 'redirect' as const, redirect: { return_url: returnUrl } };
  switch (flow.kind) {
    case 'payment-method':
      return { type: 'payment_method_update' as const, after_completion };
    case 'cancel':
      return {
        type: 'subscription_cancel' as const,
        subscription_cancel: { subscription: flow.subscription },
        after_completion,
      };
    default:
      return flow satisfies never;
  }
};
