/** The versions' pages over HTTP: draft, differences, publishing, scheduling, rolling back, and the text's editor. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'parse5';
import { lineDiff } from '../../../src/console/versions/line-diff.ts';
import { momentTyped } from '../../../src/console/versions/site-time.ts';
import { type OperatorBrowser, operatorAt } from '../../support/console-browser.ts';
import { type RunningGateway, startGateway, testPolicy } from '../../support/start-gateway.ts';
import { until } from '../../support/until.ts';

let [site, ann, bob, viewer] = [] as unknown as [
  RunningGateway,
  OperatorBrowser,
  OperatorBrowser,
  OperatorBrowser,
];
/** At a place whose clocks stand otherwise than in UTC. */
const policyText = testPolicy.replace('timeZone: UTC', 'timeZone: Europe/Berlin');
beforeAll(async () => {
  site = await startGateway({ policy: policyText });
  ann = await operatorAt(site, 'editor');
  bob = await operatorAt(site, 'editor');
  viewer = await operatorAt(site, 'viewer');
});
afterAll(() => site?.stop());

const policy = async () => (await ann.api('GET', '/policy')).body;

beforeEach(async () => {
  const { scheduled } = await policy();
  for (const { id } of scheduled) await ann.api('DELETE', `/policy/scheduled/${id}`);
  const { draft, revision } = await policy();
  if (draft) await ann.api('DELETE', '/policy/draft', { revision });
  const { published } = await policy();
  if (published.text !== policyText)
    await ann.api('POST', '/policy/versions/1/rollback', { instead: published.number });
});

const page = '/-/console/versions';
const editor = `${page}/text`;
const withVisitor = (count: number): string => policyText.replace('visitor: 3', `visitor: ${count}`);

const draft = async (text: string, by = ann): Promise<void> => {
  const { revision } = await policy();
  expect((await by.api('PUT', '/policy/draft', { text, revision })).status).toBe(200);
};

const publishNow = async (text: string): Promise<void> => {
  await draft(text);
  const { revision } = await policy();
  expect((await ann.api('POST', '/policy/draft/publish', { revision })).status).toBe(200);
};

/** As the page's own forms say it. */
const seen = async (): Promise<{ revision: string; instead: string }> => {
  const { revision, published } = await policy();
  return { revision: String(revision), instead: String(published.number) };
};

const plain = (html: string): string =>
  html
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, '')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ');

/** What a browser would have in the text's field. */
const fieldText = (html: string): string => {
  const find = (node: unknown): string | undefined => {
    const { nodeName, childNodes = [] } = node as { nodeName: string; childNodes?: { value?: string }[] };
    if (nodeName === 'textarea') return childNodes.map(({ value = '' }) => value).join('');
    for (const child of childNodes) {
      const found = find(child);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return find(parse(html)) ?? 'no text field';
};

describe('the draft', () => {
  test('stands with its author, what it was made from, and what it changes in words and by line', async () => {
    await draft(withVisitor(1), bob);
    const { text, status } = await ann.get(page);
    expect(status).toBe(200);
    const words = plain(text);
    expect(words).toContain(`Last changed by ${bob.email}`);
    expect(words).toContain('Meter main: a visitor gets 1 free read a month instead of 3.');
    expect(text).toMatch(/<del>- {3}main: \{ window: month, visitor: 3/);
    expect(text).toMatch(/<ins>\+ {3}main: \{ window: month, visitor: 1/);
  });

  test('is published with its note, and is the newest version from then on', async () => {
    await draft(withVisitor(2));
    const done = await ann.post(`${page}/publish`, { ...(await seen()), note: 'Two for a while' });
    expect([done.status, done.headers.location]).toEqual([303, `${page}?done=published`]);
    const { text } = await ann.get(`${page}?done=published`);
    const words = plain(text);
    expect(words).toContain('Published: every instance obeys it within a second.');
    expect(words).toContain('Two for a while');
    expect(words).toContain('Nothing is drafted.');
    expect((await policy()).published.text).toBe(withVisitor(2));
  });

  test('with faults has no way of being published, and says why at each line', async () => {
    await draft(withVisitor(-1));
    const { text } = await ann.get(page);
    expect(plain(text)).toContain('It can’t be published: it has one fault');
    expect(plain(text)).toMatch(/Line 6: .+ Write /);
    expect(text).toContain(`href="${editor}#faults-1"`);
    expect(text).not.toContain(`action="${page}/publish"`);
    const forced = await ann.post(`${page}/publish`, { ...(await seen()), note: '' });
    expect([forced.status, plain(forced.text)]).toEqual([
      422,
      expect.stringContaining('Nothing was published'),
    ]);
    expect((await policy()).published.text).toBe(policyText);
  });

  test('that changed while the page was open isn’t published, and the note stands in the form again', async () => {
    await draft(withVisitor(1));
    const before = await seen();
    await draft(withVisitor(9), bob);
    const late = await ann.post(`${page}/publish`, { ...before, note: 'Mine' });
    expect(late.status).toBe(409);
    expect(plain(late.text)).toContain(`Nothing was published: ${bob.email} changed the draft meanwhile.`);
    expect(late.text).toMatch(/<textarea[^>]*name="note"[^>]*>\nMine</);
    expect((await policy()).published.text).toBe(policyText);
  });

  test('overtaken by another version says so, and is published only by who has seen that one', async () => {
    await publishNow(withVisitor(5));
    await draft(withVisitor(1));
    const before = await seen();
    await ann.post(`${page}/1/rollback`, { instead: before.instead });
    const unseen = await ann.post(`${page}/publish`, { ...before, note: '', regardless: 'yes' });
    expect(unseen.status).toBe(409);
    const words = plain(unseen.text);
    expect(words).toMatch(/Overtaken\. .+ published version \d+/);
    expect(words).toMatch(/Publish it although version \d+ was published since/);
    const unticked = await ann.post(`${page}/publish`, { ...(await seen()), note: '' });
    expect([unticked.status, (await policy()).published.text]).toEqual([409, policyText]);
    const meant = await ann.post(`${page}/publish`, { ...(await seen()), note: '', regardless: 'yes' });
    expect([meant.status, (await policy()).published.text]).toEqual([303, withVisitor(1)]);
  });

  test('is discarded, but not when somebody changed it meanwhile', async () => {
    await draft(withVisitor(1));
    const { revision } = await seen();
    await draft(withVisitor(2), bob);
    const late = await ann.post(`${page}/discard`, { revision });
    expect([late.status, plain(late.text)]).toEqual([409, expect.stringContaining('Nothing was discarded')]);
    const done = await ann.post(`${page}/discard`, { revision: (await seen()).revision });
    expect(done.headers.location).toBe(`${page}?done=discarded`);
    expect((await policy()).draft).toBeNull();
  });
});

describe('scheduling', () => {
  const inBerlin = (at: number): string => new Date(at + 3_600_000).toISOString().slice(0, 16);

  test('is by the clocks of the site, is seen, and can be taken back into the draft', async () => {
    await draft(withVisitor(4));
    const at = site.time.now + 86_400_000;
    const done = await ann.post(`${page}/publish`, { ...(await seen()), note: 'Later', at: inBerlin(at) });
    expect(done.headers.location).toBe(`${page}?done=scheduled`);
    const [scheduled] = (await policy()).scheduled;
    expect(Date.parse(scheduled.dueAt)).toBe(at);
    const { text } = await ann.get(page);
    expect(plain(text)).toContain('24 Nov 2026, 13:00');
    const taken = await bob.post(`${page}/cancel`, { id: scheduled.id });
    expect(taken.headers.location).toBe(`${page}?done=cancelled-restored`);
    expect((await policy()).draft.text).toBe(withVisitor(4));
    const again = await bob.post(`${page}/cancel`, { id: scheduled.id });
    expect([again.status, plain(again.text)]).toEqual([
      409,
      expect.stringContaining('isn’t scheduled any more'),
    ]);
  });

  test('a time that has passed, that clocks skip or that is none is refused at its field, and stands there again', async () => {
    await draft(withVisitor(4));
    for (const [typed, why] of [
      [inBerlin(site.time.now - 60_000), 'That time has passed'],
      ['2027-03-28T02:30', 'Clocks are put forward over that time'],
      ['2027-02-31T08:00', 'Write a date and a time'],
      ['soon', 'Write a date and a time'],
    ] as const) {
      const refused = await ann.post(`${page}/publish`, { ...(await seen()), note: 'N', at: typed });
      expect([typed, refused.status]).toEqual([typed, 422]);
      expect(refused.text).toMatch(new RegExp(`value="${typed}"[^>]*aria-describedby="at-fault at-hint"`));
      expect(plain(refused.text)).toContain(why);
    }
    expect((await policy()).scheduled).toEqual([]);
  });

  test('what is overtaken when its time comes is held, and says why', async () => {
    await publishNow(withVisitor(5));
    await draft(withVisitor(6));
    const at = site.time.now + 120_000;
    await ann.post(`${page}/publish`, { ...(await seen()), note: '', at: inBerlin(at) });
    await bob.post(`${page}/1/rollback`, { instead: (await seen()).instead });
    site.time.now = at + 60_000;
    await until(async () => (await policy()).scheduled[0]?.held !== undefined, 'its time');
    expect(plain((await ann.get(page)).text)).toContain(
      'Held: its time came, and another version had been published',
    );
    expect((await policy()).published.text).toBe(policyText);
  });
});

describe('versions', () => {
  test('are listed newest first, a page at a time', async () => {
    const { published } = await policy();
    for (let count = 10; published.number + count - 10 < 28; count += 1) await publishNow(withVisitor(count));
    const numbers = (html: string): readonly number[] =>
      [...html.matchAll(/<div><a href="\/-\/console\/versions\/(\d+)">/g)].map(([, number]) =>
        Number(number),
      );
    const newest = (await policy()).published.number;
    const first = await ann.get(page);
    expect(numbers(first.text.slice(first.text.indexOf('id="all"')))).toEqual(
      Array.from({ length: 25 }, (_, at) => newest - at),
    );
    const [, older = ''] = /href="([^"]+)">Older</.exec(first.text) ?? [];
    const second = await ann.get(older.replace(/#.*/, ''));
    expect(numbers(second.text.slice(second.text.indexOf('id="all"'))).at(-1)).toBe(1);
    expect((await ann.get(`${page}?before=nonsense`)).status).toBe(200);
  });

  test('each say what they changed, how they differ from what is in force, and their text', async () => {
    await publishNow(withVisitor(11));
    await publishNow(withVisitor(12));
    const { number } = (await policy()).published;
    const { text } = await ann.get(`${page}/${number - 1}`);
    const words = plain(text);
    expect(words).toContain('Meter main: a visitor gets 11 free reads a month instead of 3.');
    expect(words).toContain('Meter main: a visitor gets 11 free reads a month instead of 12.');
    expect(words).toContain('Edited from version');
    expect(text).toContain('visitor: 11, registered: 5');
    expect(plain((await ann.get(`${page}/${number}`)).text)).toContain('It is in force.');
    expect(plain((await ann.get(`${page}/1`)).text)).toContain('It is the first.');
  });

  test('are rolled back to by one press, unless something else is in force by then', async () => {
    await publishNow(withVisitor(13));
    const { instead } = await seen();
    const first = await ann.get(page);
    const previous = Number(instead) - 1;
    expect(first.text).toContain(`action="${page}/${previous}/rollback"`);
    const done = await ann.post(`${page}/${previous}/rollback`, { instead });
    expect([done.status, done.headers.location]).toEqual([303, `${page}?done=rolled-back`]);
    expect((await policy()).published).toMatchObject({
      text: policyText,
      made: 'rolled-back',
      from: previous,
    });
    const late = await bob.post(`${page}/${instead}/rollback`, { instead, note: 'Again' });
    expect(late.status).toBe(409);
    expect(plain(late.text)).toContain(`${ann.email} published version`);
    expect((await policy()).published.text).toBe(policyText);
  });

  test('that were never published are a page that says so', async () => {
    for (const number of ['9999', '0', '-1', 'x', '1e3', '99999999999999999999', '%00']) {
      const missing = await ann.get(`${page}/${number}`);
      expect([number, missing.status]).toEqual([number, 404]);
      expect(missing.text).toContain('There is no such version');
      const rolled = await ann.post(`${page}/${number}/rollback`, { instead: '1' });
      expect([400, 404]).toContain(rolled.status);
    }
  });
});

describe('the text', () => {
  /** As browsers send a text field: each line's end as CR LF. */
  const sent = (text: string): string => text.replaceAll('\n', '\r\n');

  test('is in its field to the last character, and is saved as it was written', async () => {
    const { text } = await ann.get(editor);
    expect(fieldText(text)).toBe(policyText);
    const { revision, published } = await policy();
    const form = { revision: String(revision), basedOn: String(published.number) };
    const done = await ann.post(editor, { ...form, text: sent(withVisitor(2)) });
    expect(done.headers.location).toBe(`${editor}?done=saved`);
    expect((await policy()).draft).toMatchObject({
      text: withVisitor(2),
      author: ann.email,
      basedOn: published.number,
    });
    expect((await ann.get(`${editor}?done=saved`)).text).toContain('Saved in the draft.');
  });

  test('with faults is kept, and each fault stands beside its line', async () => {
    const { revision, published } = await policy();
    const form = { revision: String(revision), basedOn: String(published.number) };
    const done = await ann.post(editor, { ...form, text: sent(`${withVisitor(-1)}nonsense: <b>\n`) });
    expect(done.headers.location).toBe(`${editor}?done=saved-faulty`);
    const { text } = await ann.get(editor);
    expect(plain(text)).toContain('2 faults');
    expect(text).toContain('<a href="#text" data-line="14">Line 14</a>');
    expect(text).toMatch(/<mark> {2}14 {2}nonsense: &lt;b><\/?mark|<mark> {2}14 {2}nonsense: &lt;b(>|&gt;)/);
    expect(text).toMatch(/aria-describedby="text-hint faults" aria-invalid="true"/);
  });

  test('of two who write at once, the second is shown the first’s and keeps what was typed', async () => {
    const { revision, published } = await policy();
    const form = { revision: String(revision), basedOn: String(published.number) };
    await bob.post(editor, { ...form, text: sent(withVisitor(1)) });
    const late = await ann.post(editor, { ...form, text: sent(withVisitor(2)) });
    expect(late.status).toBe(409);
    expect(plain(late.text)).toContain(
      `Nothing was saved: ${bob.email} changed the draft while you were writing.`,
    );
    expect(plain(late.text)).toContain('a visitor gets 2 free reads a month instead of 1.');
    expect(fieldText(late.text)).toBe(withVisitor(2));
    expect((await policy()).draft).toMatchObject({ text: withVisitor(1), author: bob.email });
    const [, now = ''] = /name="revision" value="(\d+)"/.exec(late.text) ?? [];
    const over = await ann.post(editor, { ...form, revision: now, text: sent(withVisitor(2)) });
    expect(over.status).toBe(303);
    expect((await policy()).draft).toMatchObject({ text: withVisitor(2), author: ann.email });
  });

  test('written back to what is in force leaves no draft', async () => {
    await draft(withVisitor(2));
    const { revision, published } = await policy();
    const form = { revision: String(revision), basedOn: String(published.number) };
    const back = await ann.post(editor, { ...form, text: sent(policyText) });
    expect(back.headers.location).toBe(`${editor}?done=unchanged`);
    expect((await policy()).draft).toBeNull();
  });

  test('too long to be a policy comes back as it was typed', async () => {
    const { revision, published } = await policy();
    const form = { revision: String(revision), basedOn: String(published.number) };
    const long = `${policyText}# ${'x'.repeat(1024 * 1024)}\n`;
    const refused = await ann.post(editor, { ...form, text: sent(long) });
    expect([refused.status, plain(refused.text)]).toEqual([
      422,
      expect.stringContaining('at most 1048576 bytes'),
    ]);
    expect(fieldText(refused.text)).toBe(long);
    expect((await policy()).draft).toBeNull();
  });
});

test('a viewer sees all of it and finds no form that changes something; what is forged is refused', async () => {
  await draft(withVisitor(1));
  for (const path of [page, editor, `${page}/1`]) {
    const { status, text } = await viewer.get(path);
    expect(status).toBe(200);
    expect(text).not.toMatch(/action="\/-\/console\/versions[^"]*(publish|discard|cancel|rollback)"/);
    expect(text).not.toContain('Save the draft');
  }
  const form = await seen();
  for (const path of [`${page}/publish`, `${page}/discard`, `${page}/cancel`, `${page}/1/rollback`, editor])
    expect([path, (await viewer.post(path, { ...form, text: '', id: '1' })).status]).toEqual([path, 403]);
  expect((await policy()).draft.text).toBe(withVisitor(1));
});

test('a form that isn’t ours is told so, and changes nothing', async () => {
  await draft(withVisitor(1));
  const before = await policy();
  for (const path of [`${page}/publish`, `${page}/discard`, `${page}/cancel`, `${page}/1/rollback`, editor])
    for (const fields of [
      {},
      { revision: 'x', instead: '', id: '' },
      { text: ['a', 'b'], revision: ['1', '2'] },
    ])
      expect([path, (await ann.post(path, fields)).status]).toEqual([path, 400]);
  expect(await policy()).toEqual(before);
});

describe('times of the site', () => {
  test('are read back as the clocks there show them, in every zone and around every change of clocks', () => {
    const zones = [
      'UTC',
      'Europe/Berlin',
      'America/St_Johns',
      'Asia/Kathmandu',
      'Pacific/Apia',
      'Africa/Casablanca',
    ];
    const minutes = fc.integer({ min: Date.UTC(2020, 0) / 60_000, max: Date.UTC(2040, 0) / 60_000 });
    fc.assert(
      fc.property(minutes, fc.constantFrom(...zones), (minute, timeZone) => {
        const at = minute * 60_000;
        const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
        const shown = format.format(at).replace(' ', 'T');
        const typed = momentTyped(shown, timeZone);
        // Of an hour that comes twice, the first is meant.
        expect(typed.kind).toBe('moment');
        if (typed.kind !== 'moment') return;
        expect(format.format(typed.at).replace(' ', 'T')).toBe(shown);
        expect(at - typed.at === 0 || at - typed.at === 3_600_000).toBe(true);
      }),
    );
  });

  test('that clocks skip are none', () => {
    expect(momentTyped('2027-03-28T02:30', 'Europe/Berlin')).toEqual({ kind: 'skipped' });
    expect(momentTyped('2027-10-31T02:30', 'Europe/Berlin')).toEqual({
      kind: 'moment',
      at: Date.UTC(2027, 9, 31, 0, 30),
    });
  });
});

describe('differences by line', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', '', '  d'), { maxLength: 40 })
    .map((lines) => lines.join('\n'));

  test('lead from one text to the other, whatever they are', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const diff = lineDiff(before, after);
        if (diff.kind === 'too-different') throw new Error('so short a text');
        expect(applied(before, diff.hunks)).toBe(after);
        if (before === after) expect(diff.hunks).toEqual([]);
      }),
    );
  });

  test('of texts too long or too different to read are not looked for', () => {
    const lines = (count: number, word: string): string =>
      Array.from({ length: count }, (_, at) => `${word} ${at}`).join('\n');
    expect(lineDiff(lines(5001, 'a'), '').kind).toBe('too-different');
    expect(lineDiff(lines(3000, 'a'), lines(3000, 'b')).kind).toBe('too-different');
    expect(lineDiff(lines(4999, 'a'), `${lines(4998, 'a')}\nother`).kind).toBe('hunks');
  });

  const applied = (
    before: string,
    hunks: Extract<ReturnType<typeof lineDiff>, { kind: 'hunks' }>['hunks'],
  ): string => {
    const lines = before.split('\n');
    for (const { before: from, lines: changed } of [...hunks].reverse()) {
      const was = changed.filter(({ kind }) => kind !== 'new').map(({ text }) => text);
      expect(lines.slice(from - 1, from - 1 + was.length)).toEqual(was);
      lines.splice(
        from - 1,
        was.length,
        ...changed.filter(({ kind }) => kind !== 'gone').map(({ text }) => text),
      );
    }
    return lines.join('\n');
  };
});
