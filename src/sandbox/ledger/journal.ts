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
  const written = existsSync(file) ? readFileSync(file, 'utf8') : '';
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

function* changesIn(written: string, file: string): Generator<Change> {
  const lines = written.split('\n');
  const last = lines.length - 1;
  for (const [number, line] of lines.entries()) {
    if (line === '') continue;
    try {
      yield* JSON.parse(line) as readonly Change[];
    } catch {
      // Only the last line has no end of line, and only that one can have been cut short.
      if (number === last) return;
      throw new Error(
        `The sandbox's state ${file} is damaged in line ${number + 1}: delete the file to begin anew.`,
      );
    }
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
