/** nginx on a folder, as sites are usually served: compressed, with validators and ranges, and PHP where there is any. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { until } from '../support/until.ts';
import { findProgram, needPackages } from './needs.ts';

interface Served {
  /** For its own files. */
  readonly folder: string;
  readonly root: string;
  readonly port: number;
  /** The socket of PHP-FPM; without it there are files only. */
  readonly phpSocket?: string;
}

/** @throws CannotBeHad */
export const startNginx = async (served: Served): Promise<ServerProcess> => {
  await needPackages(['nginx-light'], () => findProgram('nginx') !== undefined);
  const { folder, port } = served;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, configuration(served));
  const server = await startServerProcess(
    [findProgram('nginx') ?? 'nginx', '-e', join(folder, 'error.log'), '-p', folder, '-c', file],
    join(folder, 'log'),
  );
  await until(() => answers(`http://127.0.0.1:${port}/`), 'nginx to answer');
  return server;
};

export const answers = (url: string): Promise<boolean> =>
  fetch(url, { redirect: 'manual' }).then(
    () => true,
    () => false,
  );

const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/** One process only, so that ending it leaves no worker behind. */
const configuration = ({ folder, root, port, phpSocket }: Served): string => `
daemon off;
master_process off;
pid ${folder}/pid;
events { worker_connections 512; }
http {
  include /etc/nginx/mime.types;
  access_log off;
  client_max_body_size 20m;
  ${temporary.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ')}
  gzip on;
  gzip_types text/css text/plain text/xml application/json application/javascript application/rss+xml application/xml;
  server {
    listen 127.0.0.1:${port};
    root ${root};
    absolute_redirect off;
    ${phpSocket === undefined ? 'index index.html;' : php(phpSocket)}
  }
}
`;

const php = (socket: string): string => `
    index index.php;
    location / { try_files $uri $uri/ /index.php?$args; }
    location ~ \\.php$ {
      include /etc/nginx/fastcgi.conf;
      fastcgi_pass unix:${socket};
      fastcgi_read_timeout 240;
      fastcgi_buffers 64 16k;
    }
    location ~* \\.(?:png|css|js)$ { expires 1h; }`;
