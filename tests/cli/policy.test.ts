/** `gatefold policy` as a publisher with a policy in git runs it, against a running gateway. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { buildCommand, type Ended, gatefold } from '../support/command.ts';
import { type OperatorBrowser, operatorAt, programAt } from '../support/console-browser.ts';
import { testPolicy as allTheSame, type RunningGateway, startGateway } from '../support/start-gateway.ts';

/** Nothing in it is worth a warning. */
const testPolicy = allTheSame.replace(', { id: other, name: Something else }', '');
const folder = mkdtempSync(join(tmpdir(), 'gatefold-policy-'));
const file = join(folder, 'policy.yaml');

let [site, ann, token] = [] as unknown as [RunningGateway, OperatorBrowser, string];
beforeAll(async () => {
  await buildCommand();
  site = await startGateway({ policy: testPolicy });
  ann = await operatorAt(site, 'editor');
  token = (await programAt(site, 'editor')).token;
});
afterAll(async () => {
  await site?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const policy = async () => (await ann.api('GET', '/policy')).body;

beforeEach(async () => {
  const { draft, revision } = await policy();
  if (draft) await ann.api('DELETE', '/policy/draft', { revision });
  const { published } = await policy();
  if (published.text !== testPolicy)
    await ann.api('POST', '/policy/versions/1/rollback', { instead: published.number });
});

const withVisitor = (count: number): string => testPolicy.replace('visitor: 3', `visitor: ${count}`);

const run = (args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  gatefold(['policy', ...args], { CONSOLE_URL: site.consoleUrl, GATEFOLD_TOKEN: token, ...environment });

const said = ({ code, out, err }: Ended): readonly [number | null, string, string] => [
  code,
  out.trim(),
  err.trim(),
];

test('diff says in words what a file would change, and changes nothing', async () => {
  const before = await policy();
  writeFileSync(file, withVisitor(1));
  expect(said(await run(['diff', file]))).toEqual([
    0,
    `What it would change of version ${before.published.number}, which is in force:\n  - Meter main: a visitor gets 1 free read a month instead of 3`,
    '',
  ]);
  writeFileSync(file, `${testPolicy}# a comment\n`);
  expect((await run(['diff', file])).out).toContain('Nothing that readers meet.');
  writeFileSync(file, testPolicy);
  expect((await run(['diff', file])).out).toContain('says the same to the last character');
  expect(await policy()).toEqual(before);
});

test('a file with faults is told of each by file and line, and isn’t published', async () => {
  writeFileSync(
    file,
    `${testPolicy}rules:\n  - { name: free, access: opn }\n  - { name: more, access: open, wen: {} }\n`,
  );
  const before = await policy();
  for (const args of [
    ['diff', file],
    ['publish', file, '--note', 'N'],
  ]) {
    const [code, out, err] = said(await run(args));
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(`${file}:15:27 unknown-value: `);
    expect(err).toContain(`${file}:16:`);
    expect(err).toMatch(/^ {4}write: open$/m);
    expect(err).toMatch(/It can’t be published: mend these first\.$/);
  }
  expect(await policy()).toEqual(before);
});

test('publish puts the file in force to the last character, with its note, and says what it changed', async () => {
  const { published } = await policy();
  const number = published.number + 1;
  writeFileSync(file, withVisitor(2));
  expect(said(await run(['publish', file, '--note', 'From git']))).toEqual([
    0,
    `Published as version ${number}. It changes:\n  - Meter main: a visitor gets 2 free reads a month instead of 3`,
    '',
  ]);
  expect((await policy()).published).toMatchObject({ number, text: withVisitor(2), note: 'From git' });
  const again = await run(['publish', file, '--note', 'From git']);
  expect(said(again)).toEqual([0, `Version ${number} says so already: nothing was published.`, '']);
});

test('publish at a time schedules it', async () => {
  writeFileSync(file, withVisitor(4));
  const done = await run([
    'publish',
    file,
    '--note',
    '',
    '--at',
    '2026-11-30T08:00:00+01:00',
    '--regardless',
  ]);
  expect(done.out).toContain('Scheduled for 2026-11-30T07:00:00.000Z.');
  const { scheduled } = await policy();
  expect(scheduled).toMatchObject([{ dueAt: '2026-11-30T07:00:00.000Z', regardless: true }]);
  await ann.api('DELETE', `/policy/scheduled/${scheduled[0].id}`);
  for (const at of ['tomorrow', '2026-11-30T08:00', '2026-13-30T08:00:00Z']) {
    const refused = await run(['publish', file, '--note', '', '--at', at]);
    expect([at, refused.code, refused.err]).toEqual([at, 1, expect.stringContaining('is no moment')]);
  }
});

test('publish stops at somebody’s draft and says whose, unless that is to be replaced', async () => {
  const { revision } = await policy();
  await ann.api('PUT', '/policy/draft', { text: withVisitor(9), revision });
  writeFileSync(file, withVisitor(5));
  const stopped = await run(['publish', file, '--note', 'N']);
  expect(stopped.code).toBe(1);
  expect(stopped.err).toContain(`There is a draft by ${ann.email}, last changed at `);
  expect((await policy()).draft.text).toBe(withVisitor(9));
  const replaced = await run(['publish', file, '--note', 'N', '--replace-draft']);
  expect([replaced.code, replaced.err]).toEqual([0, '']);
  const after = await policy();
  expect([after.draft, after.published.text]).toEqual([null, withVisitor(5)]);
});

test('rollback puts an earlier version in force again, and says what that changed', async () => {
  writeFileSync(file, withVisitor(6));
  await run(['publish', file, '--note', 'N']);
  const { number } = (await policy()).published;
  expect(said(await run(['rollback', '1', '--note', 'Too few']))).toEqual([
    0,
    `Published as version ${number + 1}. It changes:\n  - Meter main: a visitor gets 3 free reads a month instead of 6`,
    '',
  ]);
  expect((await policy()).published).toMatchObject({ text: testPolicy, note: 'Too few', from: 1 });
  for (const [asked, why] of [
    ['9999', 'was never published'],
    ['x', 'is no version’s number'],
    ['1', 'in force already'],
  ] as const) {
    const refused = await run(['rollback', asked]);
    expect([asked, refused.code, refused.err]).toEqual([asked, 1, expect.stringContaining(why)]);
  }
});

test('without an address, a token, a role or a Gatefold it says what is missing, and never the token', async () => {
  writeFileSync(file, withVisitor(7));
  const viewer = (await programAt(site, 'viewer')).token;
  const elsewhere = createServer((_, response) => {
    response.writeHead(302, { Location: `${site.consoleUrl}/-/console` }).end();
  }).listen(0, '127.0.0.1');
  await once(elsewhere, 'listening');
  const other = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  const publish = ['publish', file, '--note', 'N'];
  const cases: readonly (readonly [readonly string[], Readonly<Record<string, string>>, string])[] = [
    [publish, { CONSOLE_URL: '' }, 'Say where the console is'],
    [publish, { CONSOLE_URL: 'news.example' }, 'is no address'],
    [publish, { CONSOLE_URL: 'http://127.0.0.1:1' }, 'can’t be reached'],
    [publish, { CONSOLE_URL: other }, 'answers with 302 and isn’t Gatefold’s console'],
    [publish, { GATEFOLD_TOKEN: '' }, 'Set GATEFOLD_TOKEN'],
    [publish, { GATEFOLD_TOKEN: 'gfo_nothing' }, 'GATEFOLD_TOKEN is worth nothing'],
    [publish, { GATEFOLD_TOKEN: viewer }, 'Ask an owner'],
    [['diff', join(folder, 'none.yaml')], {}, 'there is no such file'],
  ];
  for (const [args, environment, why] of cases) {
    const { code, out, err } = await run(args, environment);
    expect([why, code, err]).toEqual([why, 1, expect.stringContaining(why)]);
    expect(`${out}${err}`).not.toContain(environment.GATEFOLD_TOKEN || token);
  }
  elsewhere.close();
  const byOption = await run(['diff', file, '--url', site.consoleUrl], { CONSOLE_URL: other });
  expect(byOption.code).toBe(0);
  expect((await policy()).published.text).toBe(testPolicy);
});
