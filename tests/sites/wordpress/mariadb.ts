/** A MariaDB of its own, reached by a socket alone, with a database for WordPress. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startServerProcess } from '../../support/server-process.ts';
import { until } from '../../support/until.ts';
import { findProgram, run } from '../needs.ts';

export interface RunningPart {
  readonly socket: string;
  stop(): Promise<void>;
}

export const startMariadb = async (folder: string): Promise<RunningPart> => {
  const data = join(folder, 'data');
  const socket = join(folder, 'socket');
  mkdirSync(data, { recursive: true });
  await run(['chown', '-R', 'mysql', folder]);
  if (!existsSync(join(data, 'mysql')))
    await run(['mariadb-install-db', '--no-defaults', '--user=mysql', `--datadir=${data}`, '--skip-test-db']);
  const server = await startServerProcess(
    [
      ...[findProgram('mariadbd') ?? 'mariadbd', '--no-defaults', '--user=mysql', `--datadir=${data}`],
      ...[`--socket=${socket}`, `--pid-file=${join(folder, 'pid')}`, '--skip-networking'],
      ...['--innodb-buffer-pool-size=64M', '--innodb-flush-log-at-trx-commit=2'],
    ],
    join(folder, 'log'),
  );
  const sql = (statement: string): Promise<string> =>
    run(['mariadb', '--no-defaults', `--socket=${socket}`, `--execute=${statement}`]);
  await until(
    () =>
      sql('SELECT 1').then(
        () => true,
        () => false,
      ),
    'MariaDB to answer',
  );
  await sql(
    "CREATE DATABASE IF NOT EXISTS wordpress CHARACTER SET utf8mb4; CREATE USER IF NOT EXISTS wordpress@localhost IDENTIFIED BY 'wordpress'; GRANT ALL ON wordpress.* TO wordpress@localhost",
  );
  return {
    socket,
    stop: async () => {
      // It closes its books by itself where it is asked to.
      server.signal('SIGTERM');
      await until(() => server.ended() || !isAlive(server.pid), 'MariaDB to end');
      await server.stop();
    },
  };
};

export const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
