/** A server of Stripe's kind that is already there: by its API, and by the sandbox's controls where it has them. */
import Stripe from 'stripe';
import type { EventView } from '../../src/sandbox/hosted.ts';
import type { StripeServer } from './stripe-controls.ts';

export interface ServerAddress {
  readonly apiBase: string;
  readonly secretKey: string;
}

interface Options {
  readonly server: ServerAddress;
  readonly hasControls: boolean;
  readonly webhookUrl: string;
}

type Answer = Readonly<Record<string, unknown>>;

export const stripeOverHttp = async ({ server, hasControls, webhookUrl }: Options): Promise<StripeServer> => {
  const stripe = sdkFor(server);
  const order = (path: string, body?: object): Promise<Answer> => {
    if (!hasControls) throw new Error(`${server.apiBase} has no ${path}: write sandboxTest instead of test.`);
    return orderOver(server, path, body);
  };
  let aheadMs = 0;
  const keepTime = ({ now }: Answer): void => {
    aheadMs = Number(now) - Date.now();
  };
  // No two openings share a second: by the time of its making, everything is of one of them.
  if (hasControls) keepTime(await order('/sandbox/clock', { byMs: 2_000 }));
  const openedAt = Math.floor((Date.now() + aheadMs) / 1_000);
  const undisturbed = async (): Promise<void> => {
    if (!hasControls) return;
    await order('/sandbox/mischief', { delayMs: 0, copies: 1, shuffle: false, dropOfTen: 0 });
    await order('/sandbox/faults', {});
    await order('/sandbox/dunning', { after: 'cancel' });
  };
  await undisturbed();
  const endpoint = await stripe.webhookEndpoints.create({ url: webhookUrl, enabled_events: ['*'] });
  return {
    ...server,
    webhookSecret: endpoint.secret ?? '',
    now: () => Date.now() + aheadMs,
    controls: {
      moveClock: async (to) => keepTime(await order('/sandbox/clock', { to })),
      settled: async () => void (await order('/sandbox/settled', {})),
      setMischief: async (mischief) => void (await order('/sandbox/mischief', mischief)),
      recentEvents: async () => (await order('/sandbox/events')).events as readonly EventView[],
      resend: async (event) => (await order('/sandbox/resend', { event })).known === true,
    },
    actions: actionsBy(async (name, args) => {
      const { outcome } = await order('/sandbox/act', { do: name, with: args });
      return outcome ?? undefined;
    }),
    seedSubscriptions: async (count, price) =>
      Number((await order('/sandbox/seed', { count, price })).subscriptions),
    order,
    handlePage: (_req, res) => void res.writeHead(404).end(),
    close: async () => {
      await undisturbed();
      await stripe.webhookEndpoints.del(endpoint.id);
      if (hasControls) await deleteCustomers(stripe, openedAt);
    },
  };
};

export const sdkFor = ({ apiBase, secretKey }: ServerAddress): Stripe => {
  const { hostname, port, protocol } = new URL(apiBase);
  return new Stripe(secretKey, {
    host: hostname,
    port: port === '' ? (protocol === 'https:' ? 443 : 80) : port,
    protocol: protocol === 'https:' ? 'https' : 'http',
    telemetry: false,
    maxNetworkRetries: 0,
  });
};

/** A sandbox, in whatever process, has a clock that can be asked for; Stripe hasn't. */
export const findControls = async (server: ServerAddress): Promise<boolean> => {
  const { status, answer } = await ask(server, '/sandbox/state');
  if (status === 401) throw new Error(`STRIPE_SECRET_KEY isn’t the key of ${server.apiBase}.`);
  return typeof answer.now === 'number';
};

/** What a control answers. Without a body it is a GET. */
export const orderOver = async (server: ServerAddress, path: string, body?: object): Promise<Answer> => {
  const { status, answer } = await ask(server, path, body);
  if (status !== 200) throw new Error(`${path} was answered ${status}: ${JSON.stringify(answer)}`);
  return answer;
};

const ask = async (
  { apiBase, secretKey }: ServerAddress,
  path: string,
  body?: object,
): Promise<{ readonly status: number; readonly answer: Answer }> => {
  const { status, text } = await fetch(`${apiBase}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { Authorization: `Bearer ${secretKey}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
  }).then(async (response) => ({ status: response.status, text: await response.text() }));
  return { status, answer: text.startsWith('{') ? JSON.parse(text) : {} };
};

/** Each action by its name, whatever names there are. */
const actionsBy = (act: (name: string, args: readonly unknown[]) => Promise<unknown>) =>
  new Proxy({} as StripeServer['actions'], {
    get:
      (_, name) =>
      (...args: readonly unknown[]) =>
        act(String(name), args),
  });

/** The next test moves the clock over months: what this one left would be renewed all the way. */
const deleteCustomers = async (stripe: Stripe, since: number): Promise<void> => {
  const made: string[] = [];
  for await (const { id } of stripe.customers.list({ created: { gte: since }, limit: 100 })) made.push(id);
  for (const id of made) await stripe.customers.del(id);
};
