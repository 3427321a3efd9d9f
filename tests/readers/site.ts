/** A site with nothing but sign-in and account, over the real embedded store, and browsers that keep cookies. */
import express from 'express';
import request, { type Response } from 'supertest';
import { randomText } from '../../src/ops/random.ts';
import { signInMail } from '../../src/pages/mail-sign-in.tsx';
import type { Policy } from '../../src/policy/policy.ts';
import { accountDataRoutes } from '../../src/readers/account-data-routes.ts';
import { accountRoutes } from '../../src/readers/account-routes.ts';
import { createEraseReader } from '../../src/readers/erase-reader.ts';
import { createExportReader } from '../../src/readers/export-reader.ts';
import type { Mail, SendMail } from '../../src/readers/mail-sender.ts';
import { createMergeReads } from '../../src/readers/merge-reads.ts';
import { createSignInLimits } from '../../src/readers/rate-limits.ts';
import type { ReaderBilling } from '../../src/readers/reader-billing.ts';
import { createSignIn, type Proof } from '../../src/readers/sign-in.ts';
import { signInRoutes } from '../../src/readers/sign-in-routes.ts';
import { sqliteMeterStore } from '../../src/stores/sqlite/meter-store.ts';
import { openDatabase } from '../../src/stores/sqlite/open-database.ts';
import { inForce, machine, publicUrl, temporaryFolder } from './support.ts';

const meter = { id: 'free', on: true, window: { kind: 'month' }, allowance: { visitor: 3, registered: 5 } };

interface SiteOptions {
  readonly sendMail?: SendMail;
  readonly allowedDevices?: number;
  readonly billing?: ReaderBilling;
  readonly afterProof?: (proof: Proof) => Promise<unknown>;
}

export function site(options: SiteOptions = {}) {
  const folder = temporaryFolder();
  const here = machine({ directory: folder.path });
  const meterDatabase = openDatabase(folder.path);
  const meters = sqliteMeterStore(meterDatabase);
  const rules = () => {
    const { policy, messages } = inForce();
    const devices = options.allowedDevices === undefined ? {} : { allowed: options.allowedDevices };
    return { policy: { ...policy, meters: [meter], devices } as unknown as Policy, messages };
  };
  const mails: Mail[] = [];
  const store = { ...here.store };
  const signIn = createSignIn({
    store,
    tokens: here.tokens,
    entitlementsOf: here.entitlementsOf,
    mergeReads: createMergeReads({ meters, policy: () => rules().policy, clock: here.clock }),
    composeMail: (facts, locale) => signInMail({ siteName: 'Lamplight', ...facts }, rules().messages(locale)),
    sendMail: options.sendMail ?? (async (mail) => void mails.push(mail)),
    publicUrl,
    random: randomText,
    allowedDevices: () => options.allowedDevices,
    report: here.report,
    ...(options.afterProof ? { afterProof: options.afterProof } : {}),
  });
  const shared = {
    store,
    identityOf: (incoming: { headers: Record<string, unknown> }, now: number) =>
      here.identify(
        {
          cookieHeader: incoming.headers.cookie as string | undefined,
          authorization: incoming.headers.authorization as string | undefined,
          clientAddress: addressOf(incoming),
          secure: true,
        },
        now,
      ),
    networkOf: (incoming: { headers: Record<string, unknown> }, now: number) =>
      here.networkTagOf(addressOf(incoming), now),
    inForce: rules,
    publicUrl,
    clock: here.clock,
    report: here.report,
  };
  const app = express();
  app.use(signInRoutes({ ...shared, signIn, limits: createSignInLimits() }));
  const { entitlements, entitlementsOf } = here;
  const billing = options.billing ? { billing: options.billing } : {};
  app.use(accountRoutes({ ...shared, entitlementsOf, ...billing }));
  const exportReader = createExportReader({
    store,
    entitlementsOf,
    meters,
    policy: () => rules().policy,
    ...billing,
  });
  const eraseReader = createEraseReader({ store, entitlements, meters, ...billing });
  app.use(accountDataRoutes({ ...shared, exportReader, eraseReader, ...billing }));
  const close = () => {
    here.close();
    meterDatabase.close();
    folder.remove();
  };
  return { ...here, app, mails, meters, store, close };
}

export type Site = ReturnType<typeof site>;

const addressOf = (incoming: { headers: Record<string, unknown> }) =>
  String(incoming.headers['test-address'] ?? '192.0.2.1');

/** A browser at the site's own pages. */
export function browser(app: express.Express, address = '192.0.2.1') {
  const jar = new Map<string, string>();
  const keep = (response: Response): Response => {
    for (const cookie of (response.headers['set-cookie'] as unknown as string[] | undefined) ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/Max-Age=0/.test(cookie)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers = () => ({ Cookie: cookies(), 'Test-Address': address });
  return {
    jar,
    get: async (path: string) => keep(await request(app).get(path).set(headers())),
    post: async (path: string, fields: Record<string, string> = {}, more: Record<string, string> = {}) =>
      keep(
        await request(app)
          .post(path)
          .type('form')
          .set({ ...headers(), Origin: publicUrl, 'Sec-Fetch-Site': 'same-origin', ...more })
          .send(fields),
      ),
  };
}

/** The link's secret and the code, as the reader finds them in the mail. */
export const mailed = (mail: Mail | undefined): { link: string; code: string } => ({
  link: /\/-\/sign-in\/link\?link=([\w-]{32})/.exec(mail?.text ?? '')?.[1] ?? '',
  code: /^\d{8}$/m.exec(mail?.text ?? '')?.[0] ?? '',
});

export const ada = 'ada@example.com';

export const newest = (paper: Site): ReturnType<typeof mailed> => mailed(paper.mails.at(-1));

/** Signs in by the mailed link, in a new browser or the one given. */
export const signIn = async (paper: Site, email = ada, here = browser(paper.app)) => {
  await here.post('/-/sign-in', { email, return: '/a/story' });
  const done = await here.post('/-/sign-in/link', { link: newest(paper).link });
  return { here, done };
};

/** What a token says, when it is valid now. */
export const readerOf = (paper: Site, token: string | undefined) => {
  const verdict = paper.tokens.verify(token ?? '', paper.time.now);
  return verdict.kind === 'valid' ? verdict.claims : undefined;
};
