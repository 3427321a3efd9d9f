/** Metered limits in the console, over a whole gateway: what is shown is so, and what is changed is the draft. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { knownMessages } from '../../../src/pages/messages/message-keys.ts';
import { type PolicyVersions, policyVersions } from '../../../src/policy/versions/policy-versions.ts';
import { type ArticleOrigin, startArticleOrigin } from '../../support/article-origin.ts';
import { type OperatorBrowser, operatorAt } from '../../support/console-browser.ts';
import { type RunningGateway, startGateway } from '../../support/start-gateway.ts';

const path = '/-/console/limits';
const browser = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140' };

const policy = `
site: { name: The Test Reader, language: en, timeZone: Europe/London }
products: [{ id: all, name: Everything }]
meters:
  # What most articles cost.
  main: { window: month, visitor: 3, registered: 5 }
  weekly: { window: 30 days, visitor: 2, networkAllowance: 200 }
articles: { paths: [/tidewater/*], body: .article-body }
cutoff: { characters: 200 }
rules:
  - { name: food, when: { section: Food }, access: metered, meter: weekly }
otherwise: { access: metered, meter: main }
preview: { moreFrom: false, related: false }
`;

let origin: ArticleOrigin;
let site: RunningGateway;
let editor: OperatorBrowser;
let versions: PolicyVersions;
beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startGateway({ originUrl: origin.url, policy });
  editor = await operatorAt(site, 'editor');
  const store = site.gateway.stores.versions;
  versions = policyVersions({ store, clock: () => site.time.now, messages: knownMessages });
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});

const limits = async () => (await editor.api('GET', '/limits')).body;
const meter = async (id: string) => (await limits()).meters.find((each: { id: string }) => each.id === id);
const revision = async (): Promise<string> => String((await limits()).revision);

const main = {
  id: 'main',
  visitor: '3',
  registered: '5',
  window: 'month',
  days: '',
  networkAllowance: '',
  on: 'yes',
};
const set = async (fields: Readonly<Record<string, string>> = {}) =>
  editor.post(`${path}/set`, { revision: await revision(), ...main, ...fields });

beforeEach(async () => {
  const { revision, kind } = (await versions.desk()).draft;
  if (kind === 'draft') await versions.discardDraft({ revision, author: 'test' });
});

/** What the draft says; '' without one. */
const draftText = async (): Promise<string> => {
  const { draft } = await versions.desk();
  return draft.kind === 'draft' ? draft.text : '';
};

test('each limit is shown with its fields, what its window means now and the rules that use it', async () => {
  expect(await limits()).toMatchObject({ of: 'inForce', gone: [] });
  expect(await meter('main')).toEqual({
    id: 'main',
    visitor: 3,
    registered: 5,
    window: 'month',
    on: true,
    inForce: { id: 'main', visitor: 3, registered: 5, window: 'month', on: true },
    windowNow: 'this month: 1 to 30 November 2026, Europe/London',
    usedBy: { rules: [], otherwise: true },
    readers: [],
  });
  expect(await meter('weekly')).toMatchObject({
    window: '30 days',
    networkAllowance: 200,
    usedBy: { rules: ['food'], otherwise: false },
  });
  const { status, text } = await editor.get(path);
  expect(status).toBe(200);
  expect(text).toContain('This month: 1 to 30 November 2026, Europe/London.');
  expect(text).toContain('href="/-/console/rules#rule-food"');
  expect(text).toContain('href="/-/console/rules#otherwise"');
  expect(text).toContain('This is what readers meet: version 1');
});

test('a changed field goes to the draft alone, stands beside what is in force, and readers keep what they have', async () => {
  const { status, headers } = await set({ visitor: '1' });
  expect([status, headers.location]).toEqual([303, `${path}?done=saved`]);
  expect(await meter('main')).toMatchObject({ visitor: 1, inForce: { visitor: 3 } });
  expect(await draftText()).toContain('main: { window: month, visitor: 1, registered: 5 }');
  expect(await draftText()).toContain('# What most articles cost.');
  const { text } = await editor.get(`${path}?done=saved`);
  expect(text).toContain('Saved in the draft. Readers meet it once it is published.');
  expect(text).toMatch(/id="meter-main.visitor.force">In force: <b>3<\/b>/);
  expect(text).not.toContain('id="meter-main.registered.force"');
  expect(site.gateway.inForce().policy.meters[0]?.allowance.visitor).toBe(3);
});

test('what is left as it is isn’t written out, and saving it unchanged makes no draft', async () => {
  const unchanged = await set();
  expect(unchanged.headers.location).toBe(`${path}?done=unchanged`);
  expect(await draftText()).toBe('');
  await set({ id: 'weekly', visitor: '2', window: 'rolling', days: '7', networkAllowance: '' });
  expect(await draftText()).toContain('weekly: { window: "7 days", visitor: 2 }');
});

test('faults stand at their fields with 422, with what was typed, and nothing is saved', async () => {
  for (const [fields, field, words] of [
    [{ visitor: '-1' }, 'visitor', 'The smallest number here is 0: write 0 or more.'],
    [{ registered: '100001' }, 'registered', 'The largest number here is 100000: write 100000 or less.'],
    [{ visitor: 'three "3"' }, 'visitor', 'Write a whole number, such as 3; 0 for no free reads.'],
    [{ visitor: '2.5' }, 'visitor', 'Write a whole number, such as 3; 0 for no free reads.'],
    [{ window: 'rolling', days: '400' }, 'days', 'Write how many days, from 1 to 366.'],
    [{ window: 'rolling' }, 'days', 'Write how many days, from 1 to 366.'],
    [{ networkAllowance: '0' }, 'networkAllowance', 'The smallest number here is 1: write 1 or more.'],
  ] as const) {
    const { status, text } = await set({ ...fields, on: '' });
    expect([fields, status]).toEqual([fields, 422]);
    expect(text).toContain('Nothing was saved: see what is said at the fields.');
    expect(text).toContain(`id="meter-main.${field}.fault">${words}</p>`);
    const input = new RegExp(`<input id="meter-main.${field}"[^>]*>`).exec(text)?.[0] ?? '';
    expect(input).toContain('aria-invalid="true"');
    expect(input).toContain(`meter-main.${field}.fault`);
    const typed = Object.entries(fields).find(([name]) => name === field)?.[1] ?? '';
    if (typed !== '') expect(input).toContain(`value="${typed.replaceAll('"', '&quot;')}"`);
    expect(/<input id="meter-main.on"[^>]*>/.exec(text)?.[0]).not.toContain('checked');
  }
  expect(await draftText()).toBe('');
});

test('who saves on a page that somebody else has overtaken changes nothing, and sees both', async () => {
  const stale = await revision();
  await set({ visitor: '2' });
  const other = await operatorAt(site, 'owner');
  const { status, text } = await other.post(`${path}/set`, { revision: stale, ...main, visitor: '9' });
  expect(status).toBe(409);
  expect(text).toContain(`${editor.email} changed the draft while this page was open`);
  expect(text).toMatch(/<input id="meter-main.visitor"[^>]*value="2"/);
  expect(text).toContain('id="meter-main.visitor.typed">You had: <b>9</b>');
  expect(await meter('main')).toMatchObject({ visitor: 2 });
});

test('a limit is added, renamed with the rules that use it, and removed once nothing does', async () => {
  const fields = { ...main, id: 'daily', visitor: '1', window: 'day' };
  const added = await editor.post(`${path}/add`, { revision: await revision(), ...fields });
  expect(added.status).toBe(303);
  expect(await meter('daily')).toMatchObject({ window: 'day', usedBy: { rules: [], otherwise: false } });
  expect((await meter('daily')).inForce).toBeUndefined();
  const again = await editor.post(`${path}/add`, { revision: await revision(), ...fields });
  expect(again.status).toBe(409);
  expect(again.text).toContain('There is a metered limit “daily” already: choose another name.');
  expect(again.text).toMatch(/<details[^>]* open[^>]*><summary>Add one/);
  const wrong = await editor.post(`${path}/add`, { revision: await revision(), ...fields, id: 'Every Day' });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toMatch(/id="add.id.fault">[^<]*write every-day\./);
  expect(wrong.text).toMatch(/<input id="add.id"[^>]*value="Every Day"/);

  await editor.post(`${path}/rename`, { revision: await revision(), id: 'weekly', to: 'food' });
  expect(await meter('food')).toMatchObject({ usedBy: { rules: ['food'] } });
  expect((await limits()).gone).toMatchObject([{ id: 'weekly' }]);
  const used = await editor.post(`${path}/remove`, { revision: await revision(), id: 'food' });
  expect(used.status).toBe(409);
  expect(used.text).toContain('The metered limit “food” is still used by the rule food');
  const removed = await editor.post(`${path}/remove`, { revision: await revision(), id: 'daily' });
  expect(removed.status).toBe(303);
  expect(await meter('daily')).toBeUndefined();
});

test('a form of no such shape is answered with 400, one of no such limit with 409', async () => {
  for (const name of ['set', 'add', 'rename', 'remove'])
    expect((await editor.post(`${path}/${name}`, { revision: 'x' })).status).toBe(400);
  const { status, text } = await set({ id: 'nothing' });
  expect(status).toBe(409);
  expect(text).toContain('There is no metered limit “nothing” any more.');
});

test('a viewer sees everything, has no form, and is refused by POST', async () => {
  const viewer = await operatorAt(site, 'viewer');
  const { status, text } = await viewer.get(path);
  expect(status).toBe(200);
  expect(text).toContain('3 free articles a month');
  expect(text).toContain('200 new visitors of one network within the window');
  expect(text).not.toContain('action="/-/console/limits');
  for (const name of ['set', 'add', 'rename', 'remove'])
    expect((await viewer.post(`${path}/${name}`, { revision: await revision(), ...main })).status).toBe(403);
  expect((await viewer.api('GET', '/limits')).status).toBe(200);
  expect(await draftText()).toBe('');
});

test('a draft whose text has faults is said so, and what is in force is shown without forms', async () => {
  const { revision, kind } = (await versions.desk()).draft;
  expect(kind).toBe('none');
  await versions.saveDraft({
    text: 'meters: { main: { visitor: many } }',
    basedOn: 1,
    revision,
    author: 'test',
  });
  const { status, text } = await editor.get(path);
  expect(status).toBe(200);
  expect(text).toContain('The draft’s text has faults');
  expect(text).not.toContain('action="/-/console/limits');
  expect(await limits()).toMatchObject({
    of: 'inForce',
    meters: [{ id: 'main', visitor: 3 }, { id: 'weekly' }],
  });
});

test('how many readers have how many left is what they read, told apart from those with an account', async () => {
  const reads = async (count: number, always: Readonly<Record<string, string>> = {}): Promise<void> => {
    const reader = site.reader({ ...browser, ...always });
    for (let article = 0; article < count; article += 1) await reader.ask(`/tidewater/article-${article}`);
  };
  for (const count of [1, 1, 2, 3, 4]) await reads(count);
  const { cookie } = await site.account('reads@example.com');
  await reads(2, cookie);
  await site.gateway.insight.flush();
  const lines = [
    { audience: 'visitor', of: 3, left: 0, readers: 2 },
    { audience: 'visitor', of: 3, left: 1, readers: 1 },
    { audience: 'visitor', of: 3, left: 2, readers: 2 },
    { audience: 'registered', of: 5, left: 3, readers: 1 },
  ];
  expect((await meter('main')).readers).toEqual(lines);
  const { text } = await editor.get(path);
  const table = /<table><caption>Visitors, of 3 free articles<\/caption>.*?<\/table>/s.exec(text)?.[0] ?? '';
  const rows = [...table.matchAll(/<th scope="row">(.*?)<\/th>.*?<\/svg>(.*?)<\/span>/gs)];
  expect(rows.map(([, left, readers]) => [left, readers])).toEqual([
    ['0', '2'],
    ['1', '1'],
    ['2', '2'],
  ]);
  // Where readers stand is what is in force, whatever the draft says.
  await set({ visitor: '1', window: 'week' });
  expect((await meter('main')).readers).toEqual(lines);
  site.time.now += 31 * 86_400_000;
  const later = await operatorAt(site, 'viewer');
  expect((await later.api('GET', '/limits')).body.meters[0]).toMatchObject({ id: 'main', readers: [] });
  site.time.now -= 31 * 86_400_000;
});
