/** What becomes of a feed's entries: by the feed's own path, and by whose words they are. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import { formatFault } from '../../src/policy/policy-fault.ts';
import {
  type ArticleOrigin,
  bodyHtml,
  sendAs,
  startArticleOrigin,
  withheldText,
} from '../support/article-origin.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';

let origin: ArticleOrigin;
let site: RunningGateway;
const policy = (feeds: string): string => `
articles: { paths: /tidewater/*, feeds: ${feeds} }
cutoff: { characters: 60 }
otherwise: { access: locked }
`;

const item = (link: string, text: string): string =>
  `<item><title>An entry</title><link>${link}</link><description><![CDATA[${text}]]></description></item>`;
const rss = (...items: readonly string[]) =>
  sendAs(
    'application/rss+xml',
    `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>T</title>${items.join('')}</channel></rss>`,
  );
const longComment =
  'I was there when the bell was rung, and what the paper says of it is not what I heard that night. '.repeat(
    9,
  );

beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startGateway({ originUrl: origin.url, policy: policy('cut') });
});
afterAll(async () => {
  await site.stop();
  await origin.stop();
});
beforeEach(() => {
  const entries = [item('/tidewater/one', bodyHtml('one')), item('/about', 'News of a page.')];
  for (const path of ['/feed.xml', '/partners/feed.xml', '/headlines.xml']) origin.on(path, rss(...entries));
});

describe('by its path', () => {
  test('a feed passes, loses gated articles or has them cut, as the first entry says that covers it', async () => {
    site.writePolicy(
      policy('[{ paths: /partners/*, way: pass }, { paths: [/headlines.xml, /partners/**], way: exclude }]'),
    );
    // A changed policy is in force a moment later.
    const asked = async (path: string): Promise<string> => (await site.ask(path)).text;
    for (
      let tries = 0;
      tries < 100 && !(await asked('/partners/feed.xml')).includes(withheldText('one'));
      tries += 1
    )
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await asked('/partners/feed.xml')).toContain(withheldText('one'));
    const headlines = await asked('/headlines.xml');
    expect(headlines).not.toContain('/tidewater/one');
    expect(headlines).toContain('News of a page.');
    const cut = await asked('/feed.xml');
    expect(cut).toContain('/tidewater/one');
    expect(cut).not.toContain(withheldText('one'));
  });

  test.each([
    ['[{ paths: /a.xml, way: drop }]', 'cut, exclude, pass'],
    ['[{ path: /a.xml, way: pass }]', 'did you mean paths?'],
    ['[{ paths: a.xml, way: pass }]', '/a.xml'],
    ['drop', 'cut, exclude, pass'],
  ])('feeds: %s is refused with what to write', (feeds, words) => {
    const loaded = loadPolicy(policy(feeds), 'policy.yaml');
    if (loaded.kind !== 'faulty') throw new Error('it was taken');
    expect(loaded.faults.map(formatFault).join('\n')).toContain(words);
  });
});

describe('comments under an article', () => {
  test('are whole, with their bytes, however long they are', async () => {
    const entry = item(`${origin.url}/tidewater/two/comment-page-1/#comment-12`, longComment);
    origin.on('/comments/feed', rss(entry, item('/tidewater/two#comment-13', 'Well said.')));
    const { text } = await site.ask('/comments/feed');
    expect(text).toContain(longComment);
    expect(text).toContain('<![CDATA[Well said.]]>');
    expect(text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<rss/);
  });

  test('that quote what is withheld are cleaned of it, once the article is known', async () => {
    await site.ask('/tidewater/quoted');
    origin.on(
      '/comments/feed',
      rss(item('/tidewater/quoted#comment-1', `${longComment}${bodyHtml('quoted')}`)),
    );
    let text = '';
    for (let tries = 0; tries < 100; tries += 1) {
      text = (await site.ask('/comments/feed')).text;
      if (!text.includes(withheldText('quoted'))) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(text).not.toContain(withheldText('quoted'));
  });

  test('a place within an article is the article’s: its text is cut', async () => {
    origin.on(
      '/live.xml',
      rss(
        item('/tidewater/three#c12', bodyHtml('three')),
        item('/tidewater/three#block-1', bodyHtml('three')),
      ),
    );
    expect((await site.ask('/live.xml')).text).not.toContain(withheldText('three'));
  });
});
