/** The policy's versions in SQLite: every change is one transaction, which other processes notice. */
import { headOf } from '../../policy/versions/desk.ts';
import { summaryOf, type VersionSummary } from '../../policy/versions/version.ts';
import type { VersionStore } from '../../policy/versions/version-store.ts';
import { createListeners } from '../listeners.ts';
import { deskFrom, headFrom, versionFrom } from '../read-version.ts';
import { deskJson, headJson, parseSummary, summaryJson } from '../version-schema.ts';
import type { Database } from './database.ts';
import type { Revision } from './revision.ts';

/**
 * Listeners hear this process's changes; another's show in `generation()`.
 * @param onMalformed told which version can't be read; it counts as absent.
 */
export function sqliteVersionStore(
  database: Database,
  revision: Revision,
  onMalformed: (where: string) => void,
): VersionStore {
  const { head, desk, putDesk, add, drop, byNumber, page } = prepare(database);
  const changed = createListeners<void>();

  const change: VersionStore['change'] = async ({ desk: next, published, dropped }) => {
    const [deskText, headText] = [deskJson(next), headJson(headOf(next))];
    const summary = published && summaryJson(summaryOf(published));
    const outcome = revision.change(
      () => {
        const there = desk.get();
        if ((there?.revision ?? 0) !== next.revision - 1) return 'refused';
        if (published && summary) {
          const added = add.run(published.number, summary, JSON.stringify(published.text));
          if (added.changes === 0) return 'refused';
        }
        if (dropped !== undefined) drop.run(dropped);
        putDesk.run(next.revision, deskText, headText);
        return there?.head === headText ? 'made' : 'told';
      },
      // A draft that is saved is nobody's business but the console's: what others keep of readers stays good.
      (made) => made === 'told',
    );
    if (outcome === 'told') changed.tell();
    return outcome !== 'refused';
  };

  return {
    head: async () => headFrom(head.get()?.head, 'policy_desk'),
    desk: async () => deskFrom(desk.get()?.desk, 'policy_desk'),
    change,
    version: async (number) => {
      const row = byNumber.get(number);
      if (row === undefined) return undefined;
      const version = versionFrom(row.summary, row.text);
      if (version === undefined) onMalformed(`policy_versions ${number}`);
      return version;
    },
    summaries: async (from, limit) =>
      page.all(from - limit + 1, from).flatMap(({ number, summary }): VersionSummary[] => {
        const read = parseSummary(summary);
        if (read) return [read];
        onMalformed(`policy_versions ${number}`);
        return [];
      }),
    onChange: changed.add,
    generation: revision.ofOthers,
  };
}

function prepare(database: Database) {
  return {
    head: database.prepare<{ head: string }>('SELECT head FROM policy_desk'),
    desk: database.prepare<DeskRow>('SELECT revision, desk, head FROM policy_desk'),
    putDesk: database.prepare(`
      INSERT INTO policy_desk (only, revision, desk, head) VALUES (1, ?, ?, ?)
      ON CONFLICT DO UPDATE SET revision = excluded.revision, desk = excluded.desk, head = excluded.head`),
    add: database.prepare(
      'INSERT INTO policy_versions (number, summary, text) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    ),
    drop: database.prepare('DELETE FROM policy_versions WHERE number = ?'),
    byNumber: database.prepare<VersionRow>('SELECT summary, text FROM policy_versions WHERE number = ?'),
    page: database.prepare<{ number: number; summary: string }>(
      'SELECT number, summary FROM policy_versions WHERE number BETWEEN ? AND ? ORDER BY number DESC',
    ),
  };
}

interface DeskRow {
  readonly revision: number;
  readonly desk: string;
  readonly head: string;
}

interface VersionRow {
  readonly summary: string;
  readonly text: string;
}
