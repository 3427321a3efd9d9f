/** The same things in another order, differing from run to run. */
import { createHash, randomUUID } from 'node:crypto';

export function shuffled<Value>(values: readonly Value[]): Value[] {
  const salt = randomUUID();
  const place = (index: number): string => createHash('md5').update(`${salt}${index}`).digest('hex');
  return values
    .map((value, index) => ({ value, at: place(index) }))
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ value }) => value);
}
