/** A console with nothing but its doors: sign-in, and one guarded route for each action; and browsers that keep cookies. */
import express, { type Express, json } from 'express';
import request, { type Response, type Test } from 'supertest';
import { createAudit } from '../../src/console/operators/audit.ts';
import { createChangeOperators } from '../../src/console/operators/change-operators.ts';
import { createIdentifyOperator } from '../../src/console/operators/identify-operator.ts';
import { invitationMail } from '../../src/console/operators/invitation-mail.tsx';
import { createManageTokens } from '../../src/console/operators/manage-tokens.ts';
import { type Action, actions, type Role } from '../../src/console/operators/may.ts';
import { operatorRoutes } from '../../src/console/operators/operator-routes.ts';
import { createOperatorSignIn } from '../../src/console/operators/operator-sign-in.ts';
import { ownersBySettings } from '../../src/console/operators/owners-by-settings.ts';
import { createRequireOperator } from '../../src/console/shell/require-operator.ts';
import { createSendConsolePage } from '../../src/console/shell/send-console-page.ts';
import { randomText } from '../../src/ops/random.ts';
import { signInMail } from '../../src/pages/mail-sign-in.tsx';
import type { Mail, SendMail } from '../../src/readers/mail-sender.ts';
import { createSignInLimits } from '../../src/readers/rate-limits.ts';
import type { Email } from '../../src/readers/reader.ts';
import type { Stores } from '../../src/stores/open-stores.ts';
import { inForce, noon, publicUrl } from '../readers/support.ts';
import { until } from '../support/until.ts';

export const owner = 'owner@desk.example' as Email;

interface DeskOptions {
  readonly stores: Stores;
  readonly publicUrl?: string;
  readonly operators?: readonly Email[];
  readonly sandbox?: boolean;
  readonly sendMail?: SendMail;
  readonly time?: { now: number };
  readonly limits?: ReturnType<typeof createSignInLimits>;
}

/** One instance; several over the same stores are several processes as far as any of this can tell. */
export function desk({ stores, time = { now: noon }, ...options }: DeskOptions) {
  const address = options.publicUrl ?? publicUrl;
  const mails: Mail[] = [];
  const faults: unknown[] = [];
  const done: { action: Action; by: string }[] = [];
  const report = (error: unknown) => void faults.push(error);
  const clock = () => time.now;
  const owners = ownersBySettings({
    operators: options.operators ?? [owner],
    sandbox: options.sandbox ?? true,
  });
  const sendMail: SendMail = options.sendMail ?? (async (mail) => void mails.push(mail));
  const { operators: store, audit: auditStore, readers: signIns } = stores;
  const audit = createAudit({ store: auditStore, report });
  const identify = createIdentifyOperator({ store, owners, secure: address.startsWith('https:') });
  const common = { store, owners, audit, random: randomText, sendMail, report };
  const english = () => inForce().messages('en');
  const signIn = createOperatorSignIn({
    ...common,
    signIns,
    consoleUrl: address,
    composeMail: (facts) => signInMail({ siteName: 'the console of Lamplight', ...facts }, english()),
  });
  const operators = createChangeOperators({
    ...common,
    composeInvitation: (facts) =>
      invitationMail({ siteName: 'Lamplight', consoleAddress: `${address}/-/console`, ...facts }),
  });
  const tokens = createManageTokens(common);
  const sendPage = createSendConsolePage(inForce);
  const { need, operatorOf } = createRequireOperator({
    identify,
    ownAddresses: [address],
    sendPage,
    secure: address.startsWith('https:'),
    clock,
    report,
  });
  const app = express();
  app.use(
    operatorRoutes({
      signIn,
      identify,
      limits: options.limits ?? createSignInLimits(),
      networkOf: ({ headers }) => String(headers['test-address'] ?? '192.0.2.1'),
      sendPage,
      consoleUrl: address,
      clock,
      report,
    }),
  );
  app.get('/-/console', need('read'), (incoming, response) => {
    const { email, role } = operatorOf(incoming);
    response.type('html').send(`<!doctype html><title>Console</title><h1>${email} ${role}</h1>`);
  });
  for (const action of actions)
    app.all(`/-/console/do/${action}`, need(action), json(), (incoming, response) => {
      const { email, role, via } = operatorOf(incoming);
      done.push({ action, by: email });
      response.json({ email, role, via: via.kind });
    });
  app.get('/-/console/forgotten', (incoming, response) => void response.json(operatorOf(incoming)));
  return { app, mails, faults, done, time, owners, signIn, operators, tokens, audit, stores, identify };
}

export type Desk = ReturnType<typeof desk>;

/** What a request has from a page of this site. */
export const ownPage = { Origin: publicUrl, 'Sec-Fetch-Site': 'same-origin' };
const html = { Accept: 'text/html,application/xhtml+xml' };

/** A browser at the console. */
export function operatorBrowser(app: Express, address = '192.0.2.1') {
  const jar = new Map<string, string>();
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers = () => ({
    ...html,
    'Test-Address': address,
    ...(jar.size > 0 ? { Cookie: cookies() } : {}),
  });
  const keep = (response: Response): Response => {
    for (const cookie of (response.headers['set-cookie'] as unknown as string[] | undefined) ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/Max-Age=0/.test(cookie)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  return {
    jar,
    get: async (path: string, more: Record<string, string> = {}) =>
      keep(
        await request(app)
          .get(path)
          .set({ ...headers(), ...more }),
      ),
    post: async (path: string, fields: Record<string, string> = {}, more: Record<string, string> = {}) =>
      keep(
        await request(app)
          .post(path)
          .type('form')
          .set({ ...headers(), ...ownPage, ...more })
          .send(fields),
      ),
    /** As script on our own page asks. */
    call: (method: 'get' | 'post', path: string): Test =>
      request(app)
        [method](path)
        .set({ Cookie: cookies(), ...ownPage }),
  };
}

export type OperatorBrowser = ReturnType<typeof operatorBrowser>;

/** The link's secret and the code, as the operator finds them in the mail. */
export const mailedTo = (mail: Mail | undefined): { link: string; code: string } => ({
  link: /\/-\/console\/sign-in\/link\?link=([\w-]{32})/.exec(mail?.text ?? '')?.[1] ?? '',
  code: /^\d{8}$/m.exec(mail?.text ?? '')?.[0] ?? '',
});

/** Asks for the mail, and waits for it: it is sent after the answer. */
export async function askFor(here: Desk, email: string, browser = operatorBrowser(here.app)) {
  const before = here.mails.length;
  const asked = await browser.post('/-/console/sign-in', { email });
  await until(() => here.mails.length > before, 'the mail');
  return { browser, asked, ...mailedTo(here.mails.at(-1)) };
}

/** A browser of that operator's, signed in by the mailed link. */
export async function signedIn(here: Desk, email: string = owner, at?: OperatorBrowser) {
  const { browser, link } = await askFor(here, email, at);
  await browser.post('/-/console/sign-in/link', { link });
  return browser;
}

/** Who did something, for what the routes would have asked. */
export const asOwner = {
  email: owner,
  role: 'owner',
  appointment: 'settings',
  via: { kind: 'device', id: 'd' },
} as never;

let count = 0;
/** An operator of that role whom the owner invited, with an address that no other test has. */
export async function invited(here: Desk, role: Role): Promise<Email> {
  count += 1;
  const email = `${role}-${count}-${process.pid}@desk.example` as Email;
  await here.operators.invite({ email, role }, asOwner, here.time.now);
  return email;
}

/** A token of that role, made by the owner that the settings name. */
export async function tokenOf(here: Desk, role: Role, by: unknown = asOwner): Promise<string> {
  count += 1;
  const asked = { name: `token ${count} ${process.pid}`, role, expiresAt: here.time.now + 86_400_000 };
  const made = await here.tokens.make(asked, by as never, here.time.now);
  if (made.kind !== 'made') throw new Error(made.kind);
  return made.token;
}

export const lastLines = async (here: Desk, limit = 5) =>
  (await here.stores.audit.auditPage({ limit })).lines;
