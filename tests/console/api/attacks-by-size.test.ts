/** What an operator's browser or token can send to keep the process busy, or to end it: no call does much about it. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type OperatorBrowser, operatorAt } from '../../support/console-browser.ts';
import { workOfAsync } from '../../support/counted-work.ts';
import { ask } from '../../support/raw-client.ts';
import { type RunningGateway, startGateway } from '../../support/start-gateway.ts';

let site: RunningGateway;
let viewer: OperatorBrowser;
let editor: OperatorBrowser;
beforeAll(async () => {
  site = await startGateway();
  viewer = await operatorAt(site, 'viewer');
  editor = await operatorAt(site, 'editor');
});
afterAll(() => site?.stop());

/** A body as it is written: such as no program would write it. */
const send = async ({ secret }: OperatorBrowser, path: string, body: string) => {
  let answer = { status: 0, text: '' };
  const sending = async (): Promise<void> => {
    answer = await ask(site.consoleUrl, `/-/console/api/v1${path}`, {
      method: 'POST',
      headers: {
        Cookie: `gf_operator=${secret}`,
        Origin: site.consoleUrl,
        'Sec-Fetch-Site': 'same-origin',
        'Content-Type': 'application/json',
        'Content-Length': String(Buffer.byteLength(body)),
      },
      body,
    });
  };
  const work = await workOfAsync(sending);
  const { status, text } = answer;
  return { status, code: JSON.parse(text).error?.code, text, work };
};

const refused = { status: 400, code: 'request-invalid' };
/** Each value of a body may be looked at some times, and no more. */
const mostWork = (body: string): number => 50_000 + 10 * body.length;

test.each([
  ['a long name above many values', `{"${'k'.repeat(1_000_000)}":[${'1,'.repeat(90_000)}1]}`],
  [
    'a long name above more values than any call takes',
    `{"${'k'.repeat(1_000_000)}":[${'1,'.repeat(900_000)}1]}`,
  ],
  [
    'more fields than an argument list has room for',
    `{${Array.from({ length: 90_000 }, (_, at) => `"k${at}":1`).join()}}`,
  ],
  ['brackets deeper than any stack', '['.repeat(100_000) + ']'.repeat(100_000)],
])('a body of %s is refused without much ado', async (_, body) => {
  const answer = await send(viewer, '/policy/check', body);
  expect(answer).toMatchObject(body.startsWith('[') ? { status: 400 } : refused);
  expect(answer.work).toBeLessThan(mostWork(body));
});

test('a long policy is checked in a thread, so that nobody waits for it', async () => {
  const rules = Array.from(
    { length: 5_000 },
    (_, n) => `  - { name: r${n}, when: { path: /a${n}/* }, access: open }`,
  );
  const body = JSON.stringify({ text: `rules:\n${rules.join('\n')}\n` });
  const answer = await send(viewer, '/policy/check', body);
  expect(answer.status).toBe(200);
  expect(answer.work).toBeLessThan(mostWork(body));
});

test('a list with a million faults is refused, and tells of few', async () => {
  const set = { products: Array(1_000_000).fill(1) };
  const edit = { kind: 'set-rule', name: 'x', set };
  const body = JSON.stringify({ revision: 0, edit });
  const answer = await send(editor, '/policy/draft/edits', body);
  expect(answer).toMatchObject(refused);
  expect(answer.work).toBeLessThan(mostWork(body));
  expect(answer.text.length).toBeLessThan(1000);
});

test('a forbidden name is told with its place, however deep', async () => {
  const { text } = await send(viewer, '/policy/check', '{"a":[{"b":{"__proto__":1}}]}');
  expect(JSON.parse(text).error.faults).toEqual([
    { in: 'body', at: 'a.0.b.__proto__', message: expect.any(String) },
  ]);
});
