/** WordPress as Debian packages it, on MariaDB, PHP-FPM and nginx: posts of every kind, with pictures, pages, comments and drafts. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lateSentence, siteArticles } from '../articles.ts';
import { findProgram, needPackages, needRoot, run } from '../needs.ts';
import { startNginx } from '../nginx.ts';
import type { MakeSite, PlacedArticle } from '../site.ts';
import { startMariadb } from './mariadb.ts';
import { startPhp } from './php-fpm.ts';
import { createTryPlugin } from './try-plugin.ts';
import { doorsOf, wholeSite } from './wordpress-doors.ts';

export const makeWordPress: MakeSite = async ({ folder, port, publicUrl }) => {
  needRoot('MariaDB and PHP get users of their own');
  await needPackages(
    ['wordpress', 'mariadb-server', 'php-fpm', 'php-cli', 'php-mysql', 'php-gd', 'php-xml', 'nginx-light'],
    () =>
      existsSync('/usr/share/wordpress') && ['mariadbd', 'php', 'nginx'].every((name) => findProgram(name)),
  );
  const root = join(folder, 'site');
  if (!existsSync(root)) await copyWordPress(root);
  const database = await startMariadb(join(folder, 'mariadb'));
  writeFileSync(join(root, 'wp-config.php'), configuration(database.socket));
  const php = await startPhp(join(folder, 'php'));
  const filled = join(folder, 'filled.json');
  if (!existsSync(filled)) await fill(root, { filled, publicUrl });
  const nginx = await startNginx({ folder: join(folder, 'nginx'), root, port, phpSocket: php.socket });
  const posts = postsIn(filled);
  const articles = siteArticles().map((article): PlacedArticle => {
    const post = posts.find(({ key }) => key === article.key);
    return { article, paths: [post?.path ?? `/${article.key}/`] };
  });
  return {
    articles,
    doors: [...posts.filter(({ key }) => !key.startsWith('spent')).flatMap(doorsOf), ...wholeSite],
    policy,
    tryIntegration: createTryPlugin({ folder, port, publicUrl }, root, posts),
    stop: async () => {
      for (const { stop } of [nginx, php, database]) await stop();
    },
  };
};

/** What became of an article: its number, its address without the host, and the numbers of its pictures. */
export interface Post {
  readonly key: string;
  readonly id: number;
  readonly path: string;
  readonly pictures: readonly number[];
}

const postsIn = (file: string): readonly Post[] => JSON.parse(readFileSync(file, 'utf8')) as Post[];

const copyWordPress = async (root: string): Promise<void> => {
  // Debian's own folder is full of links into other ones.
  await run(['cp', '-rL', '/usr/share/wordpress', root]);
  mkdirSync(join(root, 'wp-content', 'uploads'), { recursive: true });
  await run(['chown', '-R', 'www-data', join(root, 'wp-content')]);
};

const fill = async (
  root: string,
  { filled, publicUrl }: { filled: string; publicUrl: string },
): Promise<void> => {
  const late = (key: string): readonly string[] =>
    Array.from({ length: 10 }, (_, at) => lateSentence(key, 90 + at));
  const content = siteArticles().map((article) => ({ ...article, late: late(article.key) }));
  writeFileSync(join(root, '..', 'content.json'), JSON.stringify(content));
  const printed = await run(
    ['runuser', '-u', 'www-data', '--', 'php', fileURLToPath(new URL('fill.php', import.meta.url))],
    { env: { SITE: root, CONTENT: join(root, '..', 'content.json'), PUBLIC_HOST: new URL(publicUrl).host } },
  );
  const [, json] = /^FILLED (\[.*\])$/m.exec(printed) ?? [];
  if (json === undefined) throw new Error(`WordPress couldn’t be filled:\n${printed}`);
  writeFileSync(filled, json);
};

const configuration = (socket: string): string => `<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'wordpress');
define('DB_PASSWORD', 'wordpress');
define('DB_HOST', 'localhost:${socket}');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {
    define($name . '_KEY', hash('sha256', "key of $name"));
    define($name . '_SALT', hash('sha256', "salt of $name"));
}
// Nobody outside is asked.
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISABLE_WP_CRON', true);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) {
    define('ABSPATH', __DIR__ . '/');
}
require_once ABSPATH . 'wp-settings.php';
`;

const policy = `
site: { name: Notes from the Lock, timeZone: Europe/London }
articles:
  paths: "/20[0-9][0-9]/*/*/*"
  body: .entry-content
rules:
  - { name: for-subscribers, when: { path: "/2025/10/**" }, access: locked }
otherwise: { access: own-or-metered }
sentry: { learn: { perSecond: 50 } }
`;
