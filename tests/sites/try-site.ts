/** One site behind Gatefold under one policy: learnt, crawled as a visitor out of free reads, and compared for a subscriber. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type GatefoldProcess, startGatefold } from '../support/gatefold-process.ts';
import { type Asked, createClient } from '../support/raw-request.ts';
import { type Compared, compare } from './compare.ts';
import { type Crawled, crawl } from './crawl.ts';
import { createFindWithheld } from './find-withheld.ts';
import type { Site } from './site.ts';

export interface Trial {
  readonly learnt: string;
  readonly marks: number;
  readonly crawled: Crawled;
  readonly compared: Compared;
}

interface TrialOptions {
  readonly site: Site;
  readonly policy: string;
  readonly gatePort: number;
  readonly originUrl: string;
  readonly most: number;
  /** Keeps Gatefold's log there. */
  readonly logTo: string;
  /** Told what it is at. */
  readonly tell: (what: string) => void;
}

export const trySite = async (options: TrialOptions): Promise<Trial> => {
  const { site, policy, gatePort, originUrl, most, logTo, tell } = options;
  const folder = mkdtempSync(join(tmpdir(), 'gatefold-site-policy-'));
  const policyFile = join(folder, 'policy.yaml');
  writeFileSync(policyFile, policy);
  const settings = { ORIGIN_URL: originUrl, POLICY_FILE: policyFile, PRESERVE_HOST: 'true' };
  const gatefold = await startGatefold({ port: gatePort, settings });
  try {
    tell('learning …');
    const learnt = await learn(gatefold);
    const find = createFindWithheld(site.articles);
    tell('crawling …');
    const visitor = { Cookie: await spendFreeReads(gatefold.url, site) };
    const crawled = await crawl({ ...{ url: gatefold.url, reader: visitor, find, most }, ...site });
    tell('comparing …');
    const subscriber = await subscribe(gatefold);
    // Gatefold asks the origin by one spelling of an address, and refuses an encoded slash where rules cover the path: what a server
    // makes of those isn't seen.
    const asked = crawled.addresses
      .filter((path) => !/\/\/|%2f/i.test(path.split('?', 1)[0] ?? ''))
      .map((path) => ({ path }));
    const compared = await compare({ gateUrl: gatefold.url, originUrl, subscriber, asked, find });
    const failures = await notTheOrigins(crawled.failures, originUrl, gatefold.url);
    return { learnt, marks: find.marks, crawled: { ...crawled, failures }, compared };
  } finally {
    writeFileSync(logTo, gatefold.printed());
    await gatefold.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Readers find the site learnt; what it learns by itself from its start on, the command waits for. */
const learn = async (gatefold: GatefoldProcess): Promise<string> => {
  const said = await gatefold.command('learn', '--once').catch((error: unknown) => {
    const { code, stdout } = error as { code?: unknown; stdout?: string };
    // Some addresses couldn't be learnt: a site may well link to what isn't there.
    if (code === 2 && stdout !== undefined) return stdout;
    throw error;
  });
  // Every instance asks for what others learnt once a second.
  await pause(2_500);
  return said.trim().split('\n').slice(-2).join(' ');
};

/** Those that the origin itself answers otherwise than with a 500. */
const notTheOrigins = async (
  failures: readonly Asked[],
  originUrl: string,
  gateUrl: string,
): Promise<readonly Asked[]> => {
  const client = createClient(originUrl);
  const own: Asked[] = [];
  for (const asked of failures) {
    const headers = { ...asked.headers, Host: new URL(gateUrl).host };
    const status = await client.ask({ ...asked, headers }).then(
      (answered) => answered.status,
      () => 500,
    );
    if (status !== 500) own.push(asked);
  }
  client.close();
  return own;
};

/** @returns the visitor's cookies. */
const spendFreeReads = async (url: string, { articles }: Site): Promise<string> => {
  const client = createClient(url);
  let cookie = '';
  let last = '';
  for (const { article, paths } of articles.filter((placed) => placed.article.spent)) {
    const { headers } = await client.ask({
      path: paths[0] ?? `/${article.key}`,
      headers: { Cookie: cookie, Accept: 'text/html' },
    });
    cookie = headers['set-cookie']?.map((line) => line.split(';', 1)[0]).join('; ') ?? cookie;
    last = String(headers['gatefold-access']);
  }
  client.close();
  if (!/reason=meter-exhausted/.test(last))
    throw new Error(
      `the visitor’s free reads aren’t spent after the articles that are there for it: ${last}`,
    );
  return cookie;
};

const subscribe = async (gatefold: GatefoldProcess): Promise<Readonly<Record<string, string>>> => {
  await gatefold.command('grant', 'subscriber@example.org', 'all', '--until', '2099-01-01');
  return { Authorization: `Bearer ${await gatefold.command('token', 'issue', 'subscriber@example.org')}` };
};
