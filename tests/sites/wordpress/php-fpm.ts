/** PHP-FPM as Debian packages it, with workers of the web server's user. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServerProcess } from '../../support/server-process.ts';
import { until } from '../../support/until.ts';
import { CannotBeHad } from '../needs.ts';
import { isAlive, type RunningPart } from './mariadb.ts';

export const startPhp = async (folder: string): Promise<RunningPart> => {
  mkdirSync(folder, { recursive: true });
  const socket = join(folder, 'socket');
  const file = join(folder, 'fpm.conf');
  writeFileSync(file, configuration(folder, socket));
  const server = await startServerProcess(
    [fpm(), '--nodaemonize', '--fpm-config', file],
    join(folder, 'log'),
  );
  await until(() => readdirSync(folder).includes('socket'), 'PHP to be there');
  return {
    socket,
    stop: async () => {
      // It takes its workers with it, if it is asked to.
      server.signal('SIGTERM');
      await until(() => server.ended() || !isAlive(server.pid), 'PHP to end');
      await server.stop();
    },
  };
};

/** Debian's has its version in the name. */
const fpm = (): string => {
  const [name] = readdirSync('/usr/sbin')
    .filter((candidate) => candidate.startsWith('php-fpm'))
    .toSorted()
    .reverse();
  if (name === undefined) throw new CannotBeHad('there is no PHP-FPM; as root: apt-get install php-fpm');
  return join('/usr/sbin', name);
};

const configuration = (folder: string, socket: string): string => `
[global]
error_log = ${join(folder, 'error.log')}
[www]
user = www-data
group = www-data
listen = ${socket}
listen.owner = www-data
pm = static
pm.max_children = 4
php_admin_value[error_log] = ${join(folder, 'php.log')}
php_admin_flag[log_errors] = on
php_admin_value[memory_limit] = 256M
`;
