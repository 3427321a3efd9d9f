/** `gatefold learn` as an operator runs it: built, to its end, beside another, stopped, and killed on the way. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { openStores } from '../../src/stores/open-stores.ts';
import { learningPolicy, startSite } from '../sentry/learn/site-origin.ts';
import type { ArticleOrigin } from '../support/article-origin.ts';
import { buildCommand, gatefold } from '../support/command.ts';
import { projectRoot } from '../support/gatefold-process.ts';
import { until } from '../support/until.ts';

beforeAll(() => buildCommand(), 120_000);

const directory = mkdtempSync(join(tmpdir(), 'gatefold-learn-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const origins: ArticleOrigin[] = [];
afterEach(async () => {
  for (const origin of origins.splice(0)) await origin.stop();
});

let worlds = 0;
const world = async (count: number, perSecond = 100) => {
  const origin = await startSite(count);
  origins.push(origin);
  worlds += 1;
  const policyFile = join(directory, `policy-${worlds}.yaml`);
  writeFileSync(policyFile, learningPolicy().replace('perSecond: 100', `perSecond: ${perSecond}`));
  const environment = {
    PUBLIC_URL: 'http://127.0.0.1:8080',
    ORIGIN_URL: origin.url,
    DATA_DIR: join(directory, `data-${worlds}`),
    POLICY_FILE: policyFile,
  };
  return { origin, environment, learn: (...args: string[]) => gatefold(['learn', ...args], environment) };
};

const articles = ({ seen }: ArticleOrigin): readonly string[] =>
  seen.map(({ url }) => url).filter((url) => /^\/news\/\d+$/.test(url));

describe('gatefold learn --once', () => {
  test('says what is known and ends with 0, and a second one asks for next to nothing', async () => {
    const { origin, environment, learn } = await world(8);
    const first = await learn('--once');
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/8 of 8 articles known; 8 of them new or changed/);
    const { knownArticles, close } = await openStores({ dataDir: environment.DATA_DIR, warn: () => {} });
    const { known } = await knownArticles.changesSince('' as never, 100);
    await close();
    expect(known.map(({ address }) => address).sort()).toEqual(
      Array.from({ length: 8 }, (_, n) => `/news/${n}`),
    );
    const asked = articles(origin).length;
    expect((await learn('--once')).out).toMatch(/8 of 8 articles known; 0 of them new or changed/);
    expect(articles(origin).length).toBe(asked);
  }, 60_000);

  test('names what couldn’t be learnt, and ends with 2', async () => {
    const { origin, learn } = await world(3);
    origin.on('/news/1', (_req, res) => {
      res.writeHead(500);
      res.end();
    });
    const ended = await learn('--once');
    expect(ended.code).toBe(2);
    expect(ended.out).toContain('/news/1');
    expect(ended.out).toMatch(/2 of 3 articles known/);
  }, 60_000);

  test('ends with 1 where the origin is down', async () => {
    const { origin, learn } = await world(1);
    await origin.down();
    const ended = await learn('--once');
    expect(ended.code).toBe(1);
    expect(ended.out).toContain('the origin does not answer');
  }, 60_000);

  test('ends with 1, and what to do, where Redis can’t be reached', async () => {
    const { environment } = await world(1);
    const ended = await gatefold(['learn', '--once'], { ...environment, REDIS_URL: 'redis://127.0.0.1:1' });
    expect(ended.code).toBe(1);
    expect(ended.err).toContain('REDIS_URL');
  }, 60_000);
});

const start = (environment: Readonly<Record<string, string>>, ...args: string[]) => {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [join(projectRoot, 'dist/cli.js'), 'learn', ...args], {
    cwd: projectRoot,
    env: { PATH, HOME, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
  });
  return { child, out: () => out };
};

describe('gatefold learn', () => {
  test('killed with -9, goes on where it was, and visits a handful of addresses twice', async () => {
    const { origin, environment, learn } = await world(40, 10);
    const { child } = start(environment, '--once');
    await until(() => articles(origin).length >= 25, 'half of it to be learnt', 60_000);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const before = new Set(articles(origin));
    const count = articles(origin).length;
    const ended = await learn('--once');
    expect([ended.code, ended.out]).toEqual([0, expect.stringContaining('40 of 40 articles known')]);
    const twice = articles(origin)
      .slice(count)
      .filter((target) => before.has(target));
    // Kept every two seconds at least.
    expect(twice.length).toBeLessThan(25);
    expect(new Set(articles(origin)).size).toBe(40);
  }, 180_000);

  test('waits for another that is at it, and says so', async () => {
    const { environment } = await world(3);
    const { customers, close } = await openStores({ dataDir: environment.DATA_DIR, warn: () => {} });
    await customers.lease('learn', 'another', Date.now(), Date.now() + 600_000);
    const { child, out } = start(environment, '--once');
    await until(() => out().includes('Another instance is learning the site'), 'it to wait', 60_000);
    expect(child.exitCode).toBeNull();
    await customers.release('learn', 'another');
    const [code] = await once(child, 'exit');
    await close();
    expect([code, out()]).toEqual([0, expect.stringContaining('3 of 3 articles known')]);
  }, 90_000);

  test('without --once goes on until it is stopped, and ends then with what its last round was', async () => {
    const { environment } = await world(3);
    const { child, out } = start(environment);
    await until(() => out().includes('3 of 3 articles known'), 'its first round', 60_000);
    expect(child.exitCode).toBeNull();
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
  }, 90_000);
});
