/** A list of JSON, cut entry by entry: for any shape, what is withheld of an entry is nowhere, and what stays keeps its bytes. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cutJsonList, type JsonEntry } from '../../src/preview/cut-json-list.ts';
import { type JsonSurvey, surveyJson } from '../../src/preview/json-survey.ts';

const words = 'amber bracken cobble drizzle ember furrow gorse hollow inlet juniper kelp lichen'.split(' ');
/** No two entries share a stretch of any length. */
const sentence = (entry: number, at: number): string =>
  `${words[entry % 12]}${entry} ${words[(entry + at) % 12]}${entry}x${at} went past ${words[at % 12]}${at}y${entry}.`;
const textOf = (entry: number): string =>
  Array.from({ length: 30 }, (_, at) => sentence(entry, at)).join(' ');
const last = (entry: number): string => sentence(entry, 29);

type Fate = JsonEntry['fate'];
const cut: Fate = { cutoff: { by: 'characters', count: 120, ending: 'word', atMost: 50 } };

const anyEntry = fc.record({
  fate: fc.constantFrom<Fate>('keep', 'withhold', cut),
  shape: fc.constantFrom('flat', 'node', 'pieces', 'copied', 'keyed'),
});
type AnyEntry = ReturnType<typeof anyEntry.generate>['value'];

const written = (at: number, { shape }: AnyEntry): object => {
  const url = `/news/${at}`;
  const text = textOf(at);
  switch (shape) {
    case 'flat':
      return { url, body: text };
    case 'node':
      return { cursor: at, node: { url, body: text } };
    case 'pieces':
      return { url, parts: text.split(/(?<=\.) /).map((body) => ({ body })) };
    case 'copied':
      return { url, body: text, plain: text, words: text.split(/(?<=\.) /), seo: { of: [text.slice(40)] } };
    default:
      return { url, body: text, [text.slice(100, 200)]: 1 };
  }
};
const pointers = ['/list/*/body', '/list/*/node/body', '/list/*/parts/*/body'];

/** Every text belongs to the innermost part that states an address. */
const entriesIn = ({ texts, parts }: JsonSurvey, fates: readonly Fate[]): JsonEntry[] =>
  parts.map(({ node, addresses }, place) => ({
    texts: texts.flatMap(({ within }, index) => (within[0] === place ? [index] : [])),
    nodes: [node],
    fate: fates[Number(addresses[0]?.split('/').at(-1))] ?? 'withhold',
  }));

test('whatever the shapes and fates, withheld ends are nowhere and kept entries are as they were', () => {
  fc.assert(
    fc.property(fc.array(anyEntry, { minLength: 1, maxLength: 8 }), fc.boolean(), (entries, indexed) => {
      const list = entries.map((entry, at) => written(at, entry));
      const index = indexed ? { index: entries.map((_, at) => textOf(at)).join(' ') } : {};
      const json = JSON.stringify({ list, ...index });
      const survey = surveyJson(json, pointers) as JsonSurvey;
      const made = cutJsonList(
        json,
        pointers,
        entriesIn(
          survey,
          entries.map(({ fate }) => fate),
        ),
      );
      const parsed = JSON.parse(made) as { list: unknown[] };
      for (const [at, { fate }] of entries.entries()) {
        if (fate === 'keep') expect(parsed.list[at]).toEqual(list[at]);
        else expect(made).not.toContain(last(at));
      }
      if (entries.every(({ fate }) => fate === 'keep')) expect(made).toBe(json);
    }),
    { numRuns: 200 },
  );
});

test('what can’t be told apart is not surveyed: too deep, too many, no JSON', () => {
  expect(surveyJson(`${'['.repeat(300)}${']'.repeat(300)}`, ['/*'])).toBeUndefined();
  expect(surveyJson(JSON.stringify(Array.from({ length: 20_001 }, () => 'x')), ['/*'])).toBeUndefined();
  expect(surveyJson('{', ['/a'])).toBeUndefined();
});
