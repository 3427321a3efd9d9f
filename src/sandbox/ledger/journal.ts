/** The sandbox's memory on disk: a file to which each step's changes are added as one line before anybody hears of them. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
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
  readonly kept: readonly Change[];
}

const changesPerLine = 500;

/** @throws Error when the file can't be read, with what to do. */
export const openJournal = (directory: string): OpenedJournal => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, 'stripe.ndjson');
  const written = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  const kept = latestOf(changesIn(written, file));
  const journal: Journal = {
    append: (changes) => appendFileSync(file, `${JSON.stringify(changes)}\n`, { mode: 0o600 }),
    rewrite: (changes) => {
      const fresh = `${file}.new`;
      rmSync(fresh, { force: true });
      writeFileSync(fresh, '', { mode: 0o600 });
      let line: Change[] = [];
      for (const change of changes) {
        line.push(change);
        if (line.length < changesPerLine) continue;
        appendFileSync(fresh, `${JSON.stringify(line)}\n`);
        line = [];
      }
      if (line.length > 0) appendFileSync(fresh, `${JSON.stringify(line)}\n`);
      renameSync(fresh, file);
    },
  };
  // Also takes away a line that a crash cut short: the next one must not be glued to it.
  journal.rewrite(kept);
  return { journal, kept };
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

/** Of every record its last state, where it was first made. */
const latestOf = (changes: Iterable<Change>): readonly Change[] => {
  const latest = new Map<string, Change>();
  for (const change of changes) {
    const key = `${change[0]} ${change[1]}`;
    if (change[2] === null) latest.delete(key);
    else latest.set(key, change);
  }
  return [...latest.values()];
};
