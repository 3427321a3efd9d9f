/** A site of files by Hugo, as Debian packages it, served by nginx: each article as a page, a print view, JSON, text and Markdown. */
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type SiteArticle, siteArticles } from '../articles.ts';
import { findProgram, needPackages, run } from '../needs.ts';
import { startNginx } from '../nginx.ts';
import type { Door, MakeSite } from '../site.ts';

export const makeHugo: MakeSite = async ({ folder, port, publicUrl }) => {
  await needPackages(['hugo'], () => findProgram('hugo') !== undefined);
  const source = join(folder, 'source');
  cpSync(fileURLToPath(new URL('files', import.meta.url)), source, { recursive: true });
  const articles = siteArticles();
  mkdirSync(join(source, 'content', 'stories'), { recursive: true });
  for (const article of articles)
    writeFileSync(join(source, 'content', 'stories', `${article.key}.md`), markdownOf(article));
  const root = join(folder, 'public');
  if (!existsSync(join(root, 'index.html')))
    await run(['hugo', '--quiet', '--source', source, '--destination', root, '--baseURL', `${publicUrl}/`]);
  const server = await startNginx({ folder: join(folder, 'nginx'), root, port });
  return {
    articles: articles.map((article) => ({ article, paths: [`/stories/${article.key}/`] })),
    doors: articles.flatMap(({ key }) => doorsOf(`/stories/${key}`)).concat(wholeSite),
    policy,
    stop: () => server.stop(),
  };
};

const markdownOf = ({ key, title, section, tags, publishedAt, paragraphs }: SiteArticle): string => {
  const text = key === 'supper' ? paragraphs.toSpliced(2, 0, '<!--more-->') : paragraphs;
  const front = { title, date: publishedAt, categories: [section], tags };
  return `${JSON.stringify(front, null, 2)}\n\n${text.map(inMarkdown).join('\n\n')}\n`;
};

/** Now a quotation, now a list, now emphasis: a text is not all of one kind. */
const inMarkdown = (text: string, at: number): string => {
  if (at % 7 === 4) return `> ${text}`;
  if (at % 7 === 6) return `* ${text}`;
  return at % 5 === 3 ? text.replace(/^(\S+) (\S+)/, '$1 **$2**') : text;
};

const doorsOf = (path: string): readonly Door[] =>
  ['index.json', 'index.txt', 'index.md', 'print.html', 'index.xml', 'index.html'].map((file) => ({
    path: `${path}/${file}`,
  }));

const wholeSite: readonly Door[] = [
  ...[
    '/search.json',
    '/llms-full.txt',
    '/index.xml',
    '/everything.xml',
    '/stories/index.xml',
    '/sitemap.xml',
  ],
  ...['/categories/news/index.xml', '/tags/light/index.xml', '/index.json', '/search.js', '/stories/'],
].map((path) => ({ path }));

const policy = `
site: { name: The Lamp and Lock, timeZone: Europe/London }
articles:
  paths: /stories/*
  body: .text
rules:
  - { name: for-subscribers, when: { section: News }, access: locked }
otherwise: { access: own-or-metered }
sentry: { learn: { perSecond: 50 } }
`;
