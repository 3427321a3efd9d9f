/** The shared draft, over a whole gateway: edited a field at a time, published, and never overwritten unseen. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type ArticleOrigin, startArticleOrigin } from '../../support/article-origin.ts';
import { type OperatorBrowser, operatorAt } from '../../support/console-browser.ts';
import { type RunningGateway, startGateway } from '../../support/start-gateway.ts';
import { until } from '../../support/until.ts';

let [origin, site, ann, bob] = [] as unknown as [
  ArticleOrigin,
  RunningGateway,
  OperatorBrowser,
  OperatorBrowser,
];
beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startGateway({ originUrl: origin.url });
  ann = await operatorAt(site, 'editor');
  bob = await operatorAt(site, 'editor');
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});
afterEach(async () => {
  const { draft, revision } = (await ann.api('GET', '/policy')).body;
  if (draft) await ann.api('DELETE', '/policy/draft', { revision });
});

const setVisitor = (visitor: number) => ({ kind: 'set-meter', id: 'main', set: { visitor } });

const edit = async (by: OperatorBrowser, asked: unknown, revision?: number) =>
  by.api('POST', '/policy/draft/edits', {
    edit: asked,
    revision: revision ?? (await by.api('GET', '/policy')).body.revision,
  });

const audited = async (count: number) =>
  (await site.gateway.stores.audit.auditPage({ limit: count })).lines.map(({ who, what, changed }) => [
    who.kind === 'machine' ? who.by : who.email,
    what,
    changed,
  ]);

test('a signed-in operator of a test sees the console', async () => {
  const viewer = await operatorAt(site, 'viewer');
  expect((await viewer.get('/-/console')).status).toBe(200);
  expect((await viewer.api('GET', '/nothing')).body.error.code).toBe('call-unknown');
});

test('an edit makes a draft of one field, keeps the rest of the text, and stands in the audit log', async () => {
  const { published } = (await ann.api('GET', '/policy')).body;
  const edited = await edit(ann, setVisitor(1));
  expect([edited.status, edited.body.kind]).toEqual([200, 'saved']);
  expect(edited.body.changes).toEqual([
    {
      area: 'meters',
      about: 'main',
      words: 'Meter main: a visitor gets 1 free read a month instead of 3',
    },
  ]);
  const { draft } = (await ann.api('GET', '/policy')).body;
  expect(draft.text).toBe(published.text.replace('visitor: 3', 'visitor: 1'));
  expect([draft.author, draft.basedOn, draft.revision]).toEqual([
    ann.email,
    published.number,
    edited.body.revision,
  ]);
  expect(await audited(1)).toEqual([
    [ann.email, 'edit-draft', 'Meter main: a visitor gets 1 free read a month instead of 3'],
  ]);
});

test('an edit back to what is in force leaves no draft, and one that changes nothing makes none', async () => {
  const none = await edit(ann, setVisitor(3));
  expect(none.body.kind).toBe('unchanged');
  expect((await ann.api('GET', '/policy')).body.draft).toBeNull();
  await edit(ann, setVisitor(2));
  const back = await edit(ann, setVisitor(3));
  expect([back.body.kind, back.body.changes]).toEqual(['saved', []]);
  expect((await ann.api('GET', '/policy')).body.draft).toBeNull();
});

test('an edit that would have faults is not saved, and the faults name their fields and lines', async () => {
  const before = (await ann.api('GET', '/policy')).body;
  const faulty = await edit(ann, setVisitor(-1));
  expect([faulty.status, faulty.body.error.code]).toEqual([422, 'policy-faulty']);
  expect(faulty.body.error.faults).toEqual([
    expect.objectContaining({ code: 'out-of-range', path: 'meters.main.visitor', line: 6 }),
  ]);
  expect((await ann.api('GET', '/policy')).body).toEqual(before);
});

test('of two who edit the same draft, the second is told of the first, and nothing of hers is lost unseen', async () => {
  const { revision } = (await ann.api('GET', '/policy')).body;
  expect((await edit(ann, setVisitor(1), revision)).status).toBe(200);
  const late = await edit(bob, setVisitor(2), revision);
  expect([late.status, late.body.error.code]).toEqual([409, 'draft-conflict']);
  expect(late.body.error.now).toMatchObject({ how: 'changed', author: ann.email });
  const { draft } = (await bob.api('GET', '/policy')).body;
  expect([draft.author, draft.text]).toEqual([ann.email, expect.stringContaining('visitor: 1')]);
  const again = await edit(bob, setVisitor(2), late.body.error.now.revision);
  expect(again.status).toBe(200);
});

test('of twenty edits at once with the same revision one is saved, and it is the draft', async () => {
  const { revision } = (await ann.api('GET', '/policy')).body;
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) => edit(at % 2 === 0 ? ann : bob, setVisitor(10 + at), revision)),
  );
  const saved = answers.filter(({ status }) => status === 200);
  expect(saved).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
  const { draft } = (await ann.api('GET', '/policy')).body;
  expect(saved[0]?.body.changes[0].words).toContain(
    `gets ${/visitor: (\d+)/.exec(draft.text)?.[1]} free reads`,
  );
});

test('a published draft is obeyed by the gate within a second, and so is the rollback', async () => {
  const reader = site.reader();
  const reads = async (slug: string): Promise<string> =>
    String((await reader.ask(`/tidewater/${slug}`)).headers['gatefold-access']);
  expect(await reads('one')).toBe('full; reason=free-read; left=2; of=3');
  const { body } = await edit(ann, setVisitor(1));
  const published = await ann.api('POST', '/policy/draft/publish', {
    revision: body.revision,
    note: 'Fewer free reads',
  });
  expect(published.body).toMatchObject({
    kind: 'published',
    version: { note: 'Fewer free reads', made: 'edited' },
  });
  await until(async () => /of=1$/.test(await reads('two')), 'the gate to obey');
  expect(await reads('two')).toMatch(/^preview; reason=meter-exhausted/);
  expect((await audited(1))[0]?.slice(1)).toEqual([
    'publish',
    'Meter main: a visitor gets 1 free read a month instead of 3',
  ]);

  const { number, from } = published.body.version;
  const back = await bob.api('POST', `/policy/versions/${from}/rollback`, { instead: number });
  expect(back.body).toMatchObject({
    kind: 'published',
    version: { made: 'rolled-back', from, author: bob.email },
  });
  await until(async () => /of=3$/.test(await reads('two')), 'the gate to obey');
});

test('a draft that was discarded meanwhile can’t be published, and its edits find none', async () => {
  const { revision } = (await edit(ann, setVisitor(1))).body;
  expect((await bob.api('DELETE', '/policy/draft', { revision })).body).toEqual({ kind: 'discarded' });
  const published = await ann.api('POST', '/policy/draft/publish', { revision });
  expect([published.status, published.body.error.now]).toEqual([
    409,
    expect.objectContaining({ how: 'discarded', author: bob.email }),
  ]);
});
