/** `gatefold explain` says of any article and reader what the served header says, and changes nothing by asking. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { explainAddress } from '../../src/cli/explain.ts';
import {
  type ArticleOrigin,
  articlePage,
  sendAs,
  sendHtml,
  startArticleOrigin,
} from '../support/article-origin.ts';
import { buildCommand, gatefold } from '../support/command.ts';
import { accessOf, type Reader } from '../support/raw-client.ts';
import { comp, dayMs, type RunningGateway, startGateway, testPolicy } from '../support/start-gateway.ts';

const policy = testPolicy
  .replace('registered: 5 }', 'registered: 5 }\n  closed: { on: false }')
  .replace('access: own-or-metered,', 'access: own-or-metered, meter: main,')
  .replace(
    'otherwise:',
    'rules: [{ name: closed-meter, when: { path: /tidewater/off }, access: metered, meter: closed, products: all }]\notherwise:',
  );

let origin: ArticleOrigin;
let site: RunningGateway;
/** How each reader asks a page, and how explain is asked about them. */
let readers: Record<
  string,
  { headers: Record<string, string>; options: Parameters<typeof explainAddress>[1] }
>;

beforeAll(async () => {
  [origin] = await Promise.all([startArticleOrigin(), buildCommand()]);
  for (const level of ['open', 'registered', 'locked'])
    origin.on(`/tidewater/${level}`, sendHtml(articlePage(level), { 'Gatefold-Article': `level=${level}` }));
  origin.on('/tidewater/short', sendHtml(articlePage('short', { body: '<p>All of it.</p>' })));
  origin.on('/tidewater/bodiless', sendHtml('<!doctype html><title>B</title><p>Text without a body.'));
  origin.on('/tidewater/paper', sendAs('application/pdf', '%PDF'));
  site = await startGateway({ originUrl: origin.url, policy, ticking: true });
  const [two, three] = [site.reader(), site.reader()];
  for (const slug of ['read-a', 'read-b']) await two.ask(`/tidewater/${slug}`);
  for (const slug of ['read-a', 'read-b', 'read-c']) await three.ask(`/tidewater/${slug}`);
  const now = Date.now();
  const account = async (name: string, ...held: ReturnType<typeof comp>[]) => {
    const { cookie } = await site.account(`${name}@example.com`, held);
    return { headers: { ...cookie }, options: { reader: `${name}@example.com` } };
  };
  readers = {
    'a new visitor': { headers: {}, options: {} },
    'a visitor after two reads': asVisitor(two),
    'a visitor after three reads': asVisitor(three),
    'a registered reader': await account('registered'),
    'a subscriber by comp': await account('subscriber', comp('all', now - dayMs, now + dayMs)),
    'a reader whose comp has ended': await account('ended', comp('all', now - dayMs, now - 1000)),
    'a reader of another product': await account('other', comp('other', now - dayMs, now + dayMs)),
  };
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});

const asVisitor = (reader: Reader) => {
  const cookie = reader.jar.get('gf_visitor') ?? '';
  return {
    headers: { Cookie: `gf_visitor=${cookie}` },
    options: { visitor: cookie.split('.').slice(0, 2).join('.') },
  };
};

/** The command in this process: it prints with console.log, and its settings are the environment. */
const explained = async (
  target: string,
  options: Parameters<typeof explainAddress>[1],
): Promise<string[]> => {
  const before = { ...process.env };
  const { log } = console;
  const { error } = console;
  const printed: string[] = [];
  Object.assign(process.env, site.environment);
  console.log = (text: string) => void printed.push(text);
  console.error = () => undefined;
  try {
    await explainAddress(target, options);
  } finally {
    Object.assign(console, { log, error });
    for (const name of Object.keys(site.environment)) delete process.env[name];
    Object.assign(process.env, before);
  }
  return printed.join('\n').split('\n');
};

const who = [
  'a new visitor',
  'a visitor after two reads',
  'a visitor after three reads',
  'a registered reader',
  'a subscriber by comp',
  'a reader whose comp has ended',
  'a reader of another product',
] as const;

const where = [
  '/tidewater/metered',
  '/tidewater/read-a',
  '/tidewater/open',
  '/tidewater/registered',
  '/tidewater/locked',
  '/tidewater/off',
  '/tidewater/short',
  '/tidewater/bodiless',
  '/tidewater/metered/amp',
  '/tidewater/metered.json',
  '/meta/metered',
] as const;

/** Every reader at the articles where they differ, and two visitors at every form of article there is. */
const cases = who.flatMap((name) =>
  where
    .filter((target, place) => place === 0 || /registered|locked/.test(target) || name.includes('reads'))
    .map((target) => [name, target] as const),
);

describe('the first line', () => {
  test.each(cases)('for %s at %s is the served header', async (name, target) => {
    const reader = readers[name];
    if (!reader) throw new Error('no such reader');
    const served = await site.ask(target, { method: 'HEAD', headers: reader.headers });
    const [line] = await explained(target, reader.options);
    expect(line).toBe(`Gatefold-Access: ${served.headers['gatefold-access']}`);
  });
});

describe('what was asked', () => {
  test('covers every reason that these readers can meet', async () => {
    const reasons = new Set<string>();
    for (const { headers } of Object.values(readers))
      for (const target of where)
        reasons.add(accessOf(await site.ask(target, { method: 'HEAD', headers })).reason);
    expect([...reasons].sort()).toEqual(
      [
        'already-read',
        'comp',
        'free-read',
        'locked',
        'meter-exhausted',
        'meter-off',
        'open',
        'registered',
        'registration-required',
        'uncuttable',
      ].sort(),
    );
  });

  test('has cost nobody a free read', async () => {
    const headers = readers['a visitor after two reads']?.headers ?? {};
    expect(accessOf(await site.ask('/tidewater/metered', { method: 'HEAD', headers }))).toMatchObject({
      left: 0,
    });
    expect(accessOf(await site.ask('/tidewater/read-a', { method: 'HEAD', headers }))).toMatchObject({
      left: 1,
    });
  });
});

describe('the command', () => {
  test.each([
    [
      ['explain', '/tidewater/metered', '--reads', '0'],
      /^Gatefold-Access: full; reason=free-read; left=2; of=3\n/,
    ],
    [
      ['explain', '/tidewater/metered', '--reads', '3'],
      /^Gatefold-Access: preview; reason=meter-exhausted; left=0; of=3\n/,
    ],
    [
      ['explain', '/tidewater/locked', '--reader', 'subscriber@example.com'],
      /^Gatefold-Access: full; reason=comp\n/,
    ],
    [['explain', '/tidewater/locked', '--staff'], /^Gatefold-Access: full; reason=staff\n/],
    [['explain', '/feed.xml'], /^A feed stands there/],
  ])('gatefold %j prints it first', async (args, expected) => {
    const { code, out } = await gatefold(args, site.environment);
    expect(out).toMatch(expected);
    expect(code).toBe(0);
  });

  test('tells the rule that matched, those that didn’t and why, and the sum of the meter', async () => {
    const lines = await explained(
      '/tidewater/metered',
      readers['a visitor after three reads']?.options ?? {},
    );
    const text = lines.join('\n');
    expect(text).toMatch(/– closed-meter: .+/);
    expect(text).toMatch(/✓ otherwise → metered/);
    expect(text).toMatch(/Meter main: 3 of 3 used, exhausted; resets \d{4}-\d\d-\d\d/);
    expect(text).toMatch(
      /Decision: preview, because no free read is left in this window \(meter-exhausted\)\./,
    );
  });

  test('says what is wrong with a reader nobody knows or an address of another site', async () => {
    const wrong = [
      ['explain', '/tidewater/metered', '--reader', 'nobody@example.com'],
      ['explain', 'https://elsewhere.example/x'],
      ['explain', '/tidewater/metered', '--reads', 'many'],
      ['explain', '/tidewater/metered', '--visitor', '../x'],
      ['explain', '/tidewater/metered', '--reads', '1', '--reader', 'nobody@example.com'],
      ['explain', '/tidewater/metered', '--staff', '--reads', '1'],
      ['explain', '--code', '2222-3333-4444'],
      ['explain'],
    ];
    const answers = await Promise.all(wrong.map((args) => gatefold(args, site.environment)));
    expect(answers.map(({ code, out }) => [code, out])).toEqual(wrong.map(() => [1, '']));
  });
});
