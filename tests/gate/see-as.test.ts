/** Looking at a page as somebody else leaves no trace, says why there is no page, and keeps drafts from readers. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import type { PolicyInForce } from '../../src/gate/policy-in-force.ts';
import type { Seen } from '../../src/gate/see-as.ts';
import type { SeenReader } from '../../src/gate/seen-reader.ts';
import { compilePolicy } from '../../src/gateway/policy-in-force.ts';
import type { Gateway } from '../../src/gateway.ts';
import { gatefold } from '../../src/middleware.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import type { ProductId } from '../../src/policy/policy.ts';
import type { Email } from '../../src/readers/reader.ts';
import { article, clearFolders, folderWith } from '../origin-folder/support.ts';
import {
  type ArticleOrigin,
  articlePage,
  sendAs,
  sendHtml,
  startArticleOrigin,
  withheldText,
} from '../support/article-origin.ts';
import { ask } from '../support/raw-client.ts';
import { freePort } from '../support/server-process.ts';
import {
  comp,
  dayMs,
  noon,
  type RunningGateway,
  startGateway,
  testPolicy,
} from '../support/start-gateway.ts';

let origin: ArticleOrigin;
let site: RunningGateway;

beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startGateway({ originUrl: origin.url });
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});

const visitor: SeenReader = { kind: 'visitor', reads: 0 };

const draftOf = (text: string): PolicyInForce => {
  const loaded = loadPolicy(text, 'policy.yaml');
  if (loaded.kind !== 'ok') throw new Error(JSON.stringify(loaded.faults));
  return compilePolicy(loaded.policy, false);
};

const seeAt = (gateway: Gateway, target: string, reader: SeenReader, rules?: PolicyInForce): Promise<Seen> =>
  gateway.gate.seeAs({
    address: { url: target, target, path: target },
    reader,
    rules: rules ?? gateway.inForce(),
    now: noon,
  });
const see = (target: string, reader: SeenReader = visitor, rules?: PolicyInForce): Promise<Seen> =>
  seeAt(site.gateway, target, reader, rules);

const reasonOf = (seen: Seen): string => ('decided' in seen ? seen.decided.decision.reason : seen.kind);
const htmlOf = (seen: Seen): string => (seen.kind === 'page' ? seen.body.toString() : `(${seen.kind})`);

test('past due is seen with its notice and its end, a holder with the source, and after the end like anybody', async () => {
  const held = { kind: 'entitled', products: ['all' as ProductId] } as const;
  const due = await see('/tidewater/due', {
    ...held,
    source: 'subscription',
    endsAt: noon + 3 * dayMs,
    paymentDue: true,
  });
  expect(reasonOf(due)).toBe('subscription');
  expect(htmlOf(due)).toContain('Update your card by 26 November 2026');
  expect(htmlOf(due)).toContain(withheldText('due'));
  for (const source of ['pass', 'comp', 'gift'] as const)
    expect(reasonOf(await see('/tidewater/due', { ...held, source, endsAt: noon + 1 }))).toBe(source);
  expect(reasonOf(await see('/tidewater/due', { ...held, source: 'pass', endsAt: noon, reads: 5 }))).toBe(
    'meter-exhausted',
  );
});

test('nothing is counted, recorded, told or set by looking', async () => {
  const target = '/tidewater/looked-at';
  const reader = site.reader();
  await reader.ask('/tidewater/earlier');
  const number = reader.jar.get('gf_visitor')?.split('.').slice(0, 2).join('.') ?? '';
  const { id } = await site.account('looked@example.org', [comp('other', noon, noon + dayMs)]);
  const metrics = await site.gateway.metrics.text();
  const decisions = /^gatefold_(?!process|nodejs|sentry).*$/gm;
  const exported = await site.gateway.stores.entitlements.of(id);
  const seen: Seen[] = [];
  for (const one of [
    { kind: 'numbered', number },
    { kind: 'named', email: 'looked@example.org' as Email },
    { kind: 'numbered', number: `reader.${id}` },
    { kind: 'visitor', reads: 2 },
    { kind: 'crawler' },
  ] satisfies SeenReader[])
    for (let time = 0; time < 5; time += 1) seen.push(await see(target, one));
  expect(new Set(seen.map(reasonOf))).toEqual(new Set(['free-read']));
  expect(new Set(seen.flatMap((one) => (one.kind === 'page' ? one.headers : [])))).not.toContain(
    'Set-Cookie',
  );
  expect((await site.gateway.metrics.text()).match(decisions)).toEqual(metrics.match(decisions));
  expect(await site.gateway.stores.entitlements.of(id)).toEqual(exported);
  // The second of three: looking took none of them.
  expect((await reader.ask(target)).headers['gatefold-access']).toBe('full; reason=free-read; left=1; of=3');
});

describe('a draft', () => {
  test('is seen without anything of it reaching a reader, however many are looked at', async () => {
    origin.on('/plain/page', sendHtml(articlePage('plain')));
    const served = await site.ask('/tidewater/kept');
    const asked = origin.count('/tidewater/kept');
    for (let count = 0; count < 20; count += 1) {
      const draft = draftOf(
        testPolicy
          .replace('paths: [', 'paths: [/plain/*, ')
          .replace('characters: 200', `characters: ${count}`)
          .replace('own-or-metered', 'locked'),
      );
      for (const target of ['/plain/page', '/tidewater/kept'])
        expect(reasonOf(await see(target, visitor, draft))).toBe('locked');
    }
    // The draft's question taught nobody that an article stands there, and took nobody's copy away.
    const asOriginal = await site.ask('/plain/page');
    expect(asOriginal.headers['gatefold-access']).toBeUndefined();
    expect(asOriginal.text).toContain(withheldText('plain'));
    const before = origin.count('/tidewater/kept');
    const again = await site.ask('/tidewater/kept');
    expect(again.headers.etag).toBe(served.headers.etag);
    expect(again.headers['gatefold-access']).toBe(served.headers['gatefold-access']);
    expect(origin.count('/tidewater/kept')).toBe(before);
    expect(before - asked).toBe(20);
    expect(reasonOf(await see('/plain/page'))).toBe('not-an-article');
  });

  test('that says less of an article shows less, side by side with the one in force', async () => {
    const draft = draftOf(testPolicy.replace('visitor: 3', 'visitor: 1'));
    const reader = { kind: 'visitor', reads: 1 } as const;
    const [now, then] = [await see('/tidewater/side', reader), await see('/tidewater/side', reader, draft)];
    expect([reasonOf(now), reasonOf(then)]).toEqual(['free-read', 'meter-exhausted']);
    expect(htmlOf(now)).toContain(withheldText('side'));
    expect(htmlOf(then)).not.toContain(withheldText('side'));
    expect(htmlOf(then)).toContain('You’ve read your free article.');
  });
});

describe('why there is no page', () => {
  test('no article, a feed, nobody of that name, an origin that is down', async () => {
    expect((await see('/asset.css')).kind).toBe('not-an-article');
    expect((await see('/feed.xml')).kind).toBe('feed');
    expect((await see('/tidewater/a', { kind: 'named', email: 'nobody@example.org' as Email })).kind).toBe(
      'unknown-reader',
    );
    expect((await see('/tidewater/a', { kind: 'numbered', number: '../x' })).kind).toBe('unknown-reader');
    await origin.down();
    expect((await see('/tidewater/while-down')).kind).toBe('unavailable');
    await origin.up();
  });

  test('a type that can’t be cut is decided all the same', async () => {
    origin.on('/tidewater/paper', sendAs('application/pdf', '%PDF'));
    const seen = await see('/tidewater/paper', { kind: 'visitor', reads: 9 });
    expect(seen).toMatchObject({ kind: 'no-page', why: 'not-text' });
    expect(reasonOf(seen)).toBe('uncuttable');
    expect((await site.ask('/tidewater/paper')).headers['gatefold-access']).toMatch(
      /^full; reason=free-read/,
    );
  });

  test('an article beside an error is nobody’s read, by the access API too', async () => {
    origin.on('/meta/gone', (_req, res) => {
      res.writeHead(404, { 'Content-Type': 'text/html', 'Gatefold-Article': 'level=metered' });
      res.end(articlePage('gone'));
    });
    const [seen, access, served] = [
      await see('/meta/gone'),
      await site.ask('/-/access?url=/meta/gone&count=true'),
      await site.ask('/meta/gone'),
    ];
    expect(seen).toMatchObject({ kind: 'page', status: 404 });
    expect(reasonOf(seen)).toBe('prefetch');
    expect(access.headers['gatefold-access']).toBe(served.headers['gatefold-access']);
    expect(htmlOf(seen)).toBe(served.text);
  });
});

test('articles of a content folder are seen as they are served', async () => {
  const body = Array.from({ length: 40 }, (_, place) => `Sentence ${place} of the story.`).join(' ');
  const contentDir = await folderWith({ 'story.md': article(body, 'access: locked\n') });
  const folder = await startGateway({
    contentDir,
    policy: 'preview: { moreFrom: false, related: false }\ncutoff: { characters: 100 }',
  });
  const locked: SeenReader = { kind: 'registered', reads: 0 };
  const seen = await seeAt(folder.gateway, '/review/story', locked);
  const { cookie } = await folder.account('folder@example.org');
  const served = await folder.ask('/review/story', { headers: cookie });
  expect(htmlOf(seen)).toBe(served.text);
  expect(reasonOf(seen)).toBe('locked');
  const draft = draftOf('preview: { moreFrom: false, related: false }\notherwise: { access: open }');
  expect(htmlOf(await seeAt(folder.gateway, '/review/story', locked, draft))).toContain('Sentence 39');
  await folder.stop();
  await clearFolders();
});

test('articles of a host application are seen once it has sent them, and only then', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'gatefold-seen-host-'));
  writeFileSync(join(directory, 'policy.yaml'), testPolicy);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const gate = gatefold({
    publicUrl: url,
    policyFile: join(directory, 'policy.yaml'),
    dataDir: join(directory, 'data'),
    logLevel: 'silent',
  });
  const app = express().use(gate);
  app.get('/tidewater/:slug', (req, res) => void res.send(articlePage(req.params.slug)));
  const server = createServer(app).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const gateway = await gate.ready;
  const full: SeenReader = { kind: 'registered', reads: 0 };
  expect(await seeAt(gateway, '/tidewater/host', full)).toMatchObject({ kind: 'no-page', why: 'unseen' });
  const served = await ask(url, '/tidewater/host');
  expect(served.text).toContain(withheldText('host'));
  const now = Date.now();
  const seen = await gateway.gate.seeAs({
    address: { url: '/tidewater/host', target: '/tidewater/host', path: '/tidewater/host' },
    reader: visitor,
    rules: gateway.inForce(),
    now,
  });
  expect(htmlOf(seen)).toBe(served.text);
  const draft = draftOf(testPolicy.replace('own-or-metered', 'locked'));
  const stopped = await seeAt(gateway, '/tidewater/host', full, draft);
  expect(reasonOf(stopped)).toBe('locked');
  expect(htmlOf(stopped)).not.toContain(withheldText('host'));
  server.closeAllConnections();
  server.close();
  await gate.close();
  rmSync(directory, { recursive: true, force: true });
});
