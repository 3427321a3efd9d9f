/** What `gatefold serve` says at its start of where the console is, and that it is there. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from '@jest/globals';
import { buildCommand, gatefold } from '../support/command.ts';
import { type GatefoldProcess, startGatefold } from '../support/gatefold-process.ts';
import { freePort } from '../support/server-process.ts';

beforeAll(buildCommand, 120_000);

let running: GatefoldProcess | undefined;
let taken: Server | undefined;
afterEach(async () => {
  await running?.stop();
  taken?.close();
  taken = undefined;
});

const start = async (settings: Readonly<Record<string, string>>, port?: number): Promise<GatefoldProcess> => {
  running = await startGatefold({ settings: { LOG_LEVEL: 'warn', ...settings }, ...(port ? { port } : {}) });
  return running;
};

const answers = async (url: string): Promise<readonly [number, string | null]> => {
  const answer = await fetch(`${url}/-/console`, { redirect: 'manual', headers: { Accept: 'text/html' } });
  return [answer.status, answer.headers.get('location')];
};
const led = [303, '/-/console/sign-in'] as const;
const absent = [404, null] as const;
const warning = 'any script in the site’s pages';

test('in the sandbox the console is at the next port, and the link that signs in leads there', async () => {
  const { url, consoleUrl, printed } = await start({});
  expect(consoleUrl()).toBe(url.replace(/\d+$/, (port) => String(Number(port) + 1)));
  expect(printed()).toContain(`  Sign in   ${consoleUrl()}/-/console/sign-in/link?link=`);
  expect(printed()).not.toContain(warning);
  expect([await answers(consoleUrl()), await answers(url)]).toEqual([led, absent]);
});

test('where another program has that port, it is at the one after it, and that is said', async () => {
  const port = await freePort();
  taken = createServer().listen(port + 1, '127.0.0.1');
  await once(taken, 'listening');
  const { url, consoleUrl, printed } = await start({}, port);
  expect(consoleUrl()).toBe(`http://127.0.0.1:${port + 2}`);
  expect(printed()).toContain(
    `Port ${port + 1} is taken by another program, so the console is at port ${port + 2}.`,
  );
  expect([await answers(consoleUrl()), await answers(url)]).toEqual([led, absent]);
});

test('where it was named and is taken, the start says so and ends', async () => {
  const port = await freePort();
  taken = createServer().listen(port, '127.0.0.1');
  await once(taken, 'listening');
  const folder = mkdtempSync(join(tmpdir(), 'gatefold-serve-'));
  const { code, err } = await gatefold(['serve'], {
    ...{ PORT: String(await freePort()), DATA_DIR: folder, LOG_LEVEL: 'silent' },
    CONSOLE_URL: `http://127.0.0.1:${port}`,
  });
  rmSync(folder, { recursive: true, force: true });
  expect([code, err]).toEqual([
    1,
    expect.stringContaining(
      `Port ${port} is taken by another program: stop it, or name a free one in CONSOLE_URL.`,
    ),
  ]);
});

test('with operators and no address of its own, the console is with the site, and the start warns', async () => {
  const { url, consoleUrl, printed } = await start({ OPERATORS: 'owner@example.com' });
  expect(consoleUrl()).toBe(url);
  expect(printed()).toContain(warning);
  expect(await answers(url)).toEqual(led);
});
