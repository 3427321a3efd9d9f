/** The Stripe that tests speak to: the sandbox in this process, or the server that STRIPE_API_BASE names. */
import { test } from '@jest/globals';
import type { StripeServer } from './stripe-controls.ts';
import { type InProcessOptions, stripeInProcess } from './stripe-in-process.ts';
import { findControls, type ServerAddress, stripeOverHttp } from './stripe-over-http.ts';

const serverOf = (env: NodeJS.ProcessEnv): ServerAddress | undefined => {
  const { JEST_WORKER_ID, STRIPE_API_BASE: apiBase = '', STRIPE_SECRET_KEY: secretKey = '' } = env;
  if (apiBase === '') return undefined;
  if (secretKey === '')
    throw new Error('STRIPE_API_BASE needs STRIPE_SECRET_KEY: the test key of that server.');
  if (/^[a-z]+_live_/.test(secretKey))
    throw new Error('STRIPE_SECRET_KEY is a live key: the tests buy, refund and delete.');
  if ((JEST_WORKER_ID ?? '1') !== '1')
    throw new Error('Run with --runInBand: the tests move that server’s clock, which they all share.');
  return { apiBase: apiBase.replace(/\/$/, ''), secretKey };
};

const server = serverOf(process.env);

const hasControls = server === undefined || (await findControls(server));

/** `inProcess`: for what only the sandbox's own insides can show, whatever the environment names. */
export const openStripe = (
  options: InProcessOptions & { readonly inProcess?: boolean },
): Promise<StripeServer> =>
  server === undefined || options.inProcess
    ? stripeInProcess(options)
    : stripeOverHttp({ server, hasControls, webhookUrl: options.webhookUrl });

type Declared = (name: string, run: () => unknown, timeoutMs?: number) => void;

const leaveOut: Declared = (name, run) => {
  process.stderr.write(
    `Left out: “${name}”: ${server?.apiBase} has no /sandbox/ controls, and no API of Stripe’s moves its clock or pays at its hosted pages.\n`,
  );
  test.skip(name, run as () => void);
};

/** A test that needs more than Stripe's API, or what only the sandbox refuses: left out, with a word, where a server is no sandbox. */
export const sandboxTest = (
  hasControls
    ? test
    : Object.assign(leaveOut, { each: () => (name: string, run: () => unknown) => leaveOut(name, run) })
) as typeof test;
