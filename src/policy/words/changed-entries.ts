/** Differences of lists whose entries have ids: publications, products and plans. */
import { isDeepStrictEqual } from 'node:util';
import type { Area, Change, Turn } from './change.ts';
import { changedFields, changeInWords, type FieldWords } from './changed-fields.ts';
import { listInWords, quoted } from './list-in-words.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

export const changedEntries = <Entry extends Named>(
  area: Area,
  kind: string,
  { was, is }: Turn<readonly Entry[]>,
  words: FieldWords<Entry>,
): readonly Change[] => {
  const before = new Map(was.map((entry) => [entry.id, entry]));
  const after = new Map(is.map((entry) => [entry.id, entry]));
  const capital = `${kind[0]?.toUpperCase()}${kind.slice(1)}`;
  const about = (id: string, sentence: string): Change => ({ area, about: id, words: sentence });
  return [
    ...was
      .filter(({ id }) => !after.has(id))
      .map(({ id, name }) => about(id, `${capital} ${id} (${quoted(name)}) is gone`)),
    ...is.flatMap((entry) => {
      const former = before.get(entry.id);
      if (!former)
        return [about(entry.id, `New ${kind} ${entry.id}: ${quoted(entry.name)}${factsOf(entry, words)}`)];
      return changedFields(former, entry, words).map((change) =>
        about(entry.id, `${capital} ${entry.id}, ${changeInWords(change)}`),
      );
    }),
    ...orderChange(area, kind, { was: was.map(({ id }) => id), is: is.map(({ id }) => id) }),
  ];
};

/** What a new entry says beyond its name; what it doesn't do isn't said. */
const factsOf = <Entry extends Named>(entry: Entry, words: FieldWords<Entry>): string =>
  changedFields({ id: entry.id, name: entry.name } as Entry, entry, words)
    .filter(({ is, was }) => is !== was && is !== 'off')
    .map(({ label, is }) => `, ${label}${is === 'on' ? '' : `: ${is}`}`)
    .join('');

const orderChange = (area: Area, kind: string, { was, is }: Turn<readonly string[]>): readonly Change[] => {
  const stayed = new Set(was.filter((id) => is.includes(id)));
  const order = is.filter((id) => stayed.has(id));
  const sameOrder = isDeepStrictEqual(
    was.filter((id) => stayed.has(id)),
    order,
  );
  return sameOrder
    ? []
    : [{ area, about: '', words: `The order of ${kind}s is now ${listInWords(order, 'and', 20)}` }];
};
