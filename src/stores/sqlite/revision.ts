/** Notices that another process on the same file changed an entitlement or revoked a device. */
import type { Database } from './database.ts';

export interface Revision {
  /** One write transaction that other processes notice, unless `changes` says of its result that nothing differs. */
  change<Result>(work: () => Result, changes?: (result: Result) => boolean): Result;
  /** Differs from the last answer when another process has made a change since. */
  ofOthers(): number;
}

/**
 * SQLite's `data_version` moves with every commit of another process, free reads included; only then is the file's own
 * revision looked at, which moves with changes that somebody may have cached. This process's own changes are
 * subtracted, since it tells its listeners of those one by one.
 */
export function watchRevision(database: Database): Revision {
  const dataVersion = database.prepare<{ data_version: number }>('PRAGMA data_version');
  const read = database.prepare<{ number: number }>('SELECT number FROM revision');
  const advance = database.prepare('UPDATE revision SET number = number + 1');

  let ownChanges = 0;
  let seenDataVersion: number | undefined;
  let ofOthers = 0;
  let lookedThisTurn = false;

  const look = (): void => {
    const version = dataVersion.get()?.data_version;
    if (version === seenDataVersion) return;
    seenDataVersion = version;
    ofOthers = (read.get()?.number ?? 0) - ownChanges;
  };

  return {
    change: (work, changes = () => true) => {
      const [result, changed] = database.transaction('write', () => {
        const done = work();
        const differs = changes(done);
        if (differs) advance.run();
        return [done, differs] as const;
      });
      if (changed) ownChanges += 1;
      return result;
    },
    ofOthers: () => {
      // One look takes 3 µs, a sixth of a whole request, and is the same for all requests of one turn of the loop.
      if (!lookedThisTurn) {
        lookedThisTurn = true;
        setImmediate(() => {
          lookedThisTurn = false;
        });
        look();
      }
      return ofOthers;
    },
  };
}
