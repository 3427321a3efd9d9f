/** SvelteKit 2 on Node: stories that a server's `load` gives, so that following a link fetches their data alone. */
import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServerProcess } from '../../support/server-process.ts';
import { until } from '../../support/until.ts';
import { siteArticles } from '../articles.ts';
import { needNpmPackages, run } from '../needs.ts';
import { answers } from '../nginx.ts';
import type { Door, MakeSite } from '../site.ts';

export const makeSvelteKit: MakeSite = async ({ folder, port, publicUrl }) => {
  const articles = siteArticles();
  cpSync(fileURLToPath(new URL('files', import.meta.url)), folder, { recursive: true });
  writeFileSync(join(folder, 'src', 'lib', 'articles.json'), JSON.stringify(articles));
  await needNpmPackages(folder, [
    ...['@sveltejs/kit@2.70.4', '@sveltejs/adapter-node@5.5.7', '@sveltejs/vite-plugin-svelte@7.3.1'],
    ...['svelte@5.57.3', 'vite@8.4.0'],
  ]);
  const vite = join(folder, 'node_modules', 'vite', 'bin', 'vite.js');
  if (!existsSync(join(folder, 'build', 'index.js')))
    await run([process.execPath, vite, 'build'], { cwd: folder });
  const server = await startServerProcess(
    [
      ...['env', 'HOST=127.0.0.1', `PORT=${port}`, `ORIGIN=${publicUrl}`],
      ...[process.execPath, join(folder, 'build')],
    ],
    join(folder, 'log'),
  );
  await until(() => answers(`http://127.0.0.1:${port}/`), 'SvelteKit to answer');
  return {
    articles: articles.map((article) => ({ article, paths: [`/stories/${article.key}`] })),
    doors: [...articles.flatMap(({ key }) => doorsOf(`/stories/${key}`)), ...wholeSite],
    policy,
    stop: () => server.stop(),
  };
};

const doorsOf = (path: string): readonly Door[] =>
  [
    `${path}/__data.json`,
    `${path}/__data.json?x-sveltekit-invalidated=01`,
    `${path}/__data.json?x-sveltekit-invalidated=11`,
    `${path}/__data.json?x-sveltekit-trailing-slash=1`,
    `${path}.html__data.json`,
    `${path}/__route.js`,
    `${path}/`,
    `${path}?x-sveltekit-invalidated=11`,
  ].flatMap((asked) => [
    { path: asked },
    { path: asked, headers: { 'X-SvelteKit-Action': 'true' } },
    { path: asked, method: 'POST', headers: { 'Content-Length': '0' } },
  ]);

const wholeSite: readonly Door[] = [
  ...[
    '/api/stories',
    '/api/stories?all',
    '/__data.json',
    '/__data.json?x-sveltekit-invalidated=1',
    '/_app/version.json',
  ],
  ...['/_app/env.js', '/api/stories/__data.json', '/stories/__data.json', '/nothing/__data.json'],
].map((path) => ({ path }));

const policy = `
site: { name: The Tow Path, timeZone: Europe/London }
articles:
  paths: /stories/*
  body: .story-text
rules:
  - { name: for-subscribers, when: { section: News }, access: locked }
otherwise: { access: own-or-metered }
sentry: { learn: { perSecond: 50 } }
`;
