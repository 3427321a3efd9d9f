/** A real nginx that serves a folder the way a static site is usually served: compressed, with validators and ranges. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startServerProcess } from './server-process.ts';
import { until } from './until.ts';

export interface StaticNginx {
  readonly url: string;
  stop(): Promise<void>;
}

/** @param files contents by path below the root, such as `posts/index.html`. */
export const startStaticNginx = async (
  files: ReadonlyMap<string, string>,
  port: number,
): Promise<StaticNginx> => {
  const directory = mkdtempSync(join(tmpdir(), 'gatefold-nginx-'));
  for (const [path, content] of files) {
    const file = join(directory, 'site', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const config = join(directory, 'nginx.conf');
  writeFileSync(config, configuration(directory, port));
  const server = await startServerProcess(
    ['nginx', '-e', join(directory, 'error.log'), '-p', directory, '-c', config],
    join(directory, 'log'),
  );
  const url = `http://127.0.0.1:${port}`;
  await until(
    () =>
      fetch(url).then(
        ({ ok }) => ok,
        () => false,
      ),
    'nginx to answer',
  );
  return {
    url,
    stop: async () => {
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

/** One process only, so that ending it leaves no worker behind. */
const configuration = (directory: string, port: number): string => `
daemon off;
master_process off;
pid ${directory}/pid;
events { worker_connections 256; }
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${directory}/${kind};`).join(' ')}
  types {
    text/html html; text/css css; text/plain txt; text/markdown md; application/json json;
    application/rss+xml xml; image/svg+xml svg; application/javascript js;
  }
  default_type application/octet-stream;
  charset utf-8;
  charset_types text/html text/plain text/markdown application/json application/rss+xml;
  gzip on;
  gzip_vary on;
  gzip_min_length 200;
  gzip_types text/css text/plain text/markdown application/json application/rss+xml application/atom+xml application/feed+json image/svg+xml;
  etag on;
  server {
    listen 127.0.0.1:${port};
    root ${directory}/site;
    absolute_redirect off;
    index index.html index.xml index.json;
    location = /sitemap.xml { types { } default_type application/xml; }
    location = /posts/atom.xml { types { } default_type application/atom+xml; }
    location = /feed.json { types { } default_type application/feed+json; }
    location /wp-json/ { types { } default_type application/json; }
    location / {
      try_files $uri $uri.html $uri/index.html $uri/index.xml =404;
      add_header Cache-Control "public, max-age=30";
    }
    error_page 404 /404.html;
  }
}
`;
