/** Whose article a page is: its own, another's that it is a form of, or one of which it is a further page. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type ArticleOrigin,
  articlePage,
  bodyHtml,
  metaTags,
  openingText,
  sendAs,
  sendHtml,
  startArticleOrigin,
  withheldText,
} from '../support/article-origin.ts';
import { accessOf } from '../support/raw-client.ts';
import {
  type Account,
  comp,
  dayMs,
  noon,
  type RunningGateway,
  startGateway,
} from '../support/start-gateway.ts';

const policy = `
site: { language: en, timeZone: UTC }
articles: { paths: [/news/*, /deep/**], body: .article-body }
cutoff: { characters: 200 }
rules:
  - { name: premium, when: { section: Premium }, access: locked }
  - { name: free, when: { path: /news/open-* }, access: open }
otherwise: { access: metered }
preview: { moreFrom: false, related: false }
`;
const premium = '<meta property="article:section" content="Premium">';

let origin: ArticleOrigin;
let site: RunningGateway;
let subscriber: Account;
beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startGateway({ originUrl: origin.url, policy });
  subscriber = await site.account('sub@example.com', [comp('all', noon - dayMs, noon + dayMs)]);
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});

const print = (slug: string, head: string): string =>
  `<!doctype html><html><head><title>Print</title>${head}</head><body onload="print()"><div class="article-body">${bodyHtml(slug)}</div></body></html>`;

const isWithheld = async (target: string, slug: string, asking = {}): Promise<void> => {
  const answer = await site.ask(target, asking);
  expect([target, answer.text.includes(withheldText(slug))]).toEqual([target, false]);
  const whole = await site.ask(target, { ...asking, headers: subscriber.cookie });
  expect([target, whole.status, whole.text.includes(withheldText(slug))]).toEqual([target, 200, true]);
};

describe('a page that is no article by itself', () => {
  beforeAll(() => {
    origin.on('/news/locked', sendHtml(articlePage('locked', { head: premium })));
    origin.on('/news/open-one', sendHtml(articlePage('open-one')));
  });

  test.each([
    ['a canonical link', '<link rel="canonical" href="/news/locked">', {}],
    ['a whole address', () => `<link rel="canonical" href="${site.url}/news/locked?utm_source=x#top">`, {}],
    ['a Link header', '', { Link: '</style.css>; rel=preload, </news/locked>; rel="canonical"' }],
    ['og:url alone', '<meta property="og:url" content="/news/locked">', {}],
  ])('is decided as the article is that it names by %s', async (what, head, headers) => {
    const path = `/print/${what.replaceAll(/\W/g, '')}`;
    origin.on(path, sendHtml(print('locked', typeof head === 'string' ? head : head()), headers));
    await isWithheld(path, 'locked');
    expect(accessOf(await site.ask(path))).toEqual({ outcome: 'preview', reason: 'locked' });
  });

  test('is it too when it is the answer to a POST, or to a query of the front page', async () => {
    origin.on('/', (req, res) => {
      const isStory = /p=4|name=/.test(req.url ?? '');
      sendHtml(
        isStory
          ? print('locked', '<link rel="canonical" href="/news/locked">')
          : '<!doctype html><title>Front page</title><p>Welcome.',
      )(req, res);
    });
    await isWithheld('/?name=locked&preview=true', 'locked');
    await isWithheld('/?p=4', 'locked', { method: 'POST', body: 'x=1' });
    expect((await site.ask('/')).text).toContain('Welcome.');
  });

  test('costs no second free read', async () => {
    origin.on('/news/metered', sendHtml(articlePage('metered')));
    origin.on('/print/metered', sendHtml(print('metered', '<link rel="canonical" href="/news/metered">')));
    const reader = site.reader();
    expect(accessOf(await reader.ask('/print/metered'))).toMatchObject({ reason: 'free-read', left: 2 });
    expect(accessOf(await reader.ask('/news/metered'))).toMatchObject({ reason: 'already-read', left: 2 });
  });

  test('is nobody’s when it names itself, the front page, another site, or what is no article', async () => {
    origin.on('/category/sea', sendHtml('<!doctype html><title>Sea</title><p>A list.'));
    for (const canonical of [
      '/about',
      '/',
      'https://elsewhere.example/news/locked',
      '/category/sea',
      '/gone',
    ]) {
      origin.on('/about', sendHtml(print('about', `<link rel="canonical" href="${canonical}">`)));
      const answer = await site.ask('/about');
      expect([canonical, accessOf(answer).outcome]).toEqual([canonical, 'none']);
      expect(answer.text).toContain(withheldText('about'));
    }
  });

  test('is looked for no further than the site has it: two that name each other are answered', async () => {
    origin.on('/one', sendHtml(print('one', '<link rel="canonical" href="/two">')));
    origin.on('/two', sendHtml(print('two', '<link rel="canonical" href="/one">')));
    const answers = await Promise.all(['/one', '/two', '/one', '/two'].map((path) => site.ask(path)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });
});

describe('a page that is an article by itself', () => {
  test('isn’t opened by a canonical link to an open one', async () => {
    origin.on('/news/open-two', sendHtml(articlePage('open-two')));
    for (const head of [premium, '<meta name="article:content_tier" content="locked">', '']) {
      const path = `/news/escaping-${head.length}`;
      origin.on(path, sendHtml(articlePage('escaping', { head, canonical: '/news/open-two' })));
      const stopped = site.reader();
      for (const slug of ['a', 'b', 'c']) await stopped.ask(`/meta/used-${slug}`);
      const answer = await stopped.ask(path);
      expect([path, answer.text.includes(withheldText('escaping'))]).toEqual([path, false]);
      expect(accessOf(answer).outcome).toBe('preview');
    }
  });

  test('isn’t read for free because all pages share one mistaken canonical link', async () => {
    origin.on('/news/hub', sendHtml(articlePage('hub')));
    const reader = site.reader();
    const answers = [];
    for (const slug of ['m1', 'm2', 'm3', 'm4']) {
      origin.on(`/news/${slug}`, sendHtml(articlePage(slug, { canonical: '/news/hub' })));
      answers.push(accessOf(await reader.ask(`/news/${slug}`)).reason);
    }
    expect(answers).toEqual(['free-read', 'free-read', 'free-read', 'meter-exhausted']);
  });

  test('is the one that it names when its text is that one’s, and locked if it says so itself', async () => {
    origin.on('/news/open-three', sendHtml(articlePage('open-three')));
    const page = (head: string) => articlePage('open-three', { head, canonical: '/news/open-three' });
    origin.on('/deep/open-three', sendHtml(page('')));
    origin.on('/deep/locked-three', sendHtml(page('<meta name="article:content_tier" content="locked">')));
    expect(accessOf(await site.ask('/deep/open-three'))).toEqual({ outcome: 'full', reason: 'open' });
    expect(accessOf(await site.ask('/deep/locked-three'))).toEqual({ outcome: 'full', reason: 'open' });
    const strict = await startGateway({
      originUrl: origin.url,
      policy: policy.replace('access: open', 'access: own-or-open'),
    });
    expect(accessOf(await strict.ask('/deep/open-three')).outcome).toBe('full');
    expect(accessOf(await strict.ask('/deep/locked-three')).outcome).toBe('preview');
    await strict.stop();
  });

  test('with another query is the same article, and no second free read', async () => {
    origin.on('/news/same', sendHtml(articlePage('same', { canonical: '/news/same' })));
    const reader = site.reader();
    await reader.ask('/news/same');
    for (const query of ['?ref=home', '?utm_source=x', '?replytocom=5'])
      expect(accessOf(await reader.ask(`/news/same${query}`))).toMatchObject({
        reason: 'already-read',
        left: 2,
      });
  });
});

describe('the pages of one article', () => {
  const pageOf = (slug: string, number: number, head = ''): string =>
    articlePage(slug, { head, body: bodyHtml(`${slug}-page-${number}`) }).replace(
      '<title>',
      number > 1 ? `<title>Story ${slug} – Page ${number} – ` : '<title>',
    );
  const onPages = (
    slug: string,
    addressOf: (number: number) => string,
    headOf: (number: number) => string,
  ) => {
    for (const number of [1, 2, 3]) {
      const target = addressOf(number);
      const [path = ''] = target.split('?');
      if (path !== target) continue;
      origin.on(path, sendHtml(pageOf(slug, number, headOf(number))));
    }
  };

  test.each([
    ['numbered folders', '/news/w1', (number: number) => (number === 1 ? '/news/w1' : `/news/w1/${number}/`)],
    [
      'under a glob of theirs',
      '/deep/w2/',
      (number: number) => (number === 1 ? '/deep/w2/' : `/deep/w2/${number}/`),
    ],
    ['page-2', '/news/w3', (number: number) => (number === 1 ? '/news/w3' : `/news/w3/page-${number}`)],
  ])('are one free read and one preview: %s', async (_what, first, addressOf) => {
    const slug = first.replaceAll(/\/|news|deep/g, '');
    onPages(slug, addressOf, () => '');
    const reader = site.reader();
    expect(accessOf(await reader.ask(addressOf(2)))).toMatchObject({ reason: 'free-read', left: 2 });
    expect(accessOf(await reader.ask(addressOf(1)))).toMatchObject({ reason: 'already-read', left: 2 });
    expect(accessOf(await reader.ask(addressOf(3)))).toMatchObject({ reason: 'already-read', left: 2 });
    const stopped = site.reader();
    for (const other of ['x', 'y', 'z']) await stopped.ask(`/meta/used-${other}`);
    expect((await stopped.ask(addressOf(1))).text).toContain(openingText(`${slug}-page-1`));
    for (const number of [2, 3]) {
      const { text } = await stopped.ask(addressOf(number));
      expect(text).not.toContain(openingText(`${slug}-page-${number}`));
      expect(text).not.toContain(withheldText(`${slug}-page-${number}`));
      expect(text).toContain('gatefold-prompt');
    }
  });

  test('are one where a query numbers them', async () => {
    origin.on('/news/q', (req, res) => {
      const number = Number(/page=(\d)/.exec(req.url ?? '')?.[1] ?? 1);
      sendHtml(pageOf('q', number))(req, res);
    });
    const reader = site.reader();
    await reader.ask('/news/q');
    expect(accessOf(await reader.ask('/news/q?page=2'))).toMatchObject({ reason: 'already-read', left: 2 });
  });

  test('are one where a link names the page before, though other things are numbered so, too', async () => {
    origin.on('/news/g', sendHtml(pageOf('g', 1)));
    origin.on('/news/g-2', sendHtml(pageOf('g', 2, '<link rel="prev" href="/news/g">')));
    const reader = site.reader();
    await reader.ask('/news/g');
    expect(accessOf(await reader.ask('/news/g-2'))).toMatchObject({ reason: 'already-read', left: 2 });
  });

  test('a second article of the same name is another', async () => {
    for (const name of ['letters', 'letters-2', 'letters-3'])
      origin.on(`/news/${name}`, sendHtml(articlePage('letters', { body: bodyHtml(name) })));
    const reader = site.reader();
    for (const [at, name] of ['letters', 'letters-2', 'letters-3'].entries())
      expect(accessOf(await reader.ask(`/news/${name}`))).toMatchObject({
        reason: 'free-read',
        left: 2 - at,
      });
  });

  test('numbered articles below a list are articles of their own, and years and further lists are none', async () => {
    origin.on('/deep', sendHtml('<!doctype html><title>All of it</title><p>A list.'));
    const reader = site.reader();
    for (const [at, id] of ['101', '102'].entries()) {
      origin.on(`/deep/${id}`, sendHtml(articlePage(id)));
      expect(accessOf(await reader.ask(`/deep/${id}`))).toMatchObject({ reason: 'free-read', left: 2 - at });
    }
    for (const path of ['/2024/', '/2024/5/', '/page/2/', '/category/sea/page/2/', '/chapter/2']) {
      origin.on(path, sendHtml('<!doctype html><title>List</title><p>Nothing but names.'));
      const answer = await site.ask(path);
      expect([path, answer.text.includes('Nothing but names.'), accessOf(answer).outcome]).toEqual([
        path,
        true,
        'none',
      ]);
    }
  });

  test('a page of comments shows the article’s own preview, since its text is the article’s', async () => {
    origin.on('/news/talk', sendHtml(articlePage('talk', { head: premium })));
    origin.on('/news/talk/comment-page-1/', sendHtml(articlePage('talk', { head: premium })));
    const { text } = await site.ask('/news/talk/comment-page-1/');
    expect(text).toContain(openingText('talk'));
    expect(text).not.toContain(withheldText('talk'));
  });
});

describe('other forms', () => {
  beforeAll(() => {
    origin.on('/news/facts', (req, res) => {
      if (/format=|_rsc=/.test(req.url ?? '')) sendAs('text/x-component', withheldText('facts'))(req, res);
      else sendHtml(articlePage('facts', { head: premium }))(req, res);
    });
    for (const [path, type] of [
      ['/news/facts.txt', 'text/plain'],
      ['/news/facts.pdf', 'application/pdf'],
      ['/news/facts/__data.json', 'application/json'],
      ['/files/9', 'application/pdf'],
    ] as const)
      origin.on(path, sendAs(type, withheldText('facts'), { Link: '</news/facts>; rel=canonical' }));
  });

  test.each([
    '/news/facts?format=txt',
    '/news/facts?_rsc=1',
    '/news/facts.txt',
    '/news/facts.pdf',
    '/news/facts/__data.json',
    '/files/9',
  ])('%s is decided as the article’s page is, by what that says of itself', async (target) => {
    await isWithheld(target, 'facts');
    expect(accessOf(await site.ask(target))).toMatchObject({ outcome: 'preview' });
  });

  test('are nobody’s free read while their page can’t be asked for', async () => {
    origin.on('/news/down', (req, res) => {
      if (/format=/.test(req.url ?? '')) sendAs('text/plain', withheldText('down'))(req, res);
      else req.socket.destroy();
    });
    await isWithheld('/news/down?format=txt', 'down');
  });

  test('of what is redirected are its that the redirect leads to', async () => {
    origin.on('/old', (req, res) => {
      if (/json/.test(req.headers.accept ?? ''))
        sendAs('application/activity+json', withheldText('facts'))(req, res);
      else res.writeHead(301, { Location: '/news/facts' }).end();
    });
    const asking = { headers: { Accept: 'application/activity+json' } };
    expect((await site.ask('/old', asking)).text).not.toContain(withheldText('facts'));
    const html = await site.ask('/old', { headers: { Accept: 'text/html' } });
    expect([html.status, accessOf(html).outcome]).toEqual([301, 'none']);
  });

  test('a piece of a page that says nothing of itself is its article’s', async () => {
    origin.on('/tales/piece', (req, res) => {
      if (req.headers['x-pjax']) sendHtml(`<div class="article-body">${bodyHtml('piece')}</div>`)(req, res);
      else sendHtml(articlePage('piece', { head: metaTags + premium }))(req, res);
    });
    const answer = await site.ask('/tales/piece', { headers: { 'X-PJAX': 'true' } });
    expect(answer.text).not.toContain(withheldText('piece'));
  });
});
