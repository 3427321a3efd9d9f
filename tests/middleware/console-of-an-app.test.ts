/** Where the console of an Express app is: at another host name of the app, at a port that the gate opens, or with the site. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import express from 'express';
import { type GatefoldMiddleware, type GatefoldOptions, gatefold } from '../../src/middleware.ts';
import { ask } from '../support/raw-client.ts';
import { freePort } from '../support/server-process.ts';
import { testPolicy } from '../support/start-gateway.ts';

let directory: string;
let gate: GatefoldMiddleware | undefined;
let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  await gate?.close();
  rmSync(directory, { recursive: true, force: true });
});

/** An app that says which host it was asked by. Gives back its address. */
const startApp = async (options: (port: number) => Partial<GatefoldOptions>): Promise<string> => {
  directory = mkdtempSync(join(tmpdir(), 'gatefold-host-'));
  writeFileSync(join(directory, 'policy.yaml'), testPolicy);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  gate = gatefold({
    publicUrl: url,
    policyFile: join(directory, 'policy.yaml'),
    dataDir: join(directory, 'data'),
    logLevel: 'silent',
    ...options(port),
  });
  const app = express();
  app.use(gate);
  app.use((req, res) => void res.type('text').send(`the app, asked for ${req.url}`));
  server = createServer(app).listen(port, '127.0.0.1');
  await Promise.all([once(server, 'listening'), gate.ready]);
  return url;
};

const consoleAt = async (url: string, headers: Record<string, string> = {}) => {
  const { status, headers: sent } = await ask(url, '/-/console', {
    headers: { Accept: 'text/html', ...headers },
  });
  return sent.location ?? status;
};
const signIn = '/-/console/sign-in';

test('at another host name of the app, which then answers with nothing of its own there', async () => {
  const url = await startApp((port) => ({ consoleUrl: `http://console.localhost:${port}` }));
  const Host = new URL(url).host.replace('127.0.0.1', 'console.localhost');
  expect(await consoleAt(url, { Host })).toBe(signIn);
  expect((await ask(url, '/', { headers: { Host } })).headers.location).toBe('/-/console');
  expect((await ask(url, '/page', { headers: { Host } })).status).toBe(404);
  expect(await consoleAt(url)).toBe(404);
  expect((await ask(url, '/page')).text).toBe('the app, asked for /page');
});

test('at a port that the gate opens, and closes', async () => {
  const consolePort = String(await freePort());
  const consoleUrl = `http://127.0.0.1:${consolePort}`;
  const url = await startApp(() => ({ consoleUrl, consolePort }));
  expect(await consoleAt(consoleUrl)).toBe(signIn);
  expect((await ask(consoleUrl, '/page')).status).toBe(404);
  expect(await consoleAt(url)).toBe(404);
  await gate?.close();
  gate = undefined;
  await expect(ask(consoleUrl, '/')).rejects.toThrow('ECONNREFUSED');
});

test('a port that another program has is told to whoever waits for the gate', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  const consolePort = String(port);
  await expect(
    startApp(() => ({ consoleUrl: `http://127.0.0.1:${consolePort}`, consolePort })),
  ).rejects.toThrow(`Port ${consolePort} is taken`);
  taken.close();
});

test('with the site, where nothing is said of it', async () => {
  const url = await startApp(() => ({}));
  expect(await consoleAt(url)).toBe(signIn);
});
