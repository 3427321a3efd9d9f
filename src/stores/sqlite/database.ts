/** The one file that knows the SQLite driver: everything else sees only what is declared here. */
import LibSql from 'libsql';

type SqlValue = string | number | Uint8Array | null;

/** `Row` names the columns that the statement selects; the tables are STRICT, so their types hold. */
interface Statement<Row> {
  run(...values: SqlValue[]): { readonly changes: number };
  get(...values: SqlValue[]): Row | undefined;
  all(...values: SqlValue[]): Row[];
}

export interface Database {
  prepare<Row = unknown>(sql: string): Statement<Row>;
  exec(sql: string): void;
  /** All of `work` or, when it throws, nothing of it. `write` takes the write lock first, so that what is read stays true. */
  transaction<Result>(mode: 'read' | 'write', work: () => Result): Result;
  close(): void;
}

/** @param busyMs how long a statement waits for another process's write before it fails. */
export function connectSqlite(path: string, busyMs: number): Database {
  const driver = new LibSql(path, { timeout: busyMs });
  const exec = (sql: string): void => void driver.exec(sql);
  return {
    prepare: <Row>(sql: string) => {
      const statement = driver.prepare(sql);
      return {
        // As one list: the driver takes a single value that is null or bytes for a set of names, and ends the process.
        run: (...values) => statement.run(values),
        get: (...values) => statement.get(values) as Row | undefined,
        all: (...values) => statement.all(values) as Row[],
      };
    },
    exec,
    transaction: (mode, work) => {
      exec(mode === 'write' ? 'BEGIN IMMEDIATE' : 'BEGIN');
      try {
        const result = work();
        exec('COMMIT');
        return result;
      } catch (error) {
        if (driver.inTransaction) exec('ROLLBACK');
        throw error;
      }
    },
    close: () => driver.close(),
  };
}
