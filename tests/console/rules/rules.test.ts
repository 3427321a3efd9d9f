/** The console's rules, over a whole gateway: listed in words, moved, edited, tried on an address; and their calls. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readEntries, writeEntries } from '../../../src/console/rules/entry-list.ts';
import { recentViews } from '../../../src/console/rules/recent-views.ts';
import { type ArticleOrigin, startArticleOrigin } from '../../support/article-origin.ts';
import { type OperatorBrowser, operatorAt, programAt } from '../../support/console-browser.ts';
import { type RunningGateway, startGateway } from '../../support/start-gateway.ts';
import { manyRules } from './many-rules.ts';

const policy = `
site: { name: The Test Reader, language: en, timeZone: UTC }
publications: [{ id: tidewater, name: Tidewater, paths: /tidewater/** }]
products: [{ id: all, name: Everything }, { id: other, name: Something else }]
meters:
  main: { window: month, visitor: 3, registered: 5 }
articles:
  paths: [/tidewater/*]
  body: .article-body
cutoff: { characters: 200 }
rules:
  # Sponsored, by contract.
  - name: sponsored
    when: { tag: sponsored }
    access: open
  - name: tides
    when: { path: /tidewater/** }
    access: metered
    products: all
  - name: harbour
    when: { path: /tidewater/harbour, newerThanDays: 30 }
    access: locked
    products: [all, other]
    cutoff: { words: 40, ending: sentence }
otherwise: { access: own-or-metered, products: all }
preview: { moreFrom: false, related: false }
`;

let origin: ArticleOrigin;
let site: RunningGateway;
beforeAll(async () => {
  origin = await startArticleOrigin();
});
afterAll(async () => {
  await origin?.stop();
});

/** Each test has a draft of its own. */
const withSite = async (run: (editor: OperatorBrowser) => Promise<void>): Promise<void> => {
  site = await startGateway({ originUrl: origin.url, policy });
  try {
    await run(await operatorAt(site, 'editor'));
  } finally {
    await site.stop();
  }
};

const namesOn = (html: string): readonly string[] =>
  [...html.matchAll(/<li class="rules-row"[^>]* data-rule="([^"]+)"/g)].map(([, name = '']) => name);

const revisionOn = (html: string): string => /name="revision" value="(\d+)"/.exec(html)?.[1] ?? '';

const draftText = async (): Promise<string> => {
  const { draft } = await site.gateway.stores.versions.desk();
  return draft.kind === 'draft' ? draft.text : '';
};
const revision = async (editor: OperatorBrowser): Promise<string> =>
  revisionOn((await editor.get('/-/console/rules')).text);

test('the list says each rule in words, in order, and marks the one that can never apply', () =>
  withSite(async (editor) => {
    const { status, text } = await editor.get('/-/console/rules');
    expect(status).toBe(200);
    expect(namesOn(text)).toEqual(['sponsored', 'tides', 'harbour']);
    expect(text).toContain('<b>Articles tagged sponsored</b></p><p>Everyone reads them.</p>');
    expect(text).toContain(
      '<b>Articles under /tidewater/harbour, newer than 30 days</b></p><p>Subscribers to Everything or Something else.</p>',
    );
    expect(text).toContain('Previews end after 40 words, at the end of a sentence.');
    expect(text.match(/Previews end/g)).toHaveLength(1);
    expect(text).toContain('Never applies: tides, further up, takes all of its articles.');
    expect(text).toContain('Matched nothing in the last 7 days.');
  }));

const browserAgent = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140' };

const readAs = async (slugs: readonly string[]): Promise<void> => {
  const visitor = site.reader(browserAgent);
  for (const slug of slugs) await visitor.ask(`/tidewater/${slug}`);
  await site.gateway.insight.flush();
};

test('views and previews of the last 7 days stand at the rule that decided them', () =>
  withSite(async (editor) => {
    await readAs(['a', 'b', 'c', 'd']);
    expect((await editor.get('/-/console/rules')).text).toContain(
      '4 views in the last 7 days, 1 of them a preview.',
    );
    const { body } = await editor.api('GET', '/rules');
    const [, tides, harbour] = body.rules;
    expect(tides).toMatchObject({ name: 'tides', matched7Days: { views: 4, previews: 1 }, shadowedBy: null });
    expect(harbour).toMatchObject({ shadowedBy: 'tides', matched7Days: { views: 0, previews: 0 } });
    expect(harbour.sentence).toBe(
      'Articles under /tidewater/harbour, newer than 30 days. Subscribers to Everything or Something else. Previews end after 40 words, at the end of a sentence.',
    );
  }));

test('a draft’s rules are told with what they would match of the decision log', () =>
  withSite(async (editor) => {
    await readAs(['a', 'b', 'c']);
    const crawler = site.reader({ 'User-Agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' });
    await crawler.ask('/tidewater/d');
    await site.gateway.insight.flush();
    const counts = async () =>
      Object.fromEntries(
        (await editor.api('GET', '/rules/would-match')).body.rules.map(
          ({ name, views }: { name: string; views: number }) => [name, views],
        ),
      );
    expect(await counts()).toEqual({ sponsored: 0, tides: 3, harbour: 0, otherwise: 0 });
    const log = { store: site.gateway.stores.decisionLog, onMalformed: () => undefined };
    const newest = await recentViews({ ...log, most: 2 }, site.time.now);
    expect([newest.views, newest.all, [...newest.articles.keys()].map(({ path }) => path)]).toEqual([
      2,
      false,
      ['/tidewater/b', '/tidewater/c'],
    ]);
    const later = site.time.now + 8 * 86_400_000;
    expect(await recentViews(log, later)).toMatchObject({ views: 0, all: true });
    expect((await editor.get('/-/console/rules')).text).not.toContain('Count what each would match');
    const fields = { name: 'a-only', path: '/tidewater/a', access: 'open', place: '1', cutoffBy: '' };
    const added = await editor.post('/-/console/rules/new', { ...fields, revision: await revision(editor) });
    expect(added.headers.location).toBe('/-/console/rules?done=saved#rule-a-only');
    expect(await counts()).toEqual({ 'a-only': 1, sponsored: 0, tides: 2, harbour: 0, otherwise: 0 });
    expect((await editor.get('/-/console/rules')).text).toContain('Count what each would match');
    const { text } = await editor.get('/-/console/rules?would=match');
    expect(text).toContain('Would match 2 views.');
    expect(text).toContain('Not published under this name yet.');
  }));

const move = (editor: OperatorBrowser, fields: Readonly<Record<string, string>>) =>
  editor.post('/-/console/rules/move', fields);

test('a rule is moved by its buttons, by numbers and by name; the text keeps its comments', () =>
  withSite(async (editor) => {
    const order = async () => namesOn((await editor.get('/-/console/rules')).text);
    const up = await move(editor, { revision: await revision(editor), up: 'harbour' });
    expect(up.status).toBe(303);
    expect(up.headers.location).toBe('/-/console/rules?done=saved#rule-harbour');
    expect(await order()).toEqual(['sponsored', 'harbour', 'tides']);
    expect((await editor.get('/-/console/rules')).text).not.toContain('Never applies');
    await move(editor, { revision: await revision(editor), from: '3', to: '1' });
    expect(await order()).toEqual(['tides', 'sponsored', 'harbour']);
    await move(editor, { revision: await revision(editor), name: 'tides', to: '99' });
    expect(await order()).toEqual(['sponsored', 'harbour', 'tides']);
    expect(await draftText()).toContain('# Sponsored, by contract.\n  - name: sponsored');
    const first = await move(editor, { revision: await revision(editor), up: 'sponsored' });
    expect(first.headers.location).toContain('done=unchanged');
    await move(editor, { revision: await revision(editor), down: 'harbour' });
    expect(await order()).toEqual(['sponsored', 'tides', 'harbour']);
    expect((await site.gateway.stores.versions.desk()).draft.kind).toBe('none');
  }));

test('who moves a list that somebody else has changed since is told so, and nothing is moved', () =>
  withSite(async (editor) => {
    const stale = await revision(editor);
    await move(editor, { revision: stale, down: 'sponsored' });
    const late = await move(editor, { revision: stale, up: 'harbour' });
    expect(late.status).toBe(409);
    expect(late.text).toContain(`${editor.email} changed the draft while this page was open`);
    expect(namesOn(late.text)).toEqual(['tides', 'sponsored', 'harbour']);
    const bad = await move(editor, { revision: await revision(editor), from: 'x', to: '-1' });
    expect(bad.status).toBe(400);
    const gone = await move(editor, { revision: await revision(editor), up: 'nobody' });
    expect(gone.status).toBe(409);
    expect(gone.text).toContain('isn’t in the list any more');
  }));

const harbourForm = {
  rule: 'harbour',
  name: 'harbour',
  path: '/tidewater/harbour',
  newerThanDays: '30',
  access: 'locked',
  products: ['all', 'other'],
  cutoffBy: 'words',
  cutoffCount: '40',
  cutoffEnding: 'sentence',
};

const edit = async (editor: OperatorBrowser, fields: Readonly<Record<string, string | readonly string[]>>) =>
  editor.post('/-/console/rules/edit', { ...harbourForm, revision: await revision(editor), ...fields });

test('a rule’s form shows what is written, and saving it untouched changes nothing', () =>
  withSite(async (editor) => {
    const { text } = await editor.get('/-/console/rules/edit?name=harbour');
    expect(text).toContain('>/tidewater/harbour</textarea>');
    expect(text).toContain('name="newerThanDays"');
    expect((await edit(editor, {})).headers.location).toContain('done=unchanged');
    expect(await draftText()).toBe('');
  }));

test('every field of a rule can be set and taken back', () =>
  withSite(async (editor) => {
    const set = await edit(editor, {
      name: 'port',
      publication: 'tidewater',
      section: ['Food, Travel\r\n"Oysters, raw"', 'Added'],
      tag: 'tide',
      author: '"Hale, Ada"',
      path: '/{a,b}/**, /c/*',
      language: 'en',
      level: ['metered', 'locked'],
      olderThanDays: '2',
      access: 'own-or-metered',
      meter: 'main',
      products: 'other',
      cutoffBy: 'percent',
      cutoffCount: '12.5',
      cutoffEnding: 'word',
    });
    expect(set.headers.location).toBe('/-/console/rules?done=saved#rule-port');
    const [, , rule] = (await editor.api('GET', '/rules')).body.rules;
    expect(rule).toMatchObject({
      name: 'port',
      when: {
        publication: ['tidewater'],
        section: ['Food', 'Travel', 'Oysters, raw', 'Added'],
        tag: ['tide'],
        author: ['Hale, Ada'],
        path: ['/{a,b}/**', '/c/*'],
        language: ['en'],
        level: ['metered', 'locked'],
        olderThanDays: 2,
        newerThanDays: 30,
      },
      terms: {
        access: 'metered',
        ownLevelFirst: true,
        meter: 'main',
        products: ['other'],
        cutoff: { by: 'percent', count: 12.5, ending: 'word' },
      },
      matched7Days: null,
    });
    const back = await edit(editor, {
      rule: 'port',
      cutoffBy: '',
      cutoffCount: '12.5',
      path: '',
      newerThanDays: '',
      access: 'open',
    });
    expect(back.headers.location).toContain('done=saved');
    const plain = (await editor.api('GET', '/rules')).body.rules[2];
    expect(plain).toMatchObject({
      name: 'harbour',
      when: {},
      terms: { access: 'open', cutoff: { count: 200 } },
    });
    const removed = await editor.post('/-/console/rules/remove', {
      revision: await revision(editor),
      name: 'harbour',
    });
    expect(removed.headers.location).toBe('/-/console/rules?done=saved');
    expect(await draftText()).not.toContain('harbour');
  }));

test('what is wrong stands at its field, entry by entry, with what was typed; nothing is saved', () =>
  withSite(async (editor) => {
    const bad = await edit(editor, {
      name: 'Harbour & Co',
      path: '/fine/**\nno-slash, also bad**',
      language: 'klingonese-language',
      newerThanDays: '1',
      olderThanDays: '5',
      products: [],
      cutoffCount: '101',
      cutoffBy: 'percent',
    });
    expect(bad.status).toBe(422);
    expect(bad.text).toMatch(/id="name-fault"[\s\S]*can’?'?t be an id/);
    expect(bad.text).toMatch(/id="path-fault"[\s\S]*Entry 2 \(no-slash\): a path glob begins with/);
    expect(bad.text).toMatch(/id="path-fault"[\s\S]*Entry 3 \(also bad\*\*\)/);
    expect(bad.text).toMatch(/id="language-fault"/);
    expect(bad.text).toMatch(/id="cutoff-fault"/);
    expect(bad.text).toContain('value="Harbour &amp; Co"');
    expect(bad.text).toContain('no-slash\nalso bad**</textarea>');
    expect(bad.text.match(/aria-invalid/g)?.length).toBeGreaterThanOrEqual(4);
    const shapes = await edit(editor, { olderThanDays: 'soon', cutoffCount: 'many' });
    expect(shapes.status).toBe(422);
    expect(shapes.text).toMatch(/id="olderThanDays-fault"[\s\S]*Write a number of days/);
    expect(shapes.text).toMatch(/id="cutoff-fault"[\s\S]*Write how much is shown/);
    const ofWhat = await edit(editor, { cutoffBy: '', cutoffCount: '90' });
    expect(ofWhat.text).toMatch(/id="cutoff-fault"[\s\S]*Choose what the number counts/);
    const needed = await edit(editor, { products: [] });
    expect(needed.text).toMatch(/id="products-fault"/);
    const age = await edit(editor, { olderThanDays: '50' });
    expect(age.text).toMatch(/id="newerThanDays-fault"/);
    const taken = await edit(editor, { name: 'tides' });
    expect(taken.status).toBe(409);
    expect(taken.text).toContain('There is a rule “tides” already');
    expect(await draftText()).toBe('');
  }));

test('two who edit one rule don’t undo each other: the second sees the first’s change and what they had typed', () =>
  withSite(async (editor) => {
    const stale = await revision(editor);
    await edit(editor, { newerThanDays: '7' });
    const late = await edit(editor, { revision: stale, path: '/tidewater/port/**' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('What you had typed');
    expect(late.text).toContain('<dd>/tidewater/port/**</dd>');
    expect(late.text).toMatch(/name="newerThanDays"[^>]*value="7"/);
    expect(await draftText()).toContain('newerThanDays: 7');
  }));

test('what applies when no rule holds is edited too', () =>
  withSite(async (editor) => {
    const saved = await editor.post('/-/console/rules/otherwise', {
      revision: await revision(editor),
      access: 'locked',
      products: ['all', 'other'],
      cutoffBy: 'paragraphs',
      cutoffCount: '2',
      cutoffEnding: 'exact',
    });
    expect(saved.headers.location).toBe('/-/console/rules?done=saved');
    expect((await editor.get('/-/console/rules')).text).toContain(
      'Subscribers to Everything or Something else.</p><p>Previews end after 2 paragraphs.',
    );
    const unsaid = await editor.post('/-/console/rules/otherwise', {
      revision: await revision(editor),
      access: 'metered',
    });
    expect(unsaid.status).toBe(422);
    expect(unsaid.text).toMatch(/id="products-fault"/);
  }));

test('an address tells its rule, now and in the draft, and why none of those above', () =>
  withSite(async (editor) => {
    await move(editor, { revision: await revision(editor), up: 'harbour' });
    await edit(editor, { newerThanDays: '', path: '/tidewater/**' });
    const { text } = await editor.get('/-/console/rules?address=/tidewater/harbour');
    expect(text).toContain('under <b>tides</b>.');
    expect(text).toContain('under <b>harbour</b>.');
    expect(text).toContain('href="/-/console/explain?address=%2Ftidewater%2Fharbour"');
    const { body } = await editor.api('GET', '/rules/match?address=/tidewater/harbour');
    expect(body).toMatchObject({
      kind: 'article',
      published: { rule: 'tides', above: [{ rule: 'sponsored' }] },
      draft: { rule: 'harbour', above: [{ rule: 'sponsored' }] },
    });
    expect((await editor.api('GET', '/rules/match?address=/asset.css')).body.published).toBeNull();
    const foreign = await editor.api('GET', '/rules/match?address=https://elsewhere.example/');
    expect([foreign.status, foreign.body.error.code]).toEqual([422, 'address-foreign']);
    expect((await editor.get('/-/console/rules?address=//elsewhere')).text).toContain(
      'no address of this site',
    );
  }));

test('a viewer and a program of a viewer look at rules and change none', () =>
  withSite(async () => {
    const viewer = await operatorAt(site, 'viewer');
    const list = await viewer.get('/-/console/rules');
    expect(list.text).not.toContain('class="rules-moves"');
    const form = await viewer.get('/-/console/rules/edit?name=tides');
    expect(form.text).toMatch(/<fieldset class="rules-all" disabled/);
    for (const path of ['move', 'edit', 'new', 'remove', 'otherwise'])
      expect((await viewer.post(`/-/console/rules/${path}`, { revision: '0' })).status).toBe(403);
    const program = await programAt(site, 'viewer');
    expect((await program.api('GET', '/rules?of=published')).status).toBe(200);
  }));

test('nothing that is sent makes a failure', () =>
  withSite(async (editor) => {
    for (const path of ['move', 'edit', 'new', 'remove', 'otherwise']) {
      expect((await editor.post(`/-/console/rules/${path}`, {})).status).toBe(400);
      const odd = {
        revision: ['1', '2'],
        rule: 'x',
        name: ['', '\u0000'],
        access: '__proto__',
        place: '1e9',
        to: '',
      };
      expect((await editor.post(`/-/console/rules/${path}`, odd)).status).toBeLessThan(500);
    }
    expect((await editor.get('/-/console/rules/edit?name=nobody')).status).toBe(404);
    expect((await editor.get('/-/console/rules/edit?name[]=a&name=b')).status).toBe(404);
    const faulty = { text: 'rules: 3', revision: Number(await revision(editor)) };
    expect((await editor.api('PUT', '/policy/draft', faulty)).status).toBeLessThan(500);
    const { status, text } = await editor.get('/-/console/rules');
    expect(status).toBe(200);
    expect(text).toContain('has faults');
    expect(text).not.toContain('class="rules-moves"');
    expect((await editor.api('GET', '/rules')).body.error.code).toBe('draft-faulty');
    expect((await editor.api('GET', '/rules/would-match')).body.error.code).toBe('draft-faulty');
    for (const path of ['new', 'otherwise', 'edit?name=tides'])
      expect((await editor.get(`/-/console/rules/${path}`)).status).toBeLessThan(500);
  }));

test('a list typed into one field is read as it was written, whatever is in its entries', () => {
  const entry = fc
    .string({ unit: fc.constantFrom('a', 'B', ' ', ',', '"', '{', '}', '*', '/', 'é', '\n') })
    .map((text) => text.trim())
    .filter((text) => text !== '');
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      expect(readEntries(writeEntries(entries))).toEqual(entries);
      expect(readEntries(writeEntries(entries).replaceAll('\n', '\r\n'))).toEqual(entries);
    }),
  );
  expect(readEntries('Food, Travel\n\n"Oysters, raw" ,/{a,b}/**')).toEqual([
    'Food',
    'Travel',
    'Oysters, raw',
    '/{a,b}/**',
  ]);
});

test('a thousand rules are listed in a page of bounded size, and moved from one end to the other', async () => {
  site = await startGateway({ originUrl: origin.url, policy: manyRules(1000) });
  try {
    const editor = await operatorAt(site, 'editor');
    const list = await editor.get('/-/console/rules');
    expect(list.status).toBe(200);
    expect(namesOn(list.text)).toHaveLength(1000);
    expect(list.body.length).toBeLessThan(1_500_000);
    expect(gzipSync(list.body).length).toBeLessThan(150_000);
    const moved = await move(editor, { revision: revisionOn(list.text), from: '900', to: '3' });
    expect(moved.headers.location).toBe('/-/console/rules?done=saved#rule-rule-899');
    const names = namesOn((await editor.get('/-/console/rules')).text);
    expect(names.slice(0, 4)).toEqual(['rule-0', 'rule-1', 'rule-899', 'rule-2']);
    expect(names).toHaveLength(1000);
    const form = await editor.get('/-/console/rules/edit?name=rule-899');
    expect(form.text).toContain('It is number 3 of 1000');
    const { body } = await editor.api('GET', '/rules/would-match');
    expect(body.rules).toHaveLength(1001);
  } finally {
    await site.stop();
  }
});
