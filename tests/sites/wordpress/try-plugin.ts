/** The plugin in integrations/wordpress in a real WordPress: what it states, whom it knows, and what the gate makes of it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type ArticleClaims, parseArticleHeader } from '../../../src/article/article-header.ts';
import { codeBlocks } from '../../docs/documents.ts';
import { type GatefoldProcess, startGatefold } from '../../support/gatefold-process.ts';
import { type Answered, type Client, createClient } from '../../support/raw-request.ts';
import { until } from '../../support/until.ts';
import { markPattern, siteArticles } from '../articles.ts';
import { run } from '../needs.ts';
import type { SitePlace, TryIntegration } from '../site.ts';
import type { Post } from './wordpress.ts';

const pluginFolder = fileURLToPath(new URL('../../../integrations/wordpress/gatefold', import.meta.url));

/** As the documentation has it. */
const policyWithPlugin =
  codeBlocks('docs/wordpress.md', 'yaml').find((policy) => policy.includes('gatefold-staff')) ?? '';

/** Each fault is a sentence; none when all is well. */
export const createTryPlugin =
  (place: SitePlace, root: string, posts: readonly Post[]): TryIntegration =>
  async (tell) => {
    const faults: string[] = [];
    const expect = (is: boolean, what: string): void => {
      if (!is) faults.push(what);
      tell(`${is ? 'ok' : 'NOT'}  ${what}`);
    };
    const [locked, open] = [
      posts.find(({ key }) => key === 'plain'),
      posts.find(({ key }) => key === 'quotes'),
    ];
    if (!locked || !open) return ['the posts that the plugin is tried with aren’t there'];
    await run(['cp', '-r', pluginFolder, join(root, 'wp-content', 'plugins')]);
    const { password } = await switchPlugin('on', place, root, { [locked.id]: 'locked', [open.id]: 'open' });
    writeTestParts(root, purgeSecret);
    const site: Tried = {
      place,
      root,
      origin: createClient(`http://127.0.0.1:${place.port}`),
      expect,
      locked,
      open,
      posts,
    };
    const folder = mkdtempSync(join(tmpdir(), 'gatefold-plugin-'));
    let gate: GatefoldProcess | undefined;
    try {
      await tryHeader(site);
      await tryFirstPage(site);
      const editor = await tryProbe(site, password);
      await tryHealthWithoutGate(site, password);
      writeFileSync(join(folder, 'policy.yaml'), `${policyWithPlugin}originCache: { seconds: 3600 }\n`);
      gate = await startGatefold({
        port: Number(new URL(place.publicUrl).port),
        settings: {
          ORIGIN_URL: `http://127.0.0.1:${place.port}`,
          POLICY_FILE: join(folder, 'policy.yaml'),
          PRESERVE_HOST: 'true',
          PURGE_SECRET: purgeSecret,
        },
      });
      await tryGate(site, gate, editor);
      await tryPurge(site, gate, password);
      await tryLevels(site, gate, password);
      await tryHealth(site, password);
    } finally {
      await gate?.stop();
      site.origin.close();
      await switchPlugin('off', place, root, {});
      rmSync(testPartsIn(root), { force: true });
      rmSync(join(root, 'wp-content', 'plugins', 'gatefold'), { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
    }
    return faults;
  };

const purgeSecret = 'between-the-press-and-the-gate';

const testPartsIn = (root: string): string => join(root, 'wp-content', 'mu-plugins', 'gatefold-test.php');

/** Passwords of applications are for https and local sites alone, and cron isn't called here. */
const writeTestParts = (root: string, secret: string): void => {
  mkdirSync(join(root, 'wp-content', 'mu-plugins'), { recursive: true });
  writeFileSync(
    testPartsIn(root),
    `<?php add_filter('wp_is_application_passwords_available', '__return_true');\ndefine('GATEFOLD_PURGE_SECRET', '${secret}');\n`,
  );
};

interface Tried {
  readonly place: SitePlace;
  readonly root: string;
  readonly origin: Client;
  readonly expect: (is: boolean, what: string) => void;
  readonly locked: Post;
  readonly open: Post;
  readonly posts: readonly Post[];
}

const switchPlugin = async (
  state: 'on' | 'off',
  { publicUrl }: SitePlace,
  root: string,
  levels: Readonly<Record<string, string>>,
): Promise<{ readonly password: string }> => {
  const script = fileURLToPath(new URL('plugin.php', import.meta.url));
  const printed = await run(['runuser', '-u', 'www-data', '--', 'php', script], {
    env: { SITE: root, PUBLIC_HOST: new URL(publicUrl).host, STATE: state, LEVELS: JSON.stringify(levels) },
  });
  const [, json] = /^READY (\{.*\})$/m.exec(printed) ?? [];
  if (json === undefined) throw new Error(`the plugin couldn’t be switched ${state}:\n${printed}`);
  return JSON.parse(json) as { password: string };
};

const hostOf = ({ publicUrl }: SitePlace): { readonly Host: string } => ({ Host: new URL(publicUrl).host });

const claimsAt = async (
  { origin, place }: Tried,
  path: string,
): Promise<ArticleClaims | 'none' | undefined> => {
  const { headers } = await origin.ask({ path, headers: hostOf(place) });
  const header = parseArticleHeader(headers['gatefold-article']?.toString());
  return header?.kind === 'article' ? header.claims : header?.kind;
};

const tryHeader = async (site: Tried): Promise<void> => {
  const { expect, posts, locked, open } = site;
  for (const article of siteArticles()) {
    const post = posts.find(({ key }) => key === article.key);
    if (!post) continue;
    const claims = await claimsAt(site, post.path);
    const own = typeof claims === 'object' ? claims : {};
    const isAll =
      own.section === article.section &&
      [...(own.tags ?? [])].sort().join() === [...article.tags].sort().join() &&
      // What looks like markup is taken for markup.
      own.title === article.title.replace(/<\w+>/g, '') &&
      (own.authors?.length ?? 0) === 1 &&
      own.publishedAt !== undefined &&
      own.updatedAt !== undefined;
    expect(
      isAll,
      `the header of ${post.path} states section, tags, title, author and dates${isAll ? '' : `: ${JSON.stringify(own)}`}`,
    );
  }
  const levels = [await claimsAt(site, locked.path), await claimsAt(site, open.path)];
  expect(
    JSON.stringify(levels.map((each) => typeof each === 'object' && each.level)) === '["locked","open"]',
    'the level that was chosen is stated',
  );
  for (const path of [
    '/',
    '/about/',
    '/feed/',
    `${open.path}embed/`,
    `${open.path}feed/`,
    `/wp-json/wp/v2/posts/${open.id}`,
  ])
    expect((await claimsAt(site, path)) === undefined, `${path} isn’t stated to be an article’s page`);
};

const tryFirstPage = async ({ origin, place, posts, expect }: Tried): Promise<void> => {
  const post = posts.find(({ key }) => key === 'nights');
  if (!post) return expect(false, 'there is a post in several pages');
  const { body } = await origin.ask({ path: `${post.path}2/`, headers: hostOf(place) });
  const [, canonical] = /<link rel="canonical" href="([^"]*)"/.exec(body.toString('utf8')) ?? [];
  expect(
    canonical === `${place.publicUrl}${post.path}`,
    `the second page names the first as canonical: ${canonical}`,
  );
};

const basic = (password: string): { readonly Authorization: string } => ({
  Authorization: `Basic ${Buffer.from(`editor:${password}`).toString('base64')}`,
});

/** @returns the cookie that browsers send to the whole site. */
const tryProbe = async (site: Tried, password: string): Promise<string> => {
  const { origin, place, expect } = site;
  const status = async (headers: Readonly<Record<string, string>>): Promise<number> =>
    (await origin.ask({ path: '/?gatefold-staff=1', headers: { ...hostOf(place), ...headers } })).status;
  const [editor, member] = [
    await signIn(site, 'editor', 'Lantern-2026-y'),
    await signIn(site, 'member', 'Lantern-2026-z'),
  ];
  const forged = editor.replace(/=.*/, '=editor%7C1999999999%7Cabc%7Cdef');
  expect((await status({})) === 403, 'the probe refuses strangers');
  expect((await status({ Cookie: forged })) === 403, 'the probe refuses a forged cookie');
  expect((await status({ Cookie: member })) === 403, 'the probe refuses members who may not edit');
  expect(
    (await status({ Cookie: editor })) === 204,
    'the probe knows an editor by the cookie for the whole site',
  );
  expect((await status(basic(password))) === 204, 'the probe knows an application password');
  expect((await status(basic('wrong wrong wrong'))) === 403, 'the probe refuses a wrong password');
  return editor;
};

const signIn = async ({ origin, place }: Tried, name: string, password: string): Promise<string> => {
  const body = new URLSearchParams({
    log: name,
    pwd: password,
    'wp-submit': 'Log In',
    testcookie: '1',
  }).toString();
  const answered = await origin.ask({
    ...{ method: 'POST', path: '/wp-login.php', body },
    headers: {
      ...hostOf(place),
      Cookie: 'wordpress_test_cookie=WP%20Cookie%20check',
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': String(Buffer.byteLength(body)),
    },
  });
  const cookie = (answered.headers['set-cookie'] ?? []).find((line) =>
    line.startsWith('wordpress_logged_in_'),
  );
  if (cookie === undefined) throw new Error(`${name} couldn’t sign in: ${answered.status}`);
  return cookie.split(';', 1)[0] ?? '';
};

/** The mark of its last sentence. */
const lateText = (post: Post): string => {
  const text =
    siteArticles()
      .find(({ key }) => key === post.key)
      ?.paragraphs.join(' ') ?? '';
  return [...text.matchAll(markPattern)].at(-1)?.[0] ?? 'no mark';
};

const tryGate = async (
  { expect, locked, open }: Tried,
  gate: GatefoldProcess,
  editor: string,
): Promise<void> => {
  const client = createClient(gate.url);
  const ask = (path: string, cookie = ''): Promise<Answered> =>
    client.ask({ path, headers: { Accept: 'text/html', ...(cookie === '' ? {} : { Cookie: cookie }) } });
  const holds = ({ body }: Answered, post: Post): boolean => body.toString('utf8').includes(lateText(post));
  const stranger = await ask(locked.path);
  expect(!holds(stranger, locked), 'a stranger gets the preview of what the post says is locked');
  expect(
    /reason=locked/.test(String(stranger.headers['gatefold-access'])),
    `and for that reason: ${stranger.headers['gatefold-access']}`,
  );
  expect(stranger.headers['gatefold-article'] === undefined, 'the header stays inside');
  expect(holds(await ask(open.path), open), 'what the post says is open is whole for everybody');
  expect(
    holds(await ask(locked.path, editor), locked),
    'an editor gets it whole by the cookie for the whole site, at the first look',
  );
  client.close();
};

/** What changes at the origin itself, past the gate, is seen behind it although its copy is good for an hour. */
const tryPurge = async (
  { origin, place, root, expect, open }: Tried,
  gate: GatefoldProcess,
  password: string,
): Promise<void> => {
  const client = createClient(gate.url);
  const page = (): Promise<Answered> => client.ask({ path: open.path, headers: { Accept: 'text/html' } });
  const change = (path: string, body: string, type: string): Promise<Answered> =>
    origin.ask({
      ...{ method: 'POST', path, body },
      headers: {
        ...hostOf(place),
        ...basic(password),
        'Content-Type': type,
        'Content-Length': String(Buffer.byteLength(body)),
      },
    });
  const set = (facts: Readonly<Record<string, string>>): Promise<Answered> =>
    change(`/wp-json/wp/v2/posts/${open.id}`, JSON.stringify(facts), 'application/json');
  const becomes = (what: string, is: (answered: Answered) => boolean): Promise<void> =>
    until(async () => is(await page()), what).then(
      () => expect(true, what),
      () => expect(false, what),
    );
  await page();
  const before = JSON.parse(
    (
      await origin.ask({
        path: `/wp-json/wp/v2/posts/${open.id}?context=edit`,
        headers: { ...hostOf(place), ...basic(password) },
      })
    ).body.toString(),
  ) as { title: { raw: string } };
  // PHP looks at its files anew every two seconds.
  writeTestParts(root, 'a-secret-that-the-gate-has-not');
  await pause(3_000);
  await set({ title: 'A title that nobody was told of' });
  await pause(2_000);
  const { body: kept } = await page();
  expect(!kept.includes('nobody was told'), 'without the right secret the gate’s copy stays as it is');
  writeTestParts(root, purgeSecret);
  await pause(3_000);
  await set({ title: 'Another title altogether' });
  await becomes('a changed post is seen at once', ({ body }) => body.includes('Another title altogether'));
  await change(
    '/wp-comments-post.php',
    `comment_post_ID=${open.id}&author=Reader&email=reader%40example.com&comment=A+letter+of+${Date.now()}+from+the+pier`,
    'application/x-www-form-urlencoded',
  );
  await becomes('a comment is seen at once', ({ body }) =>
    /A letter of \d+ from the pier/.test(body.toString()),
  );
  await set({ status: 'draft' });
  await becomes('a post that was taken back is gone at once', ({ status }) => status === 404);
  await set({ status: 'publish', title: before.title.raw });
  await becomes(
    'and is there again when it is published',
    ({ status, body }) => status === 200 && !body.includes('Another title'),
  );
  client.close();
};

const tryLevels = async ({ expect, open }: Tried, gate: GatefoldProcess, password: string): Promise<void> => {
  const client = createClient(gate.url);
  const set = (level: string, headers: Readonly<Record<string, string>>): Promise<Answered> => {
    const body = JSON.stringify({ meta: { _gatefold_level: level } });
    const path = `/wp-json/wp/v2/posts/${open.id}`;
    return client.ask({
      ...{ method: 'POST', path, body },
      headers: {
        ...headers,
        'Content-Type': 'application/json',
        'Content-Length': String(Buffer.byteLength(body)),
      },
    });
  };
  const levelIn = ({ body }: Answered): unknown =>
    (JSON.parse(body.toString('utf8')) as { meta?: { _gatefold_level?: unknown } }).meta?._gatefold_level;
  expect((await set('open', {})).status === 401, 'a stranger can’t set a level');
  const metered = await set('metered', basic(password));
  expect(
    metered.status === 200 && levelIn(metered) === 'metered',
    `an editor’s program can: ${metered.status}`,
  );
  expect(levelIn(await set('everything', basic(password))) === '', 'a level that is none is none');
  client.close();
};

const healthOf = async (
  { origin, place }: Tried,
  password: string,
): Promise<{ status?: string; label?: string }> => {
  const { body } = await origin.ask({
    path: '/wp-json/gatefold/v1/health',
    headers: { ...hostOf(place), ...basic(password) },
  });
  return JSON.parse(body.toString('utf8')) as { status?: string; label?: string };
};

const tryHealthWithoutGate = async (site: Tried, password: string): Promise<void> => {
  const { status, label } = await healthOf(site, password);
  site.expect(
    status === 'critical' && /doesn’t answer/.test(label ?? ''),
    `Site Health without a gate: ${label}`,
  );
};

const tryHealth = async (site: Tried, password: string): Promise<void> => {
  const { expect, root } = site;
  const within = await healthOf(site, password);
  expect(within.status === 'good', `Site Health behind the gate: ${within.label}`);
  const stranger = await site.origin.ask({
    path: '/wp-json/gatefold/v1/health',
    headers: hostOf(site.place),
  });
  expect(stranger.status === 401, 'Site Health tells strangers nothing');
  // As on a server whose own address is a public one.
  const folder = join(root, 'wp-content', 'mu-plugins');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'public-address.php');
  writeFileSync(
    file,
    "<?php add_filter('gatefold_is_public_address', fn () => fn ($address) => true);\nadd_filter('http_request_host_is_external', '__return_true');\n",
  );
  try {
    const past = await healthOf(site, password);
    expect(
      past.status === 'critical' && /past Gatefold/.test(past.label ?? ''),
      `Site Health at a public address: ${past.label}`,
    );
  } finally {
    rmSync(file, { force: true });
  }
};
