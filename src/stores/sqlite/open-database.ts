/** Opens the embedded store's file, with the durability Gatefold promises and the tables it needs. */
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { connectSqlite, type Database } from './database.ts';
import { migrations } from './migrations.ts';

/** Waiting blocks the event loop, so it is kept short; another process's write takes a few milliseconds. */
const busyMs = 2000;

/**
 * Creates `directory` and `gatefold.db` in it where they are missing, readable by this system user alone: the file
 * holds readers' addresses.
 *
 * @throws Error when the directory can't be written or the file was made by a newer Gatefold.
 */
export function openDatabase(directory: string): Database {
  const path = join(directory, 'gatefold.db');
  makePrivateFile(directory, path);
  const database = connectSqlite(path, busyMs);
  try {
    database.exec('PRAGMA journal_mode = WAL');
    // NORMAL would lose the last commits at a power cut, and an acknowledged free read or grant with them.
    database.exec('PRAGMA synchronous = FULL');
    migrate(database, path);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

function makePrivateFile(directory: string, path: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600));
    // SQLite gives its journal files the mode of the main file, so this one decides for all.
    chmodSync(path, 0o600);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The data directory ${directory} can't be written (${why}). Set DATA_DIR to one that can.`,
    );
  }
}

function migrate(database: Database, path: string): void {
  const userVersion = database.prepare<{ user_version: number }>('PRAGMA user_version');
  // Another process may be starting on the same file: whoever has the write lock looks and migrates.
  database.transaction('write', () => {
    const done = userVersion.get()?.user_version ?? 0;
    if (done > migrations.length) {
      throw new Error(
        `${path} was written by a newer Gatefold (schema ${done}). Update Gatefold or use another DATA_DIR.`,
      );
    }
    if (done === migrations.length) return;
    for (const sql of migrations.slice(done)) database.exec(sql);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
  });
}
