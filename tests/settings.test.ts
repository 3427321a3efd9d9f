import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { type Environment, parseSettings, type Settings, settingDocs } from '../src/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

const keyFile = (name: string, text: string): string => {
  const path = join(folder, `${name}.pem`);
  writeFileSync(path, text);
  return path;
};

const pemOf = (pair: { privateKey: { export(options: object): string | Buffer } }) =>
  String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ecFile = keyFile('ec', pemOf(ec));
const ecPublicFile = keyFile('ec-public', String(ec.publicKey.export({ type: 'spki', format: 'pem' })));
const rsaFile = keyFile('rsa', pemOf(generateKeyPairSync('rsa', { modulusLength: 2048 })));
const weakRsaFile = keyFile('weak', pemOf(generateKeyPairSync('rsa', { modulusLength: 1024 })));
const otherCurveFile = keyFile('p384', pemOf(generateKeyPairSync('ec', { namedCurve: 'P-384' })));

const secret = Buffer.from(Array.from({ length: 32 }, (_, index) => (index * 37 + 11) % 256)).toString(
  'base64url',
);
const webhookSecret = 'whsec_0123456789abcdefABCDEF';

const production: Environment = {
  PUBLIC_URL: 'https://news.example.com',
  ORIGIN_URL: 'http://localhost:3000',
  TOKEN_KEYS: `2026-11:${secret}`,
  STRIPE_SECRET_KEY: 'sk_live_abcdefghijkl',
  STRIPE_WEBHOOK_SECRET: webhookSecret,
};

const good = (environment: Environment): Settings => {
  const parsed = parseSettings(environment);
  if (parsed.kind !== 'ok') throw new Error(parsed.faults.join('\n'));
  return parsed.settings;
};

const faultsOf = (environment: Environment): readonly string[] => {
  const parsed = parseSettings(environment);
  return parsed.kind === 'faulty' ? parsed.faults : [];
};

const notesOf = (environment: Environment): string => {
  const parsed = parseSettings(environment);
  return parsed.kind === 'ok' ? parsed.notes.join('\n') : '';
};

describe('with nothing set', () => {
  const settings = good({});

  test('the sandbox runs on the sample site and the embedded store', () => {
    expect(settings).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:8080',
      origin: { kind: 'folder', directory: expect.stringMatching(/config[\\/]sample$/) },
      policyFile: 'config/policy.yaml',
      dataDir: './data',
      tokenKeys: [],
      mailFrom: 'no-reply@localhost',
      operators: [],
      trustProxy: [],
      logLevel: 'info',
      sandbox: true,
    });
    expect(settings).not.toHaveProperty('redisUrl');
    expect(settings).not.toHaveProperty('stripe');
    expect(notesOf({})).toContain('sandbox');
  });

  test('an empty or blank setting is one not set', () => {
    const empty = Object.fromEntries(
      settingDocs.map(({ name }, index) => [name, index % 2 === 0 ? '' : '  ']),
    );
    expect(good(empty)).toEqual(settings);
  });
});

describe('a full set of settings', () => {
  test('is read as meant', () => {
    const settings = good({
      ...production,
      PORT: '80',
      HOST: '::',
      POLICY_FILE: '/etc/gatefold/policy.yaml',
      REDIS_URL: 'rediss://reader:hush@one:6379,two:6380',
      DATA_DIR: '/var/lib/gatefold',
      TOKEN_KEYS: ` new:${secret} , old:${ecFile},older:${ecPublicFile}`,
      STRIPE_WEBHOOK_SECRET: `${webhookSecret}, ${webhookSecret}2`,
      STRIPE_API_BASE: 'http://127.0.0.1:12111/',
      SMTP_URL: 'smtps://mailer:hush@mail.example.com:465',
      MAIL_FROM: 'The Reading Room <hello@example.com>',
      OPERATORS: 'Ann@Example.com, bo@example.com,ann@example.com',
      TRUST_PROXY: '10.0.0.0/8, ::1',
      PRESERVE_HOST: 'true',
      LOG_LEVEL: 'debug',
      METRICS_PORT: '9100',
    });
    expect(settings).toMatchObject({
      port: 80,
      publicUrl: 'https://news.example.com',
      origin: { kind: 'http', url: 'http://localhost:3000', preserveHost: true },
      stripe: {
        secretKey: 'sk_live_abcdefghijkl',
        webhookSecrets: [webhookSecret, `${webhookSecret}2`],
        apiBase: 'http://127.0.0.1:12111',
      },
      operators: ['ann@example.com', 'bo@example.com'],
      trustProxy: ['10.0.0.0/8', '::1'],
      logLevel: 'debug',
      metricsPort: 9100,
      sandbox: false,
    });
    expect(settings.tokenKeys.map(({ kid, kind }) => [kid, kind])).toEqual([
      ['new', 'secret'],
      ['old', 'pem'],
      ['older', 'pem'],
    ]);
  });

  test.each([
    ['0.0.0.0', 'http://localhost:8080'],
    ['::', 'http://localhost:8080'],
    ['::1', 'http://[::1]:8080'],
    ['gate.internal', 'http://gate.internal:8080'],
  ])('without PUBLIC_URL is reached at HOST %s as %s', (HOST, publicUrl) => {
    expect(good({ HOST }).publicUrl).toBe(publicUrl);
  });

  test('sends mail from the site’s own host', () => {
    expect(good(production).mailFrom).toBe('no-reply@news.example.com');
  });

  test('may hold an RSA key of 2048 bits', () => {
    expect(good({ TOKEN_KEYS: `a:${rsaFile}` }).tokenKeys).toMatchObject([{ kind: 'pem' }]);
  });
});

describe('the console', () => {
  const console = (environment: Environment, hosted = false): Settings['console'] => {
    const parsed = parseSettings(environment, { hosted });
    if (parsed.kind !== 'ok') throw new Error(parsed.faults.join('\n'));
    return parsed.settings.console;
  };
  const here = (port: number) => ({ url: `http://127.0.0.1:${port}`, port });

  test.each<[string, Environment, Settings['console']]>([
    ['at the next port, in the sandbox', {}, { ...here(8081), isAnyPort: true }],
    [
      'before a site of one’s own too',
      { ORIGIN_URL: 'http://localhost:3000' },
      { ...here(8081), isAnyPort: true },
    ],
    ['past the figures’ port', { METRICS_PORT: '8081' }, { ...here(8082), isAnyPort: true }],
    [
      'where a container is reached',
      { HOST: '0.0.0.0' },
      { url: 'http://localhost:8081', port: 8081, isAnyPort: true },
    ],
    ['with the site, where operators are named', { OPERATORS: 'a@b.org' }, { url: 'http://127.0.0.1:8080' }],
    [
      'with the site, where its address is named',
      { PUBLIC_URL: 'http://localhost:8080' },
      { url: 'http://localhost:8080' },
    ],
    ['with the site, after the last port', { PORT: '65535' }, { url: 'http://127.0.0.1:65535' }],
    ['with the site, at a port that nobody knows yet', { PORT: '0' }, { url: 'http://127.0.0.1:0' }],
    ['with the site, beside real keys', production, { url: 'https://news.example.com' }],
    [
      'with the site, on purpose',
      { ...production, CONSOLE_URL: 'https://news.example.com/' },
      { url: 'https://news.example.com' },
    ],
    [
      'told by its host name',
      { ...production, CONSOLE_URL: 'https://console.example.com' },
      { url: 'https://console.example.com' },
    ],
    [
      'told by the port in its name',
      { ...production, CONSOLE_URL: 'https://news.example.com:8443' },
      { url: 'https://news.example.com:8443' },
    ],
    [
      'at a port of its own behind a proxy',
      { ...production, CONSOLE_URL: 'https://console.example.com', CONSOLE_PORT: '9000' },
      { url: 'https://console.example.com', port: 9000 },
    ],
    ['at the port that it names on this machine', { CONSOLE_URL: 'http://127.0.0.1:9000' }, here(9000)],
    [
      'at the port that it names at HOST',
      { HOST: '192.0.2.7', CONSOLE_URL: 'http://192.0.2.7:9000' },
      { url: 'http://192.0.2.7:9000', port: 9000 },
    ],
    [
      'told by its name on this machine',
      { CONSOLE_URL: 'http://localhost:8080' },
      { url: 'http://localhost:8080' },
    ],
    [
      'behind a proxy on this machine',
      { CONSOLE_URL: 'https://localhost:8443' },
      { url: 'https://localhost:8443' },
    ],
    ['at the port that is named alone', { CONSOLE_PORT: '9000' }, here(9000)],
  ])('is %s', (_what, environment, expected) => {
    expect(console(environment)).toEqual(expected);
  });

  test('in an app is told by its host name, or listens at the port that is named; a port that only the address names is the app’s', () => {
    const hosted = { PUBLIC_URL: 'http://localhost:3000' };
    expect(console(hosted, true)).toEqual({ url: 'http://localhost:3000' });
    expect(console({ ...hosted, CONSOLE_URL: 'http://localhost:3001' }, true)).toEqual({
      url: 'http://localhost:3001',
    });
    const own = { CONSOLE_URL: 'http://localhost:3001', CONSOLE_PORT: '3001' };
    expect(console({ ...hosted, ...own }, true)).toEqual({ url: 'http://localhost:3001', port: 3001 });
  });

  test.each<[string, Environment, boolean]>([
    ['an operator, beside real keys', { ...production, OPERATORS: 'a@b.org' }, true],
    ['an operator in the sandbox', { OPERATORS: 'a@b.org' }, true],
    ['the sandbox’s own owner, at the site on purpose', { CONSOLE_URL: 'http://127.0.0.1:8080' }, true],
    ['nobody', production, false],
    ['nobody at a sandbox on a public address', { PUBLIC_URL: 'https://news.example.com' }, false],
    [
      'an operator at an origin of its own',
      { OPERATORS: 'a@b.org', CONSOLE_URL: 'http://127.0.0.1:9' },
      false,
    ],
    ['the sandbox’s own owner', {}, false],
  ])('is warned of at the site’s origin where it lets somebody in: %s', (_who, environment, warned) => {
    expect(notesOf(environment).includes('any script in the site’s pages')).toBe(warned);
  });
});

const faulty: readonly (readonly [what: string, environment: Environment, name: string])[] = [
  ['a port in words', { PORT: 'eighty' }, 'PORT'],
  ['a port beyond the last', { PORT: '65536' }, 'PORT'],
  ['a negative port', { PORT: '-1' }, 'PORT'],
  ['a host with a scheme', { HOST: 'http://x' }, 'HOST'],
  ['a site address with a path', { PUBLIC_URL: 'https://x.org/blog' }, 'PUBLIC_URL'],
  ['a site address with a query', { PUBLIC_URL: 'https://x.org/?a' }, 'PUBLIC_URL'],
  ['a site address of another scheme', { PUBLIC_URL: 'ftp://x.org' }, 'PUBLIC_URL'],
  ['a site address that isn’t one', { PUBLIC_URL: 'x.org' }, 'PUBLIC_URL'],
  ['http outside the sandbox', { ...production, PUBLIC_URL: 'http://news.example.com' }, 'PUBLIC_URL'],
  ['no site address outside the sandbox', { ...production, PUBLIC_URL: '' }, 'PUBLIC_URL'],
  ['an origin with a password', { ORIGIN_URL: 'http://a:hush@x.org' }, 'ORIGIN_URL'],
  ['an origin with a path', { ORIGIN_URL: 'http://x.org/a' }, 'ORIGIN_URL'],
  [
    'an origin that is the gate itself',
    { ...production, ORIGIN_URL: 'https://news.example.com' },
    'ORIGIN_URL',
  ],
  ['two origins', { ORIGIN_URL: 'http://x.org', CONTENT_DIR: 'config' }, 'ORIGIN_URL'],
  ['no origin outside the sandbox', { ...production, ORIGIN_URL: '' }, 'ORIGIN_URL'],
  ['a folder that isn’t there', { CONTENT_DIR: '/no/such/folder' }, 'CONTENT_DIR'],
  ['a file for a folder', { CONTENT_DIR: 'package.json' }, 'CONTENT_DIR'],
  ['a store of another kind', { REDIS_URL: 'postgres://x' }, 'REDIS_URL'],
  ['Sentinels without a master', { REDIS_URL: 'redis+sentinel://a:1,b:2' }, 'REDIS_URL'],
  ['a Cluster with a database', { REDIS_URL: 'redis://a:1,b:2/3' }, 'REDIS_URL'],
  ['a store at port 0', { REDIS_URL: 'redis://a:0' }, 'REDIS_URL'],
  ['a key without a kid', { TOKEN_KEYS: secret }, 'TOKEN_KEYS'],
  ['a kid without a key', { TOKEN_KEYS: 'a:' }, 'TOKEN_KEYS'],
  ['a kid with a space', { TOKEN_KEYS: `a b:${secret}` }, 'TOKEN_KEYS'],
  ['a short secret', { TOKEN_KEYS: 'a:c2hvcnQ' }, 'TOKEN_KEYS'],
  ['a secret that repeats itself', { TOKEN_KEYS: `a:${'A'.repeat(60)}` }, 'TOKEN_KEYS'],
  ['a secret in base64', { TOKEN_KEYS: `a:${Buffer.alloc(40, 0xfb).toString('base64')}` }, 'TOKEN_KEYS'],
  ['a trailing comma', { TOKEN_KEYS: `a:${secret},` }, 'TOKEN_KEYS'],
  ['one kid for two keys', { TOKEN_KEYS: `a:${secret},a:${ecFile}` }, 'TOKEN_KEYS'],
  ['a key file that isn’t there', { TOKEN_KEYS: 'a:/no/such/key.pem' }, 'TOKEN_KEYS'],
  ['a key file that holds no key', { TOKEN_KEYS: `a:${keyFile('none', 'hello')}` }, 'TOKEN_KEYS'],
  ['a weak RSA key', { TOKEN_KEYS: `a:${weakRsaFile}` }, 'TOKEN_KEYS'],
  ['a key of another curve', { TOKEN_KEYS: `a:${otherCurveFile}` }, 'TOKEN_KEYS'],
  ['a public key that should sign', { TOKEN_KEYS: `a:${ecPublicFile}` }, 'TOKEN_KEYS'],
  ['no key outside the sandbox', { ...production, TOKEN_KEYS: '' }, 'TOKEN_KEYS'],
  ['a publishable key', { ...production, STRIPE_SECRET_KEY: 'pk_live_abcdef' }, 'STRIPE_SECRET_KEY'],
  ['no webhook secret', { ...production, STRIPE_WEBHOOK_SECRET: '' }, 'STRIPE_WEBHOOK_SECRET'],
  [
    'a webhook secret of another kind',
    { ...production, STRIPE_WEBHOOK_SECRET: 'abc' },
    'STRIPE_WEBHOOK_SECRET',
  ],
  ['a Stripe address with a path', { ...production, STRIPE_API_BASE: 'http://x/v1' }, 'STRIPE_API_BASE'],
  ['mail through a web site', { SMTP_URL: 'https://x.org' }, 'SMTP_URL'],
  ['a sender without an address', { MAIL_FROM: 'The Reading Room' }, 'MAIL_FROM'],
  ['a sender with a line break', { MAIL_FROM: 'A\r\nBcc: x@example.com <a@example.com>' }, 'MAIL_FROM'],
  ['an operator without an address', { OPERATORS: 'ann' }, 'OPERATORS'],
  ['everybody as a proxy', { TRUST_PROXY: '0.0.0.0/0' }, 'TRUST_PROXY'],
  ['true as a proxy', { TRUST_PROXY: 'true' }, 'TRUST_PROXY'],
  ['a host preserved perhaps', { ...production, PRESERVE_HOST: 'yes' }, 'PRESERVE_HOST'],
  ['an unknown log level', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
  ['metrics at the site’s own port', { METRICS_PORT: '8080' }, 'METRICS_PORT'],
  ['a console with a path', { CONSOLE_URL: 'https://x.org/-/console' }, 'CONSOLE_URL'],
  ['a console without a scheme', { CONSOLE_URL: 'console.x.org' }, 'CONSOLE_URL'],
  ['a console over http', { ...production, CONSOLE_URL: 'http://console.example.com' }, 'CONSOLE_URL'],
  [
    'a console that only a scheme tells apart',
    { PUBLIC_URL: 'http://x.org', CONSOLE_URL: 'https://x.org' },
    'CONSOLE_URL',
  ],
  [
    'a console that only a spelled-out port tells apart',
    { PUBLIC_URL: 'https://x.org', CONSOLE_URL: 'http://x.org:443' },
    'CONSOLE_URL',
  ],
  [
    'a console at the origin’s address',
    { ORIGIN_URL: 'http://10.0.0.1:3000', CONSOLE_URL: 'http://10.0.0.1:3000' },
    'CONSOLE_URL',
  ],
  [
    'a console at the site’s own port',
    { CONSOLE_URL: 'https://c.x.org', CONSOLE_PORT: '8080' },
    'CONSOLE_PORT',
  ],
  [
    'a console at the figures’ port',
    { CONSOLE_URL: 'http://127.0.0.1:9100', METRICS_PORT: '9100' },
    'CONSOLE_URL',
  ],
  ['a console’s port without its address', { ...production, CONSOLE_PORT: '9000' }, 'CONSOLE_URL'],
  [
    'a port for a console that is with the site',
    { ...production, CONSOLE_URL: 'https://news.example.com', CONSOLE_PORT: '9000' },
    'CONSOLE_PORT',
  ],
  ['a console at any free port', { CONSOLE_PORT: '0' }, 'CONSOLE_PORT'],
];

describe('a faulty setting stops the start', () => {
  test.each(faulty)('%s', (_what, environment, name) => {
    const faults = faultsOf(environment);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${name}\\b.*: `));
  });

  test('and all are told at once', () => {
    const names = faultsOf({
      PORT: 'x',
      LOG_LEVEL: 'y',
      REDIS_URL: 'z',
      STRIPE_SECRET_KEY: 'sk_test_abc',
      TOKEN_KEYS: 'q',
    });
    expect(names.map((fault) => /^[A-Z_]+/.exec(fault)?.[0])).toEqual([
      'PORT',
      'PUBLIC_URL',
      'ORIGIN_URL',
      'STRIPE_WEBHOOK_SECRET',
      'REDIS_URL',
      'TOKEN_KEYS',
      'LOG_LEVEL',
    ]);
  });
});

test('no fault repeats what was set, since it may be a secret in the wrong place', () => {
  const hush = 'hUsH-f4k3secret';
  const wrong = [
    hush,
    `${hush}:x`,
    `a:${hush}`,
    `http://${hush}@x/y`,
    `redis://a:${hush}@b:x/q`,
    `${hush}.pem`,
    `a:${hush}.pem`,
    `a b:${hush},${hush}:`,
  ];
  for (const value of wrong) {
    for (const { name } of settingDocs) {
      const faults = faultsOf({ ...production, CONTENT_DIR: '', [name]: value });
      expect(faults.join('\n')).not.toContain('f4k3');
    }
  }
});

describe('what works but perhaps isn’t meant is noted', () => {
  test.each([
    ['https without a trusted proxy', production, 'TRUST_PROXY'],
    ['no mail outside the sandbox', production, 'SMTP_URL'],
    ['http for a public address', { PUBLIC_URL: 'http://news.example.com' }, 'PUBLIC_URL is http'],
    ['a sandbox that a network can reach', { HOST: '0.0.0.0' }, 'publish the port on 127.0.0.1 only'],
    ['a webhook secret in the sandbox', { STRIPE_WEBHOOK_SECRET: webhookSecret }, 'do nothing'],
    ['a host preserved for no site', { PRESERVE_HOST: 'true' }, 'nothing without ORIGIN_URL'],
    ['http for a console on a network', { CONSOLE_URL: 'http://192.0.2.7:9000' }, 'CONSOLE_URL is http'],
    [
      'a console at another port of the site’s host name',
      { ...production, CONSOLE_URL: 'https://news.example.com:8443' },
      'the host name of PUBLIC_URL',
    ],
  ])('%s', (_what, environment, words) => {
    expect(notesOf(environment)).toContain(words);
  });

  test.each([
    {},
    { HOST: 'localhost' },
    { HOST: '::1' },
    { HOST: '127.0.0.2' },
    { ...production, HOST: '::' },
  ])('%j: no network reaches a sandbox', (environment) => {
    expect(notesOf(environment)).not.toContain('publish the port');
  });
});

test('every setting is documented once', () => {
  const names = settingDocs.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(settingDocs.every(({ meaning }) => meaning.endsWith('.'))).toBe(true);
});
