/** Beside a site, links to the origin's own address come back under ours; anywhere else not a byte is touched. */
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { publicAddresses } from '../../src/origin/public-addresses.ts';
import {
  type ArticleOrigin,
  articlePage,
  bodyHtml,
  metaTags,
  type Route,
  startArticleOrigin,
} from '../support/article-origin.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';

const beside = { originUrl: 'https://www.example.com', publicUrl: 'http://127.0.0.1:8090' };
const changed = (text: string, addresses = beside): string =>
  publicAddresses(addresses)?.(Buffer.from(text)).toString() ?? 'nothing to do';

describe('what is an address of the origin', () => {
  test.each([
    ['https://www.example.com', 'http://127.0.0.1:8090'],
    ['href="https://www.example.com/a?b#c"', 'href="http://127.0.0.1:8090/a?b#c"'],
    ['http://www.example.com/a', 'http://127.0.0.1:8090/a'],
    ['HTTPS://www.example.com/', 'http://127.0.0.1:8090/'],
    ['src="//www.example.com/x.js"', 'src="http://127.0.0.1:8090/x.js"'],
    ['{"url":"https:\\/\\/www.example.com\\/a"}', '{"url":"http:\\/\\/127.0.0.1:8090\\/a"}'],
    ['read https://www.example.com. Then', 'read http://127.0.0.1:8090. Then'],
    [
      'srcset="https://www.example.com/1 1x,https://www.example.com/2 2x"',
      'srcset="http://127.0.0.1:8090/1 1x,http://127.0.0.1:8090/2 2x"',
    ],
  ])('%s', (before, after) => expect(changed(before)).toBe(after));

  test.each([
    'https://www.example.com.evil.test/',
    'https://www.example.company/',
    'https://notwww.example.com/',
    'https://www.example.com:8443/',
    'https://www.example.com@evil.test/',
    'https://me@www.example.com/',
    'mail to editor@www.example.com',
    'www.example.com',
    'https://archive.test/2020/https://www.example.com/a',
    'https://cdn.test//www.example.com/a',
  ])('%s is none, and stays', (text) => expect(changed(text)).toBe(text));

  test('a port is part of the host', () => {
    const addresses = { originUrl: 'http://127.0.0.1:8080', publicUrl: 'https://news.example.com' };
    expect(changed('http://127.0.0.1:8080/a http://127.0.0.1:80801/ http://127.0.0.1/', addresses)).toBe(
      'https://news.example.com/a http://127.0.0.1:80801/ http://127.0.0.1/',
    );
  });

  test('with PRESERVE_HOST=true, and where the origin is called as the site is, there is nothing to do', () => {
    expect(publicAddresses({ ...beside, preserveHost: true })).toBeUndefined();
    expect(
      publicAddresses({ originUrl: 'http://news.example.com', publicUrl: 'https://news.example.com' }),
    ).toBeUndefined();
  });

  test('bytes that are no address of the origin’s are left as they are, whatever they are', () => {
    const rename = publicAddresses(beside);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 200 }), (before, after) => {
        const [head, tail] = [Buffer.from(before), Buffer.from(after)];
        const none = Buffer.concat([head, tail]);
        expect(rename?.(none)).toBe(none);
        const named = Buffer.concat([head, Buffer.from(' https://www.example.com/ '), tail]);
        expect(rename?.(named)).toEqual(Buffer.concat([head, Buffer.from(' http://127.0.0.1:8090/ '), tail]));
      }),
    );
  });
});

describe('through the gate', () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  const open = async (preserveHost?: string): Promise<{ origin: ArticleOrigin; site: RunningGateway }> => {
    const origin = await startArticleOrigin();
    closing.push(() => origin.stop());
    const link = (path: string): string => `<a href="${origin.url}${path}">there</a>`;
    const send =
      (type: string, body: string, extra: Readonly<Record<string, string>> = {}): Route =>
      (_req, res) => {
        res.writeHead(200, { 'Content-Type': type, ETag: '"1"', ...extra });
        res.end(extra['Content-Encoding'] === 'gzip' ? gzipSync(body) : Buffer.from(body));
      };
    origin.on(
      '/',
      send('text/html', `<title>Front</title>${link('/open')}`, {
        'Content-Encoding': 'gzip',
        'Content-Digest': 'sha-256=:x:',
      }),
    );
    origin.on(
      '/plain',
      send('text/html', '<title>Plain</title><p>No address.', { 'Content-Encoding': 'gzip' }),
    );
    const head = `${metaTags}<meta property="article:content_tier" content="free"><link rel="canonical" href="${origin.url}/open">`;
    origin.on(
      '/open',
      send('text/html', articlePage('open', { head, body: bodyHtml('open') + link('/tidewater/one') })),
    );
    origin.on(
      '/rss',
      send(
        'application/rss+xml',
        `<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><link>${origin.url}/</link><item><title>Open</title><link>${origin.url}/open</link></item></channel></rss>`,
      ),
    );
    origin.on('/script.js', send('text/javascript', `fetch("${origin.url}/api")`));
    const site = await startGateway({
      originUrl: origin.url,
      ...(preserveHost === undefined ? {} : { preserveHost }),
    });
    closing.push(() => site.stop());
    return { origin, site };
  };

  test('pages, open articles, canonical links and feeds lead to the gate, and other bytes are the origin’s', async () => {
    const { origin, site } = await open();
    for (const path of ['/', '/open', '/rss']) {
      const { text, headers } = await site.ask(path);
      expect([path, text.includes(origin.url)]).toEqual([path, false]);
      expect(text).toContain(`${site.url}/`);
      expect(headers['content-digest']).toBeUndefined();
    }
    expect((await site.ask('/open')).text).toContain(`<link rel="canonical" href="${site.url}/open">`);
    expect((await site.ask('/script.js')).text).toBe(`fetch("${origin.url}/api")`);
    const plain = await site.ask('/plain', { headers: { 'Accept-Encoding': 'gzip' } });
    expect(plain.headers['content-encoding']).toBe('gzip');
  });

  test('with PRESERVE_HOST=true they are the origin’s to name', async () => {
    const { origin, site } = await open('true');
    expect((await site.ask('/')).text).toContain(`${origin.url}/open`);
  });
});
