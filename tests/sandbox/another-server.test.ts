/** The tests that speak to Stripe run against another server of its kind too: here a sandbox in a second process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { sdkFor } from '../support/stripe-over-http.ts';
import { startTypeScript, type TypeScriptProcess } from '../support/typescript-process.ts';

interface Server {
  readonly apiBase: string;
  readonly secretKey: string;
}

let process2: TypeScriptProcess;
let server: Server;
let directory: string;
/** What the server told its own endpoint: it forgets its events after a month, and the tests move its clock. */
let events: string[];
let warnings: string[];
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'gatefold-another-server-'));
  process2 = startTypeScript(new URL('./another-server-child.ts', import.meta.url), []);
  const [line] = await once(process2.lines, 'line');
  server = JSON.parse(String(line));
  [events, warnings] = [[], []];
  process2.lines.on('line', (text) => {
    const { event, warning } = JSON.parse(text);
    if (event !== undefined) events.push(event);
    if (warning !== undefined) warnings.push(warning);
  });
});
afterEach(async () => {
  const ended = once(process2.child, 'exit');
  process2.child.stdin.end();
  await ended;
  rmSync(directory, { recursive: true, force: true });
});

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs test files as an operator would, with that server named in the environment. */
const runTests = async (files: readonly string[], { apiBase, secretKey }: Server) => {
  const { JEST_WORKER_ID: _, ...env } = process.env;
  const report = join(directory, 'report.json');
  const jest = ['node_modules/jest/bin/jest.js', '--runInBand', '--json', `--outputFile=${report}`];
  const child = spawn(process.execPath, ['--experimental-vm-modules', ...jest, ...files], {
    cwd: root,
    env: { ...env, NODE_OPTIONS: '', STRIPE_API_BASE: apiBase, STRIPE_SECRET_KEY: secretKey },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const printed: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => printed.push(chunk));
  const [code] = await once(child, 'close');
  const text = Buffer.concat(printed).toString();
  if (code !== 0) throw new Error(`jest ended with ${code}:\n${text}`);
  const { numPassedTests: passed, numPendingTests: leftOut } = JSON.parse(readFileSync(report, 'utf8'));
  return { passed, leftOut, text };
};

test('against a sandbox every test runs, and there: its own events show it', async () => {
  expect(events).toEqual([]);
  const files = ['tests/sandbox/checkout.test.ts', 'tests/billing/stripe-sandbox.test.ts'];
  const { leftOut, passed, text } = await runTests(files, server);
  expect([leftOut, passed > 30]).toEqual([0, true]);
  expect(text).not.toContain('Left out');
  for (const type of ['checkout.session.completed', 'customer.subscription.created', 'invoice.paid'])
    expect([type, events.filter((event) => event === type).length > 10]).toEqual([type, true]);
  expect(warnings).toEqual([]);
  const { data } = await sdkFor(server).webhookEndpoints.list({ limit: 100 });
  // The server's own: what the tests made for themselves they have taken away.
  expect(data.length).toBe(1);
});

test('against a server without controls only the tests that need them are left out, each with a word', async () => {
  const bare = await withoutControls(server);
  try {
    const { leftOut, passed, text } = await runTests(['tests/sandbox/api.test.ts'], { ...server, ...bare });
    const words = text.split('\n').filter((line) => line.startsWith('Left out: '));
    expect(leftOut).toBeGreaterThan(0);
    expect(words.length).toBe(leftOut);
    expect(words[0]).toContain(`${bare.apiBase} has no /sandbox/ controls`);
    expect(passed).toBeGreaterThan(leftOut);
    expect(events.filter((event) => event === 'customer.created').length).toBeGreaterThan(23);
  } finally {
    await bare.close();
  }
});

test('with the wrong key nothing runs, and what is wrong is said', async () => {
  const wrong = { ...server, secretKey: 'sk_test_of_somebody_else' };
  await expect(runTests(['tests/sandbox/api.test.ts'], wrong)).rejects.toThrow(
    `STRIPE_SECRET_KEY isn’t the key of ${server.apiBase}`,
  );
});

/** The same API, as a server of Stripe's kind has it that is no sandbox. */
const withoutControls = async ({ apiBase }: Server) => {
  const front = createServer((req, res) => {
    if (req.url?.startsWith('/sandbox')) {
      res
        .writeHead(404, { 'Content-Type': 'application/json' })
        .end('{"error":{"message":"Unrecognized URL"}}');
      return;
    }
    const { headers, method = 'GET', url = '/' } = req;
    const passed = request(`${apiBase}${url}`, { headers, method, agent: false }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    req.pipe(passed);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  return {
    apiBase: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
    close: async () => {
      front.closeAllConnections();
      await new Promise((resolve) => front.close(resolve));
    },
  };
};
