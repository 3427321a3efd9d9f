/** What is counted in SQLite: a batch is one transaction. */
import type { Chart, Counted, InsightStore } from '../../insight/insight-store.ts';
import { dayMs, daysKept, idKeptMs, rowsPerDay } from '../insight-limits.ts';
import type { Database } from './database.ts';

export function sqliteInsightStore(database: Database): InsightStore {
  const remember = database.prepare(
    'INSERT INTO counted_batches (id, until) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const forgetBatches = database.prepare('DELETE FROM counted_batches WHERE until <= ?');
  const forgetDays = database.prepare('DELETE FROM counted WHERE day < ?');
  const raise = database.prepare(
    'UPDATE counted SET count = count + ? WHERE chart = ? AND day = ? AND row = ?',
  );
  const rows = database.prepare<{ rows: number }>(
    'SELECT count(*) AS rows FROM counted WHERE chart = ? AND day = ?',
  );
  const add = database.prepare(`
    INSERT INTO counted (chart, day, row, count) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET count = count + excluded.count`);
  const table = database.prepare<Counted>('SELECT row, count FROM counted WHERE chart = ? AND day = ?');

  const hasRoom = (chart: Chart, day: string): boolean =>
    (rows.get(chart, day)?.rows ?? 0) < rowsPerDay[chart];

  return {
    add: async (id, increments, now) => {
      database.transaction('write', () => {
        forgetBatches.run(now);
        forgetDays.run(new Date(now - daysKept * dayMs).toISOString().slice(0, 10));
        if (remember.run(id, now + idKeptMs).changes === 0) return;
        for (const { chart, day, row, otherwise, by } of increments) {
          if (raise.run(by, chart, day, row).changes > 0) continue;
          add.run(chart, day, hasRoom(chart, day) ? row : otherwise, by);
        }
      });
    },
    day: async (chart, day) => table.all(chart, day).map(({ row, count }) => ({ row, count })),
  };
}
