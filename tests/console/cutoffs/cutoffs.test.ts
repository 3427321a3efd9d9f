/** Cutoffs in the console, over a whole gateway: tried on an article, saved in the draft, and nothing of it counted. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { countGraphemes } from '../../../src/preview/graphemes.ts';
import {
  type ArticleOrigin,
  articlePage,
  openingText,
  sendHtml,
  startArticleOrigin,
  withheldText,
} from '../../support/article-origin.ts';
import { type OperatorBrowser, operatorAt } from '../../support/console-browser.ts';
import { type RunningGateway, startGateway, testPolicy } from '../../support/start-gateway.ts';

const policy = `${testPolicy}rules:
  - { name: news, when: { tag: news }, access: metered, products: all, cutoff: { words: 12, ending: sentence } }
  - { name: free, when: { path: /tidewater/open-* }, access: open }
`;

let [origin, site, editor] = [] as unknown as [ArticleOrigin, RunningGateway, OperatorBrowser];
beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startGateway({ originUrl: origin.url, policy });
  editor = await operatorAt(site, 'editor');
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});
const preview = (asked: object) => editor.api('POST', '/cutoffs/preview', asked);
const revision = async (): Promise<string> => String((await editor.api('GET', '/cutoffs')).body.revision);
/** Back to what is in force. */
const withoutDraft = async (): Promise<void> => {
  await save({ by: 'characters', count: '200', rule: '', revision: await revision() });
  await save({ by: 'words', count: '12', ending: 'sentence', rule: 'news', revision: await revision() });
  await editor.post('/-/console/cutoffs/reset', { rule: 'otherwise', revision: await revision() });
  expect((await editor.api('GET', '/cutoffs')).body.of).toBe('inForce');
};
const save = (fields: Readonly<Record<string, string>>) =>
  editor.post('/-/console/cutoffs/save', { ending: 'exact', marker: '', ...fields });
const typed = { by: 'characters', count: '90', ending: 'exact', marker: '' };

test('the figures are those of the page that a stopped reader gets', async () => {
  const address = '/tidewater/figures';
  const { body } = await preview({ address });
  const reader = site.reader();
  for (const slug of ['a', 'b', 'c']) await reader.ask(`/tidewater/${slug}`);
  const page = (await reader.ask(address)).text;
  expect(body).toMatchObject({ kind: 'cut', shownCharacters: 200, rule: 'otherwise' });
  expect(body.characters).toBeGreaterThan(200);
  expect(body.says).toContain(`Shows 200 of ${body.characters} characters`);
  expect(page).toContain(body.lastWords.replace(/^… /, ''));
  expect(page).not.toContain(withheldText('figures'));
});

test('a typed cutoff moves the cut at once, and nothing is saved', async () => {
  for (const characters of [30, 60, 120]) {
    const { body } = await preview({ address: '/tidewater/typed', cutoff: { characters } });
    expect(body.shownCharacters).toBe(
      countGraphemes(
        `${openingText('typed')} tells of a harbour at low water, of the people who walk out over the flats before dawn, of what they carry and what they leave to the tide`
          .slice(0, characters)
          .trimEnd(),
      ),
    );
  }
  const words = (await preview({ address: '/tidewater/typed', cutoff: { words: 6 } })).body;
  expect(words).toMatchObject({ shownWords: 6, lastWords: 'The opening of typed tells of' });
  expect((await editor.api('GET', '/cutoffs')).body).toMatchObject({
    of: 'inForce',
    general: { count: 200 },
  });
});

test('looking asks the origin for the article once, however the number is moved', async () => {
  const address = '/tidewater/moved';
  for (let characters = 10; characters < 60; characters += 5)
    await preview({ address, cutoff: { characters } });
  expect(origin.count(address)).toBe(1);
});

test('looking counts nothing: the reader has all free reads afterwards', async () => {
  await preview({ address: '/tidewater/uncounted' });
  const answer = await site.reader().ask('/tidewater/uncounted');
  expect(answer.headers['gatefold-access']).toContain('full; reason=free-read; left=2; of=3');
});

test('an article that its rule leaves open is said to be open and shown whole', async () => {
  const { body } = await preview({ address: '/tidewater/open-day' });
  expect(body).toMatchObject({ kind: 'open', rule: 'free' });
  expect(body.says).toContain('the rule free leaves it open');
  expect(body.shownCharacters).toBeUndefined();
});

test('a cutoff beyond the end leaves nothing to withhold, and says so', async () => {
  const { body } = await preview({ address: '/tidewater/short', cutoff: { percent: 100 } });
  expect(body).toMatchObject({ kind: 'open' });
  expect(body.says).toContain('beyond the end');
});

test('an article under a rule with its own cutoff doesn’t follow the general one, and says whose it is', async () => {
  const head = '<meta property="article:tag" content="news">';
  origin.on('/tidewater/tagged', sendHtml(articlePage('tagged', { head })));
  const [few, many] = [
    await preview({ address: '/tidewater/tagged', cutoff: { words: 3 } }),
    await preview({ address: '/tidewater/tagged' }),
  ];
  expect(few.body.shownCharacters).toBe(many.body.shownCharacters);
  expect(few.body).toMatchObject({ rule: 'news', cutoffOf: 'news' });
  expect(few.body.says).toContain('what you change here doesn’t move it');
  const own = await preview({ address: '/tidewater/tagged', rule: 'news', cutoff: { words: 3 } });
  expect(own.body).toMatchObject({ shownWords: 3 });
  expect(own.body.says).not.toContain('doesn’t move it');
});

test('an own mark ends the preview where it stands, and the count holds without it', async () => {
  const body =
    '<p>Before the mark.</p><!--more--><p>After the mark.</p><p>And on, for as long as it takes.</p>';
  origin.on('/tidewater/marked', sendHtml(articlePage('marked', { body })));
  const cutoff = { marker: 'more', otherwise: { words: 2 } };
  expect((await preview({ address: '/tidewater/marked', cutoff })).body.lastWords).toBe('Before the mark.');
  expect((await preview({ address: '/tidewater/unmarked', cutoff })).body.lastWords).toBe('The opening');
});

test('what is no article, and what can’t be cut, is said in words and never fails', async () => {
  expect((await preview({ address: '/nothing-here' })).body).toMatchObject({ kind: 'nothing' });
  origin.on('/tidewater/bodiless', sendHtml('<!doctype html><title>B</title><p>Text without a body.'));
  expect((await preview({ address: '/tidewater/bodiless' })).body).toMatchObject({ kind: 'uncuttable' });
  await origin.down();
  const down = (await preview({ address: '/tidewater/never-seen' })).body;
  await origin.up();
  expect(down).toMatchObject({ kind: 'nothing' });
  expect(down.says).toContain('doesn’t answer');
});

test('bad addresses, cutoffs and rules are refused with what to do', async () => {
  const address = '/tidewater/one';
  const refusals = [
    [400, 'request-invalid', { address: 'https://elsewhere.example/tidewater/one' }],
    [400, 'request-invalid', {}],
    [400, 'request-invalid', { address, cutoff: { characters: 'many' } }],
    [422, 'policy-faulty', { address, cutoff: { characters: -1 } }],
    [422, 'policy-faulty', { address, cutoff: { words: 1.5 } }],
    [422, 'policy-faulty', { address, cutoff: { characters: 5, words: 5 } }],
    [422, 'policy-faulty', { address, cutoff: {} }],
    [409, 'edit-refused', { address, rule: 'gone', cutoff: { words: 3 } }],
  ] as const;
  for (const [status, code, asked] of refusals) {
    const answer = await preview(asked);
    expect([asked, answer.status, answer.body.error?.code]).toEqual([asked, status, code]);
  }
});

test('the framed picture runs nothing, keeps nothing, is framed by the console alone and leads nowhere', async () => {
  const body =
    '<p>Shown text of the scripted one.</p><p>More of it, and more.</p><script>document.title = "ran"</script>';
  origin.on('/tidewater/scripted', sendHtml(articlePage('scripted', { body }), { 'Set-Cookie': 'theirs=1' }));
  const query = new URLSearchParams({ address: '/tidewater/scripted', ...typed, count: '20' });
  const { status, headers, text } = await editor.get(`/-/console/cutoffs/picture?${query}`);
  expect(status).toBe(200);
  expect(headers['content-security-policy']).toMatch(
    /^sandbox; default-src 'none'; .*frame-ancestors 'self'$/,
  );
  expect(headers['content-security-policy']).not.toContain('script-src');
  expect(headers['cache-control']).toBe('private, no-store');
  expect(headers['set-cookie']).toBeUndefined();
  expect(headers['x-frame-options']).toBeUndefined();
  expect(headers['referrer-policy']).toBe('no-referrer');
  expect(text).toContain(`<base href="${site.url}/tidewater/scripted" target="_blank" />`);
  expect(text).toContain('gatefold-prompt');
  expect(text).not.toContain('More of it');
});

test('the page works without script: the address, the figures, the last words and the frame are in it', async () => {
  const query = new URLSearchParams({ address: '/tidewater/plain', ...typed });
  const { text } = await editor.get(`/-/console/cutoffs?${query}`);
  expect(text).toContain('Shows 89 of ');
  expect(text).toContain('Its last words');
  expect(text).toMatch(
    /<iframe[^>]* src="\/-\/console\/cutoffs\/picture\?[^"]*count=90[^"]*#gatefold-cut"[^>]* sandbox/,
  );
});

test('whichever of list and address was changed last is the article that is shown', async () => {
  await site.reader().ask('/tidewater/listed');
  const ask = async (fields: Record<string, string>) =>
    (await editor.get(`/-/console/cutoffs?${new URLSearchParams(fields)}`)).text;
  const shows = (slug: string) => `address=%2Ftidewater%2F${slug}`;
  expect(await ask({ article: '/tidewater/listed', address: '/tidewater/new', shown: '' })).toContain(
    shows('new'),
  );
  const back = { article: '/tidewater/listed', address: '/tidewater/new', shown: '/tidewater/new' };
  expect(await ask(back)).toContain(shows('listed'));
});

test('saved in the draft, for the general cutoff, a rule and all other articles; and back again', async () => {
  for (const rule of ['', 'news', 'otherwise']) {
    const saved = await editor.post('/-/console/cutoffs/save', {
      ...typed,
      rule,
      revision: await revision(),
    });
    expect(saved.status).toBe(303);
    expect(saved.headers.location).toMatch(/done=saved#cutoff$/);
  }
  const { body } = await editor.api('GET', '/cutoffs');
  expect(body).toMatchObject({ of: 'draft', general: { by: 'characters', count: 90 } });
  expect(body.own).toMatchObject([
    { rule: 'news', by: 'characters', count: 90, words: 'after 90 characters' },
    { rule: 'otherwise', count: 90 },
  ]);
  const reset = await editor.post('/-/console/cutoffs/reset', {
    rule: 'otherwise',
    revision: await revision(),
  });
  expect(reset.status).toBe(303);
  expect((await editor.api('GET', '/cutoffs')).body.own).toHaveLength(1);
  await withoutDraft();
});

test('a faulty cutoff is said at its field, and what was typed stands there again', async () => {
  const faulty = { ...typed, count: '1.5', by: 'words', rule: '', revision: await revision() };
  const answer = await editor.post('/-/console/cutoffs/save', faulty);
  expect(answer.status).toBe(422);
  const [field = ''] = /<input[^>]*id="cutoff-count"[^>]*>/.exec(answer.text) ?? [];
  expect(field).toContain('value="1.5"');
  expect(field).toMatch(/aria-describedby="[^"]*cutoff-count.fault/);
  expect(field).toContain('aria-invalid="true"');
  const words = await editor.post('/-/console/cutoffs/save', { ...faulty, count: 'plenty' });
  expect(words.status).toBe(422);
  expect(words.text).toContain('Give a number, such as 2000.');
});

test('who saves over a draft that changed meanwhile is told, and saves nothing', async () => {
  const seen = await revision();
  await editor.post('/-/console/cutoffs/save', { ...typed, rule: '', revision: seen });
  const late = await editor.post('/-/console/cutoffs/save', {
    ...typed,
    count: '77',
    rule: '',
    revision: seen,
  });
  expect(late.status).toBe(409);
  expect(late.text).toContain('You had: <b>77</b>');
  expect((await editor.api('GET', '/cutoffs')).body.general.count).toBe(90);
  await withoutDraft();
});

test('a viewer looks and tries, and can save nothing', async () => {
  const viewer = await operatorAt(site, 'viewer');
  const page = await viewer.get('/-/console/cutoffs?address=/tidewater/one');
  expect(page.status).toBe(200);
  expect(page.text).not.toContain('Save in the draft');
  expect(
    (await viewer.api('POST', '/cutoffs/preview', { address: '/tidewater/one', cutoff: { words: 3 } }))
      .status,
  ).toBe(200);
  expect((await viewer.post('/-/console/cutoffs/save', { ...typed, rule: '', revision: '0' })).status).toBe(
    403,
  );
});

test('strange questions get an answer: no rule, no address, nonsense', async () => {
  for (const query of [
    'rule=gone',
    'address=nonsense',
    'by=miles&count=3&ending=exact',
    'address=%00',
    'rule=__proto__',
    'width=wall',
    'by=words&count=&ending=word',
  ]) {
    const { status } = await editor.get(`/-/console/cutoffs?${query}`);
    expect([query, status]).toEqual([query, 200]);
    expect((await editor.get(`/-/console/cutoffs/picture?${query}`)).status).toBeLessThan(500);
  }
  expect((await editor.post('/-/console/cutoffs/save', { rule: '' })).status).toBe(400);
});

test('while the draft has faults the page shows what is in force, and says where to mend it', async () => {
  const faulty = `${policy}cutoff: { characters: none }\n`;
  await editor.api('PUT', '/policy/draft', { text: faulty, revision: Number(await revision()) });
  const page = await editor.get('/-/console/cutoffs?address=/tidewater/one');
  expect(page.status).toBe(200);
  expect(page.text).toContain('mend it under Versions first');
  expect(page.text).not.toContain('Save in the draft');
  expect((await editor.api('GET', '/cutoffs')).body).toMatchObject({
    of: 'inForce',
    general: { count: 200 },
  });
  expect((await preview({ address: '/tidewater/one' })).status).toBe(422);
  expect((await editor.get('/-/console/cutoffs/picture?address=/tidewater/one')).status).toBe(422);
  expect((await editor.get('/-/console/messages')).status).toBe(200);
  expect((await editor.get('/-/console/messages/picture')).status).toBe(200);
  const saved = await save({ by: 'words', count: '5', rule: '', revision: await revision() });
  expect(saved.status).toBe(409);
});
