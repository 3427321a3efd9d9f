/** That the README is right: its tables are the code’s, and its minute’s run goes as it says. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { heededEvents } from '../../src/billing/stripe-event-types.ts';
import { createGateway, type Gateway } from '../../src/gateway.ts';
import { parseSettings, settingDocs } from '../../src/settings.ts';
import { codeBlocks, read, root, section, tableRows } from './documents.ts';

const { scripts, version } = JSON.parse(read('package.json')) as {
  scripts: Readonly<Record<string, string>>;
  version: string;
};

test('the settings table says of every setting exactly what the code says', () => {
  const documented = tableRows(section('README.md', 'Settings'));
  const inCode = settingDocs.map(({ name, default: value, meaning }) => [
    `\`${name}\``,
    value || '–',
    meaning,
  ]);
  expect(documented).toEqual(inCode);
});

test('every command and every option of the command line is in the README', () => {
  const source = read('src/cli.ts');
  const commands = [...source.matchAll(/\.command\('(\w+)'/g)].map(([, name = '']) => name);
  const options = [...source.matchAll(/[oO]ption\('(--[^']+)'/g)].map(([, option = '']) => option);
  const documented = section('README.md', 'A minute’s run');
  expect(commands.length).toBeGreaterThan(5);
  for (const name of commands) {
    const isGroup = source.includes(`program.command('${name}')`);
    if (!isGroup) expect(documented).toMatch(new RegExp(`\`gatefold (token |policy )?${name}\\b`));
  }
  for (const option of options) expect(documented).toContain(`\`${option}\``);
});

test('the endpoint at Stripe is told to send exactly the events that are heeded', () => {
  const listed = codeBlocks('README.md', 'text').find((block) =>
    block.includes('checkout.session.completed'),
  );
  expect(listed?.trim().split('\n')).toEqual(heededEvents);
});

describe('the permissions of the restricted key', () => {
  /** What Stripe's dashboard calls the part of the SDK that a question goes to. */
  const resources: Readonly<Record<string, string>> = {
    customers: 'Customers',
    'checkout.sessions': 'Checkout Sessions',
    'billingPortal.sessions': 'Customer portal',
    subscriptions: 'Subscriptions',
    subscriptionItems: 'Subscriptions',
    prices: 'Prices',
    invoices: 'Invoices',
    invoicePayments: 'Invoices',
    charges: 'Charges',
    paymentIntents: 'Payment Intents',
    disputes: 'Disputes',
    'entitlements.activeEntitlements': 'Entitlements',
    events: 'Events',
  };
  const calls = readdirSync(`${root}src/billing`)
    .filter((file) => file.startsWith('stripe-'))
    .flatMap((file) => [...read(`src/billing/${file}`).matchAll(/\bstripe\.([a-zA-Z.]+)\.(\w+)\(/g)])
    .map(([, resource = '', method = '']) => ({
      resource: resources[resource] ?? `unknown: ${resource}`,
      permission: /^(list|retrieve)/.test(method) ? 'read' : 'write',
    }));
  const documented = tableRows(section('README.md', 'Setting up Stripe').replace(/^ +/gm, ''));

  test('are all that the calls need, and no more', () => {
    expect(calls.length).toBeGreaterThan(20);
    const needed = new Map<string, string>();
    for (const { resource, permission } of calls)
      if (needed.get(resource) !== 'write') needed.set(resource, permission);
    expect(documented.map(([resource, permission]) => `${resource}: ${permission}`).sort()).toEqual(
      [...needed].map(([resource, permission]) => `${resource}: ${permission}`).sort(),
    );
  });
});

test('every address of ours that the README names is answered by some route', () => {
  const named = tableRows(section('README.md', 'Three ways in')).flatMap(([first = '']) =>
    [...first.matchAll(/`(\/-\/[^`]+)`/g)].map(([, path = '']) => path),
  );
  const source = ['app', 'billing', 'console', 'gate', 'insight', 'ops', 'pages', 'readers', 'sandbox']
    .flatMap((room) => filesUnder(room))
    .map((file) => read(`src/${file}`))
    .join('\n');
  expect(named.length).toBeGreaterThan(12);
  expect(named.filter((path) => !source.includes(`'${path.replace(/\/$/, '')}`))).toEqual([]);
});

const filesUnder = (room: string): readonly string[] =>
  room === 'app'
    ? ['app.ts']
    : readdirSync(`${root}src/${room}`, { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.tsx?$/.test(file))
        .map((file) => `${room}/${file}`);

test('every npm script that the documents name exists', () => {
  for (const file of ['README.md', 'CONTRIBUTING.md', 'docs/operations.md']) {
    const named = [...read(file).matchAll(/npm (?:run (\w+)|(start|test)\b)/g)];
    for (const [, run, short] of named) expect(Object.keys(scripts)).toContain(run ?? short);
  }
});

test('the README and the changelog speak of this version', () => {
  expect(read('README.md')).toContain(`Version ${version} `);
  expect(read('CHANGELOG.md')).toContain(`## [${version}]`);
});

describe('the minute’s run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatefold-docs-'));
  let gateway: Gateway;
  const cookies = new Map<string, string>();
  const publicUrl = 'http://127.0.0.1:8080';

  beforeAll(async () => {
    const parsed = parseSettings({ DATA_DIR: folder, LOG_LEVEL: 'silent' });
    if (parsed.kind === 'faulty') throw new Error(parsed.faults.join('\n'));
    gateway = await createGateway({ settings: parsed.settings, watch: false });
  });

  afterAll(async () => {
    await gateway.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** One request of one browser, which keeps what it is told to; redirects are the caller's. */
  const ask = async (address: string, form?: Readonly<Record<string, string>>) => {
    const path = address.replace(publicUrl, '');
    const asked = form
      ? request(gateway.handle).post(path).type('form').set('Origin', publicUrl).send(form)
      : request(gateway.handle).get(path);
    const answer = await asked
      .set('Host', new URL(publicUrl).host)
      .set('Cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    for (const cookie of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    return answer;
  };

  const pathOf = (title: string): string => `/tidewater/${title.toLowerCase().replaceAll(' ', '-')}`;

  /** The header `Gatefold-Access` of an article of the sample site, by its title. */
  const open = async (title: string): Promise<string> =>
    (await ask(pathOf(title))).headers['gatefold-access'] ?? '';

  const text = section('README.md', 'A minute’s run').replace(/\s+/g, ' ');
  const titles = /Review: ([^.]+)\./.exec(text)?.[1]?.split(', ') ?? [];
  const [, locked = ''] = /“([^”]+)”, which no free read opens/.exec(text) ?? [];

  test('the articles that it names are free, free, free, and a preview, and the first stays whole', async () => {
    const seen: string[] = [];
    for (const title of [...titles, titles[0] ?? '']) seen.push(await open(title));
    expect(seen.map((header) => header.replace(/;.*reason=/, ' ').split(';')[0])).toEqual([
      'full free-read',
      'full free-read',
      'full free-read',
      'preview meter-exhausted',
      'full already-read',
    ]);
  });

  test('the article for subscribers is for subscribers', async () => {
    expect(await open(locked)).toBe('preview; reason=locked');
  });

  test('the plan that it names, paid for with the card that it names, opens both', async () => {
    const [, name = ''] = /choose “([^”]+)”/.exec(text) ?? [];
    const [number = ''] = /4242( 4242){3}/.exec(text) ?? [];
    const [, email = ''] = /enter `([^`]+)`/.exec(text) ?? [];
    const last = titles.at(-1) ?? '';
    const plan = gateway.inForce().policy.plans.find((each) => each.name === name);
    const page = await ask(`/-/subscribe?return=${encodeURIComponent(pathOf(last))}`);
    expect(page.text).toContain(`Choose ${name}`);
    const begun = await ask('/-/checkout', { plan: plan?.id ?? '', return: pathOf(last) });
    const checkout = begun.headers.location ?? '';
    expect((await ask(checkout)).text).toContain('Start the free trial');
    const paid = await ask(checkout, {
      ...{ email, name: '', payment: 'card', card: 'typed' },
      ...{ number, expiry: '12 / 34', cvc: '123' },
    });
    const back = await ask(paid.headers.location ?? '');
    expect([back.status, back.headers.location]).toEqual([303, pathOf(last)]);
    expect([await open(last), await open(locked)]).toEqual([
      'full; reason=subscription',
      'full; reason=subscription',
    ]);
    expect((await ask('/-/account')).text).toContain('no address is confirmed yet');
  });

  test('the sandbox’s controls move the clock and disturb webhooks', async () => {
    const { text: controls } = await ask('/-/sandbox/');
    for (const words of ['1 month', 'Copies of each', 'In a random order', 'Lost, of ten', 'Delay'])
      expect(controls).toContain(words);
  });
});
