/** The sandbox's memory on disk: a file to which each step's changes are added as one line before anybody hears of them. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Change = readonly [table: string, id: string, record: unknown];

export interface Journal {
  /** One step: after a crash all of it is there or nothing. */
  append(changes: readonly Change[]): void;
  /** Puts what is true now in the place of all that was written. */
  rewrite(changes: Iterable<Change>): void;
}

export interface OpenedJournal {
  readonly journal: Journal;
  /** In the order they were written; reading them throws where the file is damaged. */
  readonly kept: Iterable<Change>;
  /** The last line has no end: it was being written in a crash, and the next one must not be glued to it. */
  readonly isCut: boolean;
}

const changesPerLine = 500;

/** @throws Error when the file can't be read. */
export const openJournal = (directory: string): OpenedJournal => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, 'stripe.ndjson');
  const written = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  return {
    journal: {
      append: (changes) => appendFileSync(file, `${JSON.stringify(changes)}\n`, { mode: 0o600 }),
      rewrite: (changes) => rewrite(file, changes),
    },
    kept: changesIn(written, file),
    isCut: written.length > 0 && written.at(-1) !== 0x0a,
  };
};

const rewrite = (file: string, changes: Iterable<Change>): void => {
  const fresh = `${file}.new`;
  writeFileSync(fresh, '', { mode: 0o600 });
  let line: Change[] = [];
  const write = (): void => {
    if (line.length > 0) appendFileSync(fresh, `${JSON.stringify(line)}\n`);
    line = [];
  };
  for (const change of changes) {
    line.push(change);
    if (line.length >= changesPerLine) write();
  }
  write();
  renameSync(fresh, file);
};

function* changesIn(written: Buffer, file: string): Generator<Change> {
  let number = 1;
  // A line at a time: the whole may be longer than a text can be.
  for (let start = 0; start < written.length; number++) {
    const end = written.indexOf('\n', start);
    // Only a line without its end can have been cut short.
    if (end < 0) return;
    try {
      yield* JSON.parse(written.toString('utf8', start, end)) as readonly Change[];
    } catch {
      throw new Error(
        `The sandbox's state ${file} is damaged in line ${number}: delete the file to begin anew.`,
      );
    }
    start = end + 1;
  }
}
