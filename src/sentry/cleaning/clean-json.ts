/** Takes withheld text out of JSON, whatever its shape: each string ends where its article's preview ends. */
import { type JsonString, jsonStrings } from '../../preview/json-strings.ts';
import { type Edit, spliced } from '../../preview/splice.ts';
import type { FindWithheld } from '../withheld.ts';
import { shortened } from './shortened.ts';

/**
 * Works on the source, so lines of JSON, a call around it (JSONP) and what stands before it keep their bytes.
 * Undefined: it holds something that isn't in a string's value.
 */
export const cleanJson = (source: string, find: FindWithheld): string | undefined => {
  const once = edited(source, find, ({ value }) => JSON.stringify(shortened(value, find)));
  if (once === undefined || find(once).length === 0) return once;
  // One text in many strings: each of them is short enough, and together they are the article.
  const emptied = edited(once, find, () => '""');
  return emptied !== undefined && find(emptied).length === 0 ? emptied : undefined;
};

const edited = (
  source: string,
  find: FindWithheld,
  replace: (string: JsonString) => string,
): string | undefined => {
  const passages = find(source);
  const edits: Edit[] = [];
  const strings = [...jsonStrings(source)];
  let next = 0;
  for (const { from, to } of passages) {
    while ((strings[next]?.end ?? Number.POSITIVE_INFINITY) <= from) next += 1;
    let found = false;
    for (let index = next; (strings[index]?.start ?? Number.POSITIVE_INFINITY) < to; index += 1) {
      const string = strings[index];
      if (!string || string.isKey) continue;
      found = true;
      if ((edits.at(-1)?.start ?? -1) < string.start)
        edits.push({ start: string.start, end: string.end, text: replace(string) });
    }
    if (!found) return undefined;
  }
  return spliced(source, edits, 0, source.length);
};
