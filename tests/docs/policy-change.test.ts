/** That a saved policy is in force for the next request, also of articles that are kept already. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { createGateway } from '../../src/gateway.ts';
import { parseSettings } from '../../src/settings.ts';
import { until } from '../support/until.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatefold-docs-'));
const policyFile = join(folder, 'policy.yaml');

const page = `<!doctype html><title>A story</title><meta property="og:type" content="article"><article><p>${'Words for those who may read them. '.repeat(200)}</p></article>`;
const origin = createServer((_request, response) => {
  response.setHeader('Content-Type', 'text/html').setHeader('Cache-Control', 'max-age=3600').end(page);
});

afterAll(() => {
  origin.closeAllConnections();
  origin.close();
  rmSync(folder, { recursive: true, force: true });
});

test('an article that is kept for an hour is ruled by what the publisher has just saved', async () => {
  await new Promise<void>((resolve) => origin.listen(0, '127.0.0.1', resolve));
  writeFileSync(policyFile, 'otherwise: { access: open }\n');
  const parsed = parseSettings({
    ORIGIN_URL: `http://127.0.0.1:${(origin.address() as AddressInfo).port}`,
    POLICY_FILE: policyFile,
    DATA_DIR: folder,
    LOG_LEVEL: 'silent',
  });
  if (parsed.kind === 'faulty') throw new Error(parsed.faults.join('\n'));
  const gateway = await createGateway({ settings: parsed.settings });
  const accessNow = async (): Promise<string> =>
    (await request(gateway.handle).get('/news/a-story')).headers['gatefold-access'] ?? '';

  expect([await accessNow(), await accessNow()]).toEqual(['full; reason=open', 'full; reason=open']);
  writeFileSync(
    policyFile,
    'publications: [{ id: news, name: News, paths: /news/** }]\nrules: [{ name: news, when: { publication: news }, access: locked }]\notherwise: { access: open }\n',
  );
  await until(async () => (await accessNow()) === 'preview; reason=locked', 'the saved policy');
  await gateway.close();
});
