/** The policy over the management API: read, checked, compared, drafted, published, scheduled, rolled back. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { z } from 'zod';
import { policyEditSchema } from '../../../src/console/draft/policy-edit-schema.ts';
import {
  deskSchema,
  editedSchema,
  pageSchema,
  publishedSchema,
  versionChangesSchema,
  versionWithTextSchema,
} from '../../../src/console/draft/policy-schema.ts';
import { applyEdit } from '../../../src/policy/edit/apply-edit.ts';
import { largestFile } from '../../../src/policy/load-policy.ts';
import { type OperatorBrowser, operatorAt, programAt } from '../../support/console-browser.ts';
import { type RunningGateway, startGateway, testPolicy } from '../../support/start-gateway.ts';
import { until } from '../../support/until.ts';

let [site, ann, bob] = [] as unknown as [RunningGateway, OperatorBrowser, OperatorBrowser];
beforeAll(async () => {
  site = await startGateway();
  ann = await operatorAt(site, 'editor');
  bob = await operatorAt(site, 'editor');
});
afterAll(() => site?.stop());

const policy = async () => {
  const { status, body } = await ann.api('GET', '/policy');
  expect(status).toBe(200);
  return deskSchema.parse(body);
};

afterEach(async () => {
  const { draft, revision, scheduled } = await policy();
  if (draft) await ann.api('DELETE', '/policy/draft', { revision });
  for (const { id } of scheduled) await ann.api('DELETE', `/policy/scheduled/${id}`);
  const left = await policy();
  if (left.draft) await ann.api('DELETE', '/policy/draft', { revision: left.revision });
});

/** The policy in force with another number of free reads, so that each version differs. */
const withVisitor = (count: number, text = testPolicy): string =>
  text.replace(/visitor: \d+/, `visitor: ${count}`);

const draft = async (text: string, by = ann, basedOn?: number) => {
  const { revision } = await policy();
  return by.api('PUT', '/policy/draft', { text, revision, ...(basedOn === undefined ? {} : { basedOn }) });
};

const publish = async (text: string, order: object = {}) => {
  const saved = deskSchema.parse((await draft(text)).body);
  return ann.api('POST', '/policy/draft/publish', { revision: saved.revision, ...order });
};

const faulty = `${testPolicy}rules:
  - { name: free, access: opn }
  - { name: also-free, access: open, wen: {} }
`;

test('a text is checked by line and path, and nothing is saved', async () => {
  const before = await policy();
  const checked = await ann.api('POST', '/policy/check', { text: faulty });
  expect(
    checked.body.faults.map(({ code, path, line }: Record<string, unknown>) => [code, path, line]),
  ).toEqual([
    ['unknown-value', 'rules[0].access', 15],
    ['unknown-key', 'rules[1].wen', 16],
  ]);
  for (const fault of checked.body.faults)
    expect(Object.keys(fault).sort()).toEqual(['code', 'column', 'instead', 'line', 'message', 'path']);
  expect((await ann.api('POST', '/policy/check', { text: testPolicy })).body.faults).toEqual([]);
  expect(await policy()).toEqual(before);
});

test('a text is compared with what is in force, in words; one with faults is told of them', async () => {
  const { published } = await policy();
  const same = await ann.api('POST', '/policy/diff', { text: published.text });
  expect(same.body).toMatchObject({ against: published.number, identical: true, changes: [] });
  const other = await ann.api('POST', '/policy/diff', { text: withVisitor(17, published.text) });
  expect(other.body).toMatchObject({ identical: false });
  expect(other.body.changes.map(({ words }: { words: string }) => words)).toEqual([
    expect.stringMatching(/^Meter main: a visitor gets 17 free reads a month instead of/),
  ]);
  const wrong = await ann.api('POST', '/policy/diff', { text: faulty });
  expect([wrong.status, wrong.body.error.code, wrong.body.error.faults.length]).toEqual([
    422,
    'policy-faulty',
    2,
  ]);
});

describe('the draft', () => {
  test('is saved with its faults, is told of them, and can’t be published', async () => {
    const { published } = await policy();
    const saved = deskSchema.parse((await draft(faulty)).body);
    expect(saved.draft).toMatchObject({ text: faulty, author: ann.email, basedOn: published.number });
    expect(saved.draft?.faults.map(({ line }) => line)).toEqual([15, 16]);
    expect(saved.changes).toBeNull();
    const refused = await ann.api('POST', '/policy/draft/publish', { revision: saved.revision });
    expect([refused.status, refused.body.error.code]).toEqual([422, 'policy-faulty']);
    expect(refused.body.error.faults[0]).toMatchObject({ line: 15, path: 'rules[0].access' });
    expect((await policy()).published.number).toBe(published.number);
  });

  test('is not written over by who hasn’t seen it', async () => {
    const { revision } = await policy();
    await ann.api('PUT', '/policy/draft', { text: withVisitor(21), revision });
    const late = await bob.api('PUT', '/policy/draft', { text: withVisitor(22), revision });
    expect([late.status, late.body.error.code, late.body.error.now.author]).toEqual([
      409,
      'draft-conflict',
      ann.email,
    ]);
    expect((await policy()).draft?.text).toBe(withVisitor(21));
    const dropped = await bob.api('DELETE', '/policy/draft', { revision });
    expect([dropped.status, dropped.body.error.code]).toEqual([409, 'draft-conflict']);
  });

  test('larger than a policy may be is refused as such, and a version never published is no base', async () => {
    const large = await draft(`${testPolicy}#${'x'.repeat(largestFile)}`);
    expect([large.status, large.body.error.code]).toEqual([413, 'policy-too-large']);
    const unbased = await draft(withVisitor(4), ann, 9999);
    expect([unbased.status, unbased.body.error.code]).toEqual([404, 'version-unknown']);
  });

  test('of any characters is kept to the last one, or refused, and never fails', async () => {
    for (const odd of ['\u0000', '\ufeff', '\r', '\r\n', '\u2028', '😀', '\ud800']) {
      const text = `${testPolicy}# ${odd} end`;
      const saved = await draft(text);
      expect([odd, saved.status]).toEqual([odd, 200]);
      // What is no character can't be kept by any store.
      if (odd !== '\ud800') expect([odd, saved.body.draft.text]).toEqual([odd, text]);
      expect((await ann.get('/-/console/versions/text')).status).toBe(200);
    }
  });

  test('refuses an edit that can’t be made, and says which', async () => {
    const { revision } = await policy();
    const refused = await ann.api('POST', '/policy/draft/edits', {
      revision,
      edit: { kind: 'set-meter', id: 'none', set: { visitor: 1 } },
    });
    expect([refused.status, refused.body.error.code]).toEqual([409, 'edit-refused']);
    expect(refused.body.error.refusal).toEqual({ kind: 'unknown', what: 'meter', id: 'none' });
  });
});

describe('publishing', () => {
  test('puts the draft in force with its note, and keeps the text to the last character', async () => {
    const text = `${withVisitor(7)}# Ünïcode “quotes” — and a tail without an end`;
    const done = publishedSchema.parse((await publish(text, { note: 'Why not' })).body);
    if (done.kind !== 'published') throw new Error('not published');
    const { version } = done;
    expect(version).toMatchObject({ note: 'Why not', author: ann.email, made: 'edited' });
    const read = versionWithTextSchema.parse(
      (await ann.api('GET', `/policy/versions/${version.number}`)).body,
    );
    expect(read).toEqual({ ...version, text });
    const now = await policy();
    expect([now.draft, now.published.number]).toEqual([null, version.number]);
  });

  test('over a version that somebody published meanwhile needs to be meant', async () => {
    const { published } = await policy();
    await draft(withVisitor(31), ann, published.number);
    const back = await bob.api('POST', `/policy/versions/1/rollback`, { instead: published.number });
    expect(back.status).toBe(200);
    const { revision } = await policy();
    const refused = await ann.api('POST', '/policy/draft/publish', { revision });
    expect([refused.status, refused.body.error.code]).toEqual([409, 'version-overtaken']);
    expect(refused.body.error.newest).toMatchObject({ number: published.number + 1, author: bob.email });
    const meant = await ann.api('POST', '/policy/draft/publish', { revision, regardless: true });
    expect(meant.body).toMatchObject({ kind: 'published', version: { number: published.number + 2 } });
  });

  test('at a time happens then and not before; what is taken back is a draft again', async () => {
    const at = site.time.now + 60_000;
    const done = await publish(withVisitor(41), { at: new Date(at).toISOString(), note: 'At one' });
    const scheduled = publishedSchema.parse(done.body);
    if (scheduled.kind !== 'scheduled') throw new Error('not scheduled');
    expect(scheduled.scheduled).toMatchObject({ dueAt: new Date(at).toISOString(), note: 'At one' });
    const waiting = await policy();
    expect([waiting.draft, waiting.scheduled.map(({ id }) => id)]).toEqual([null, [scheduled.scheduled.id]]);

    const taken = await bob.api('DELETE', `/policy/scheduled/${scheduled.scheduled.id}`);
    expect(taken.body).toEqual({ kind: 'cancelled', draft: 'restored' });
    const again = await bob.api('DELETE', `/policy/scheduled/${scheduled.scheduled.id}`);
    expect([again.status, again.body.error.code]).toEqual([404, 'scheduled-unknown']);

    const { revision, published } = await policy();
    await ann.api('POST', '/policy/draft/publish', { revision, at: new Date(at).toISOString() });
    site.time.now = at;
    await until(async () => (await policy()).published.number > published.number, 'its time');
    expect((await policy()).published).toMatchObject({
      author: ann.email,
      publishedAt: new Date(at).toISOString(),
    });
  });

  test('what is in force already is refused', async () => {
    const { published } = await policy();
    const same = await publish(published.text);
    expect([same.status, same.body.error.code]).toEqual([409, 'policy-unchanged']);
  });
});

describe('versions', () => {
  test('are listed newest first, page by page, without a gap', async () => {
    for (let count = 0; count < 3; count += 1) await publish(withVisitor(51 + count));
    const numbers: number[] = [];
    for (let before: number | undefined; ; ) {
      const query = before === undefined ? '' : `&before=${before}`;
      const page = pageSchema.parse((await ann.api('GET', `/policy/versions?limit=2${query}`)).body);
      numbers.push(...page.versions.map(({ number }) => number));
      before = page.next;
      if (before === undefined) break;
    }
    const newest = (await policy()).published.number;
    expect(numbers).toEqual(Array.from({ length: newest }, (_, at) => newest - at));
  });

  test('say what they changed: of the one before, and of any other', async () => {
    await publish(withVisitor(61));
    await publish(withVisitor(62));
    const { number } = (await policy()).published;
    const words = async (path: string): Promise<readonly string[]> => {
      const { body } = await ann.api('GET', `/policy/versions/${path}`);
      return (versionChangesSchema.parse(body).changes ?? []).map(({ words }) => words);
    };
    expect(await words(`${number}/changes`)).toEqual([
      'Meter main: a visitor gets 62 free reads a month instead of 61',
    ]);
    expect(await words(`${number - 1}/changes?against=${number}`)).toEqual([
      'Meter main: a visitor gets 61 free reads a month instead of 62',
    ]);
    expect(await words('1/changes')).toEqual([]);
    const unknown = await ann.api('GET', '/policy/versions/9999/changes');
    expect([unknown.status, unknown.body.error.code]).toEqual([404, 'version-unknown']);
  });

  test('are gone back to only by who saw what is in force', async () => {
    const { published } = await policy();
    const late = await ann.api('POST', '/policy/versions/1/rollback', { instead: published.number - 1 });
    expect([late.status, late.body.error.code]).toEqual([409, 'version-overtaken']);
    const done = await ann.api('POST', '/policy/versions/1/rollback', {
      instead: published.number,
      note: 'Back',
    });
    expect(done.body).toMatchObject({
      kind: 'published',
      version: { from: 1, note: 'Back', made: 'rolled-back' },
    });
    expect((await policy()).published.text).toBe(testPolicy);
    const never = await ann.api('POST', '/policy/versions/9999/rollback', { instead: 1 });
    expect([never.status, never.body.error.code]).toEqual([404, 'version-unknown']);
  });
});

test('a request that isn’t what a call takes is told where, and none of them makes a 500', async () => {
  const bad: readonly [string, string, unknown, string][] = [
    ['PUT', '/policy/draft', { text: 'site: {}' }, 'revision'],
    ['PUT', '/policy/draft', { text: 7, revision: 1 }, 'text'],
    ['PUT', '/policy/draft', { text: '', revision: 1, more: 1 }, 'more'],
    ['POST', '/policy/draft/edits', { revision: 1, edit: { kind: 'set-metre' } }, 'edit.kind'],
    [
      'POST',
      '/policy/draft/edits',
      { revision: 1, edit: { kind: 'set-meter', id: 'main', set: { vistor: 1 } } },
      'edit.set.vistor',
    ],
    ['POST', '/policy/draft/publish', { revision: 1, at: 'tomorrow' }, 'at'],
    ['POST', '/policy/draft/publish', { revision: 1, note: 'x'.repeat(1001) }, 'note'],
    ['GET', '/policy/versions?limit=0', undefined, 'limit'],
    ['GET', '/policy/versions/first', undefined, 'number'],
    ['GET', '/policy/versions/1/changes?against=-1', undefined, 'against'],
    ['POST', '/policy/versions/1/rollback', {}, 'instead'],
  ];
  for (const [method, path, body, at] of bad) {
    const refused = await ann.api(method, path, body);
    expect([method, path, refused.status, refused.body.error.code]).toEqual([
      method,
      path,
      400,
      'request-invalid',
    ]);
    expect(refused.body.error.faults.map((fault: { at: string }) => fault.at)).toContain(at);
  }
});

test('a viewer reads everything of the policy and changes nothing of it, by cookie and by token', async () => {
  const before = await policy();
  for (const viewer of [await operatorAt(site, 'viewer'), await programAt(site, 'viewer')]) {
    for (const path of ['/policy', '/policy/versions', '/policy/versions/1', '/policy/versions/1/changes'])
      expect((await viewer.api('GET', path)).status).toBe(200);
    for (const path of ['/policy/check', '/policy/diff'])
      expect((await viewer.api('POST', path, { text: testPolicy })).status).toBe(200);
    const { revision } = before;
    const changing: readonly [string, string, unknown][] = [
      ['PUT', '/policy/draft', { text: '{}', revision }],
      ['POST', '/policy/draft/edits', { revision, edit: { kind: 'set-cutoff', cutoff: null } }],
      ['DELETE', '/policy/draft', { revision }],
      ['POST', '/policy/draft/publish', { revision }],
      ['POST', '/policy/versions/1/rollback', { instead: before.published.number }],
      ['DELETE', '/policy/scheduled/any', undefined],
    ];
    for (const [method, path, body] of changing)
      expect([path, (await viewer.api(method, path, body)).status]).toEqual([path, 403]);
  }
  expect(await policy()).toEqual(before);
});

describe('edits', () => {
  /** Names and values that a hand may have written, odd ones among them. */
  const word = fc.oneof(fc.constantFrom('main', 'all', 'tidewater', 'open', 'metered', 'en'), fc.string());
  const field = fc.oneof(
    word,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(word, { maxLength: 3 }),
  );
  const fields = (...names: string[]) =>
    fc.record(Object.fromEntries(names.map((name) => [name, field])), { requiredKeys: [] });
  const edits = fc.oneof(
    fc.record({
      kind: fc.constant('set-meter'),
      id: word,
      set: fields('visitor', 'window', 'on', 'nonsense'),
    }),
    fc.record({ kind: fc.constant('add-meter'), id: word, meter: fields('visitor', 'registered', 'window') }),
    fc.record({ kind: fc.constantFrom('remove-meter', 'rename-meter'), id: word, to: word }),
    fc.record({ kind: fc.constant('add-rule'), rule: fields('name', 'access', 'products', 'when') }),
    fc.record({
      kind: fc.constant('set-section'),
      section: fc.constantFrom('site', 'devices', 'none'),
      set: fields('name', 'allowed', 'timeZone'),
    }),
    fc.record({
      kind: fc.constant('set-entry'),
      list: fc.constantFrom('plans', 'products'),
      id: word,
      set: fields('name', 'price'),
    }),
    fc.record({ kind: fc.constant('set-message'), locale: word, key: word, text: field }),
  );

  test('of any kind are answered, and what is saved is a policy without faults', async () => {
    await fc.assert(
      fc.asyncProperty(edits, async (edit) => {
        const { revision } = await policy();
        const answer = await ann.api('POST', '/policy/draft/edits', { revision, edit });
        expect([200, 400, 409, 422]).toContain(answer.status);
        if (answer.status === 200) editedSchema.parse(answer.body);
        const { draft: saved } = await policy();
        expect(saved?.faults ?? []).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('are exactly those that the policy’s text can be edited by', () => {
    const all: z.input<typeof policyEditSchema>[] = [
      { kind: 'set-section', section: 'site', set: { name: 'A', contact: null } },
      { kind: 'set-section', section: 'billing', set: { graceDays: 3 } },
      { kind: 'add-entry', list: 'plans', id: 'p', entry: { name: 'P', products: ['all'], price: 'x' } },
      { kind: 'set-entry', list: 'products', id: 'all', set: { description: null, name: 'All' } },
      { kind: 'remove-entry', list: 'publications', id: 'tidewater' },
      { kind: 'add-meter', id: 'more', meter: { visitor: 1, window: '30 days', on: false } },
      { kind: 'rename-meter', id: 'main', to: 'other' },
      {
        kind: 'add-rule',
        rule: { name: 'R', access: 'open', when: { tag: ['a'], olderThanDays: 3 } },
        place: 0,
      },
      { kind: 'set-cutoff', cutoff: { marker: 'more', otherwise: { words: 50 } } },
      { kind: 'set-message', locale: 'en', key: 'prompt.title', text: null },
    ];
    for (const edit of all) {
      const parsed = policyEditSchema.parse(edit);
      expect(parsed).toEqual(edit);
      expect(['edited', 'refused']).toContain(applyEdit(testPolicy, parsed).kind);
    }
  });
});
