/** A whole gateway that sells through the sandbox, and what people do there: choose, pay, come back, sign in, look. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Stripe from 'stripe';
import type { CheckoutId } from '../../src/billing/subscription.ts';
import type { CheckoutSubmission } from '../../src/sandbox/hosted.ts';
import type { OpenedSandbox } from '../../src/sandbox/open-sandbox.ts';
import type { ArticleOrigin } from '../support/article-origin.ts';
import type { Answer, Asking, Reader } from '../support/raw-client.ts';
import {
  type GatewayOptions,
  type RunningGateway,
  startGateway,
  testPolicy,
} from '../support/start-gateway.ts';

export const sellingPolicy = `${testPolicy}
plans:
  - { id: monthly, name: By the month, products: all, price: price_monthly, interval: month }
  - { id: yearly, name: By the year, products: all, price: price_yearly, interval: year }
  - { id: tried, name: First tried, products: all, price: price_tried, interval: month, trialDays: 7 }
  - { id: week, name: A week, products: all, price: price_week, passDays: 7 }
billing: { graceDays: 3 }
`;

export const card = (number = '4242 4242 4242 4242'): CheckoutSubmission['payment'] => ({
  kind: 'card',
  number,
  expMonth: 12,
  expYear: 2040,
  cvc: '123',
});

export interface SellingSite extends RunningGateway {
  readonly sandbox: OpenedSandbox;
  /** What the publisher does at Stripe. */
  readonly merchant: Stripe;
  /** Somebody whom the site has met: with a visitor's cookie. */
  visitor(): Promise<Reader>;
  /** A form of the site's own, sent as a browser sends it. */
  post(
    who: Reader,
    target: string,
    fields?: Readonly<Record<string, string>>,
    asking?: Asking,
  ): Promise<Answer>;
  /** As far as Stripe's page. */
  begin(who: Reader, plan?: string, back?: string): Promise<CheckoutId>;
  /** Pays there. @returns where Stripe sends the browser, on this site. */
  pay(checkout: CheckoutId, submission?: Partial<CheckoutSubmission>): string;
  /** All of it, and back on the site. */
  buy(who: Reader, plan?: string, submission?: Partial<CheckoutSubmission>): Promise<Bought>;
  /** What was mailed last to that address. */
  mailTo(email: string): { readonly link: string; readonly code: string };
  /** By the mailed link. */
  signIn(who: Reader, email: string): Promise<Answer>;
  settled(): Promise<void>;
}

export interface Bought {
  readonly checkout: CheckoutId;
  /** The address that Stripe sent the browser to. */
  readonly back: string;
  readonly answer: Answer;
  readonly customer: string;
}

export const startSelling = async (
  origin: ArticleOrigin,
  options: Partial<GatewayOptions> = {},
): Promise<SellingSite> => {
  const site = await startGateway({ originUrl: origin.url, policy: sellingPolicy, ...options });
  const sandbox = site.gateway.sandbox as OpenedSandbox;
  return sellingAt(site, sandbox);
};

export const sellingAt = (site: RunningGateway, sandbox: OpenedSandbox): SellingSite => {
  const { hostname, port } = new URL(sandbox.apiBase);
  const merchant = new Stripe(sandbox.secretKey, {
    host: hostname,
    port,
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
  });
  const post: SellingSite['post'] = (who, target, fields = {}, asking = {}) =>
    who.ask(target, {
      method: 'POST',
      body: new URLSearchParams(fields).toString(),
      ...asking,
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        Origin: site.url,
        'Sec-Fetch-Site': 'same-origin',
        ...asking.headers,
      },
    });
  const begin: SellingSite['begin'] = async (who, plan = 'monthly', back = '/tidewater/bought') => {
    const answer = await post(who, '/-/checkout', { plan, return: back });
    const id = checkoutIn(answer);
    if (id === undefined) throw new Error(`${answer.status} ${answer.headers.location}`);
    return id;
  };
  const pay: SellingSite['pay'] = (checkout, submission = {}) => {
    const outcome = sandbox.actions.submitCheckout(checkout, {
      email: 'payer@example.com',
      payment: card(),
      ...submission,
    });
    if (!('returnUrl' in outcome)) throw new Error(JSON.stringify(outcome));
    return outcome.returnUrl.slice(new URL(outcome.returnUrl).origin.length);
  };
  const mailTo: SellingSite['mailTo'] = (email) => {
    const outbox = join(site.dataDir, 'outbox');
    const text = readdirSync(outbox)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .reverse()
      .map((name) => JSON.parse(readFileSync(join(outbox, name), 'utf8')) as { to: string; text: string })
      .find(({ to }) => to === email)?.text;
    return {
      link: /\?link=([\w-]{32})/.exec(text ?? '')?.[1] ?? '',
      code: /^\d{8}$/m.exec(text ?? '')?.[0] ?? '',
    };
  };
  return {
    ...site,
    sandbox,
    merchant,
    visitor: async () => {
      const who = site.reader();
      await who.ask('/tidewater/met');
      return who;
    },
    post,
    begin,
    pay,
    buy: async (who, plan, submission) => {
      const checkout = await begin(who, plan);
      const back = pay(checkout, submission);
      const answer = await who.ask(back);
      const { customer } = await merchant.checkout.sessions.retrieve(checkout);
      return { checkout, back, answer, customer: String(customer) };
    },
    mailTo,
    signIn: async (who, email) => {
      // Two mails of one moment have no order; the clock stands still here.
      site.time.now += 1;
      await post(who, '/-/sign-in', { email, return: '/-/account' });
      return post(who, '/-/sign-in/link', { link: mailTo(email).link });
    },
    settled: () => sandbox.controls.settled(),
  };
};

/** The session that a browser is sent on to. */
export const checkoutIn = (answer: Answer): CheckoutId | undefined =>
  /\/-\/sandbox\/checkout\/(cs_\w+)/.exec(answer.headers.location ?? '')?.[1] as CheckoutId | undefined;

/** What the reader's cookie names. */
export const readerIn = (who: Reader): { readonly sub: string; readonly sid: string } | undefined => {
  const token = who.jar.get('gf_reader');
  return token === undefined
    ? undefined
    : JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
};
