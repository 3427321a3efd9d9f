/** Next.js 16: stories as server components, made at the build and for each request, and by the older router with its data. */
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServerProcess } from '../../support/server-process.ts';
import { until } from '../../support/until.ts';
import { siteArticles } from '../articles.ts';
import { needNpmPackages, run } from '../needs.ts';
import { answers } from '../nginx.ts';
import type { Door, MakeSite } from '../site.ts';

export const makeNext: MakeSite = async ({ folder, port, publicUrl }) => {
  const articles = siteArticles();
  const env = { PUBLIC_URL: publicUrl, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };
  cpSync(fileURLToPath(new URL('files', import.meta.url)), folder, { recursive: true });
  writeFileSync(join(folder, 'lib', 'articles.json'), JSON.stringify(articles));
  await needNpmPackages(folder, ['next@16.4.6', 'react@19.3.1', 'react-dom@19.3.1']);
  const build = join(folder, '.next', 'BUILD_ID');
  const next = join(folder, 'node_modules', 'next', 'dist', 'bin', 'next');
  if (!existsSync(build)) await run([process.execPath, next, 'build'], { cwd: folder, env });
  const server = await startServerProcess(
    [
      'env',
      ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
      process.execPath,
      next,
      'start',
      folder,
    ].concat('--hostname', '127.0.0.1', '--port', String(port)),
    join(folder, 'log'),
  );
  await until(() => answers(`http://127.0.0.1:${port}/about`), 'Next.js to answer');
  const buildId = readFileSync(build, 'utf8').trim();
  return {
    articles: articles.map((article) => ({
      article,
      paths: ['/stories', '/now', '/old'].map((under) => `${under}/${article.key}`),
    })),
    doors: [...articles.flatMap(({ key }) => doorsOf(key, buildId)), ...wholeSite],
    policy,
    stop: () => server.stop(),
  };
};

const doorsOf = (key: string, buildId: string): readonly Door[] => [
  ...['/stories', '/now'].flatMap((under) => dataOf(`${under}/${key}`)),
  ...[
    `/_next/data/${buildId}/old/${key}.json`,
    `/_next/data/${buildId}/old/${key}.json?slug=${key}`,
    `/_next/data/x/old/${key}.json`,
    `/stories/${key}.txt`,
    `/stories/${key}.rsc`,
    `/stories/${key}.prefetch.rsc`,
    `/stories/${key}.segments/_tree.segment.rsc`,
    `/stories/${key}.html`,
    `/stories/${key}/index.txt`,
    `/_next/image?url=%2Fstories%2F${key}&w=640&q=75`,
  ].map((path) => ({ path })),
  { path: `/_next/data/${buildId}/old/${key}.json`, headers: { 'x-nextjs-data': '1' } },
];

/** What its router asks for in the background: a whole tree, what a hover prefetches, one segment. */
const dataOf = (path: string): readonly Door[] => {
  const state = encodeURIComponent(
    JSON.stringify(['', { children: ['__PAGE__', {}, null, null] }, null, null, true]),
  );
  return [
    { RSC: '1' },
    { RSC: '1', 'Next-Router-State-Tree': state },
    { RSC: '1', 'Next-Router-Prefetch': '1' },
    { RSC: '1', 'Next-Router-Prefetch': '1', 'Next-Router-Segment-Prefetch': '/_tree' },
    { RSC: '1', 'Next-Router-Prefetch': '1', 'Next-Router-Segment-Prefetch': '/_full' },
    { RSC: '1', 'Next-Router-Prefetch': '1', 'Next-Router-Segment-Prefetch': '/__PAGE__' },
    { RSC: '1', 'Next-Url': path },
    { RSC: '1', Purpose: 'prefetch' },
    { Accept: 'text/x-component' },
  ].flatMap((headers) => [`${path}?_rsc=1a2b3`, path].map((asked) => ({ path: asked, headers })));
};

const wholeSite: readonly Door[] = [
  ...[
    '/api/stories',
    '/api/stories?x=1',
    '/feed.xml',
    '/index.txt',
    '/index.rsc',
    '/404',
    '/_next/data',
    '/about',
  ].map((path) => ({ path })),
  { path: '/?_rsc=1a2b3', headers: { RSC: '1' } },
  { path: '/api/stories', headers: { Accept: 'text/html' } },
];

const policy = `
site: { name: The Lock, timeZone: Europe/London }
articles:
  paths: [/stories/*, /now/*, /old/*]
  body: .story-text
rules:
  - { name: for-subscribers, when: { section: News }, access: locked }
otherwise: { access: own-or-metered }
sentry: { learn: { perSecond: 50 } }
`;
