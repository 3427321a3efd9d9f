/** Any page as any reader, in the draft and in force, framed so that nothing runs; and nothing is counted by looking. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { policyVersions } from '../../../src/policy/versions/policy-versions.ts';
import {
  type ArticleOrigin,
  articlePage,
  sendAs,
  sendHtml,
  startArticleOrigin,
  withheldText,
} from '../../support/article-origin.ts';
import { type OperatorBrowser, operatorAt } from '../../support/console-browser.ts';
import {
  comp,
  dayMs,
  noon,
  type RunningGateway,
  startGateway,
  testPolicy,
} from '../../support/start-gateway.ts';

let origin: ArticleOrigin;
let site: RunningGateway;
let viewer: OperatorBrowser;
beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startGateway({ originUrl: origin.url });
  viewer = await operatorAt(site, 'viewer');
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});

const see = (query: Record<string, string>) => viewer.api('GET', `/see?${new URLSearchParams(query)}`);
const page = (query: Record<string, string>) => viewer.get(`/-/console/see?${new URLSearchParams(query)}`);
const picture = (query: Record<string, string>) =>
  viewer.get(`/-/console/see/page?${new URLSearchParams(query)}`);

const versions = () => policyVersions({ store: site.gateway.stores.versions, clock: () => site.time.now });
const draft = async (text: string): Promise<void> => {
  const { draft, newest } = await versions().desk();
  const asked = { text, revision: draft.revision, basedOn: newest?.number ?? 1, author: 'ed@desk.example' };
  expect((await versions().saveDraft(asked)).kind).toBe('saved');
};
afterEach(async () => {
  const { draft } = await versions().desk();
  if (draft.kind === 'draft')
    await versions().discardDraft({ revision: draft.revision, author: 'ed@desk.example' });
});

describe('as each reader', () => {
  test.each([
    ['a new visitor', {}, 'full; reason=free-read; left=2; of=3'],
    [
      'a visitor who has read 3',
      { as: 'visitor', reads: '3' },
      'preview; reason=meter-exhausted; left=0; of=3',
    ],
    [
      'a registered reader who has read 3',
      { as: 'registered', reads: '3' },
      'full; reason=free-read; left=1; of=5',
    ],
    ['a subscriber', { as: 'subscriber', product: 'all' }, 'full; reason=subscription'],
    [
      'a subscriber of another product',
      { as: 'subscriber', product: 'other', reads: '5' },
      'preview; reason=meter-exhausted; left=0; of=5',
    ],
    ['somebody past due', { as: 'past-due', product: 'all' }, 'full; reason=subscription'],
    ['a reader with a gift', { as: 'gift', product: 'all' }, 'full; reason=gift'],
    ['a search crawler', { as: 'crawler' }, 'full; reason=free-read; left=2; of=3'],
    ['one of the site’s own people', { as: 'staff' }, 'full; reason=staff'],
  ])('%s gets their own decision and page', async (_who, query, header) => {
    const asked = { address: '/tidewater/each', ...query } as Record<string, string>;
    const { status, body } = await see(asked);
    expect(status).toBe(200);
    expect(body).toMatchObject({ kind: 'page', status: 200, header });
    expect(body.html.includes(withheldText('each'))).toBe(header.startsWith('full'));
    expect((await page(asked)).text).toContain(`Gatefold-Access: ${header}`);
    expect((await picture(asked)).text.includes(withheldText('each'))).toBe(header.startsWith('full'));
  });

  test('past due is seen with the notice that payment is due', async () => {
    const { body } = await see({ address: '/tidewater/due', as: 'past-due', product: 'all' });
    expect(body.html).toContain('Update your card by 30 November 2026');
  });

  test('a named reader is seen with what they hold, by email and by number', async () => {
    const { id } = await site.account('named@example.org', [comp('all', noon - dayMs, noon + dayMs)]);
    for (const who of [{ reader: 'named@example.org' }, { number: `reader.${id}` }])
      expect((await see({ address: '/tidewater/named', ...who })).body.header).toBe('full; reason=comp');
  });

  test('the form leads to an address without anybody’s email', async () => {
    await site.account('mailed@example.org');
    const fields = { address: '/tidewater/a', as: 'named', who: 'mailed@example.org' };
    const { status, headers } = await viewer.post('/-/console/see', fields);
    expect([status, headers.location]).toEqual([303, expect.stringMatching(/number=reader\.[\w-]+$/)]);
    const shown = await viewer.get(headers.location ?? '');
    expect(shown.text).toContain('<bdi>mailed@example.org</bdi>');
    for (const [, src = ''] of shown.text.matchAll(/src="([^"]+)"/g)) expect(src).not.toContain('@');
  });
});

describe('the addresses in a picture', () => {
  let based = 0;
  test.each<[string, string, string]>([
    ['none of its own', '', '/tidewater/based'],
    ['one that names no address', '<base target="_self">', '/tidewater/based'],
    ['one from the root', '<base href="/files/">', '/files/'],
    ['one beside the page', "<base href='pictures/'>", '/tidewater/pictures/'],
    ['one without quotes', '<base href=/files/ target=_top>', '/files/'],
    ['one with an entity', '<base href="/files/?a&amp;b">', '/files/?a&amp;b'],
    ['one in other letters', '<base href="/größe/">', '/gr%C3%B6%C3%9Fe/'],
    ['one that is no address', '<base href="http://[">', '/tidewater/based'],
    ['a script', '<base href="javascript:alert(1)">', '/tidewater/based'],
  ])('are the site’s, by a base that comes first, over %s', async (_what, own, path) => {
    based += 1;
    const slug = `based-${based}`;
    origin.on(`/tidewater/${slug}`, sendHtml(articlePage(slug, { head: own })));
    const { text } = await picture({ address: `/tidewater/${slug}`, as: 'crawler' });
    const [first] = /<base [^>]*>/.exec(text) ?? [];
    expect(first).toBe(`<base href="${site.url}${path.replace('based', slug)}" target="_blank" />`);
    expect(text.indexOf('<base')).toBeLessThan(text.indexOf('<title'));
  });

  test('stay elsewhere where the page’s own base is', async () => {
    const own = '<base href="https://cdn.example/x/">';
    origin.on('/tidewater/afar', sendHtml(articlePage('afar', { head: own })));
    const { text } = await picture({ address: '/tidewater/afar', as: 'crawler' });
    expect(text).toContain('<base href="https://cdn.example/x/" target="_blank" />');
  });
});

describe('the page', () => {
  test('has a picture for a desk and one for a phone, the decision, and the way to its explanation', async () => {
    const { text } = await page({ address: '/tidewater/a', as: 'visitor', reads: '3' });
    const frames = [...text.matchAll(/<iframe id="([\w-]+)"[^>]*src="([^"]+)" sandbox/g)];
    expect(frames.map(([, id]) => id)).toEqual(['published-desk', 'published-phone']);
    expect(text).toContain('no free read is left in this window');
    expect(text).toContain('href="/-/console/explain?address=%2Ftidewater%2Fa&amp;as=visitor&amp;reads=3"');
    const [, , src = ''] = frames[0] ?? [];
    expect((await viewer.get(src.replaceAll('&amp;', '&'))).status).toBe(200);
  });

  test('shows the draft beside what is published, each by its own rules', async () => {
    await draft(testPolicy.replace('visitor: 3', 'visitor: 1'));
    const { text } = await page({ address: '/tidewater/a', as: 'visitor', reads: '1' });
    expect([...text.matchAll(/<iframe id="([\w-]+)"/g)].map(([, id]) => id)).toEqual([
      'published-desk',
      'published-phone',
      'draft-desk',
      'draft-phone',
    ]);
    expect(text).toContain('Gatefold-Access: full; reason=free-read; left=1; of=3');
    expect(text).toContain('Gatefold-Access: preview; reason=meter-exhausted; left=0; of=1');
    const asked = { address: '/tidewater/a', as: 'visitor', reads: '1' };
    expect((await picture({ ...asked, policy: 'draft' })).text).not.toContain(withheldText('a'));
    expect((await picture(asked)).text).toContain(withheldText('a'));
    // And no reader meets it.
    expect((await site.ask('/tidewater/a')).headers['gatefold-access']).toContain('of=3');
  });

  test('says so where the draft has faults, and shows what is published', async () => {
    await draft('meters: { main: { window: fortnight } }');
    const { status, text } = await page({ address: '/tidewater/a' });
    expect([status, [...text.matchAll(/<iframe/g)].length]).toEqual([200, 2]);
    expect(text).toContain('The draft has faults');
    const { body } = await see({ address: '/tidewater/a', policy: 'draft' });
    expect(body.error.code).toBe('draft-faulty');
    expect((await picture({ address: '/tidewater/a', policy: 'draft' })).status).toBe(409);
  });

  test('offers the articles that the gate has seen', async () => {
    await site.ask('/tidewater/offered');
    expect((await page({})).text).toMatch(/<option value="\/tidewater\/offered" label="Story offered"/);
  });

  test('of what can’t be shown says why', async () => {
    origin.on('/tidewater/paper', sendAs('application/pdf', '%PDF'));
    const paper = await page({ address: '/tidewater/paper' });
    expect([paper.status, paper.text.includes('<iframe')]).toEqual([200, false]);
    expect((await see({ address: '/tidewater/paper' })).body).toMatchObject({
      kind: 'no-page',
      why: 'not-text',
    });
    expect((await page({ address: '/feed.xml' })).text).toContain('A feed stands');
    expect((await see({ address: '/feed.xml' })).body).toEqual({ kind: 'feed' });
    const foreign = await page({ address: 'https://elsewhere.example/' });
    expect([foreign.status, foreign.text.includes('id="address-fault"')]).toEqual([422, true]);
    expect((await picture({ address: 'https://elsewhere.example/' })).status).toBe(422);
  });
});

describe('a picture', () => {
  test('runs nothing, sends nothing, sets nothing and is kept nowhere', async () => {
    const script = '<script>document.title="ran"</script><img src=x onerror="document.title=1">';
    origin.on(
      '/tidewater/active',
      sendHtml(articlePage('active', { head: script }), { 'Set-Cookie': 'own=1', 'Cache-Control': 'public' }),
    );
    const { status, headers } = await picture({ address: '/tidewater/active' });
    expect(status).toBe(200);
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(/^sandbox; default-src 'none'; /);
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).not.toMatch(/script-src|allow-/);
    expect(headers['cache-control']).toBe('private, no-store');
    expect(headers['set-cookie']).toBeUndefined();
  });

  test('is for operators alone', async () => {
    const { status, text } = await site.ask('/-/console/see/page?address=/tidewater/a&as=subscriber', {
      headers: { Accept: 'text/html' },
    });
    expect(status).toBe(303);
    expect(text).not.toContain(withheldText('a'));
  });
});

test('the time is the readers’: the sandbox’s clock, wherever the operators’ stands', async () => {
  const moved = await startGateway({ originUrl: origin.url });
  try {
    const { sandbox } = moved.gateway;
    await sandbox?.controls.moveClock(sandbox.now() + 40 * dayMs);
    const operator = await operatorAt(moved, 'viewer');
    const { body } = await operator.api('GET', '/see?address=/tidewater/later&as=visitor&reads=1');
    expect(body.decision.standing.resetsAt).toBe('2027-02-01T00:00:00.000Z');
  } finally {
    await moved.stop();
  }
});

test('nothing is counted or recorded by looking', async () => {
  const reader = site.reader();
  await reader.ask('/tidewater/before');
  const number = (reader.jar.get('gf_visitor') ?? '').split('.').slice(0, 2).join('.');
  await site.account('looked@example.org', [comp('other', noon, noon + dayMs)]);
  const before = await traces(number);
  for (const who of [
    { as: 'visitor', reads: '1' },
    { as: 'crawler' },
    { as: 'subscriber', product: 'all' },
    { number },
    { reader: 'looked@example.org' },
  ] as Record<string, string>[]) {
    const asked = { address: '/tidewater/looked-at', ...who };
    for (let time = 0; time < 3; time += 1) {
      expect((await see(asked)).status).toBe(200);
      await page(asked);
      expect((await picture(asked)).status).toBe(200);
      expect((await viewer.api('GET', `/explain?${new URLSearchParams(asked)}`)).status).toBe(200);
      await viewer.get(`/-/console/explain?${new URLSearchParams(asked)}`);
    }
  }
  expect(await traces(number)).toEqual(before);
  // The second of three: looking took none of them.
  expect((await reader.ask('/tidewater/looked-at')).headers['gatefold-access']).toBe(
    'full; reason=free-read; left=1; of=3',
  );
});

/** All that a view of a reader's would have left: decisions counted, logged, summed up; reads; references; the audit log. */
const traces = async (number: string) => {
  const { stores, metrics, insight } = site.gateway;
  await insight.flush();
  await site.gateway.gate.codes.flush();
  const explained = await viewer.api('GET', `/explain?address=/tidewater/looked-at&number=${number}`);
  return {
    metrics: (await metrics.text()).match(/^gatefold_(decisions|degraded).*$/gm),
    log: await stores.decisionLog.size(),
    insight: await Promise.all(
      (['funnel', 'reads', 'sellers'] as const).map((chart) => stores.insight.day(chart, '2026-11-23')),
    ),
    reads: explained.body.facts.meter.counted,
    audit: (await stores.audit.auditPage({ limit: 5 })).lines,
  };
};
