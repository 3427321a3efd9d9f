/** The pages that readers see look as they did when somebody last looked at them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { projectRoot } from '../support/gatefold-process.ts';
import { type Look, looks } from '../support/seen-by-readers.ts';
import type { Comparison } from './compare-pictures.ts';
import { canDrawAlike, type Drawing, drawPage, openDrawing } from './draw-pages.ts';
import { openPictures, type Pictures } from './picture-tasks.ts';
import { newReader, type OpenSites, openSites, readerPages } from './reader-pages.ts';

/** A slow machine is no fault. */
const patienceMs = 180_000;
const references = join(projectRoot, 'tests/pictures/references');
/** `npm run pictures`: what differs, or isn't there, is drawn anew. */
const renews = process.env.GATEFOLD_PICTURES === 'renew';

/** Two widths and two schemes in two pictures: somebody has to look at them all. */
const lookedAt = [looks.narrowLight, looks.wideDark];

const nameOf = (name: string, { width, colorScheme }: Look): string => `${name}-${width}-${colorScheme}.png`;

/** In words; undefined for what looks as it did. */
const differenceOf = async (
  pictures: Pictures,
  name: string,
  seen: Uint8Array,
): Promise<string | undefined> => {
  const reference = join(references, name);
  const found: Comparison = existsSync(reference)
    ? await pictures.compare(readFileSync(reference), seen)
    : { kind: 'different', how: 'has no reference' };
  if (found.kind === 'same') return undefined;
  if (renews) {
    writeFileSync(reference, await pictures.small(seen));
    return undefined;
  }
  const folder = join(tmpdir(), 'gatefold-pictures');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), seen);
  if (found.difference) writeFileSync(join(folder, `difference-${name}`), found.difference);
  return `${name} ${found.how}: look at it in ${folder}. If it should look so: npm run pictures`;
};

test('there are twelve pages, and a picture of each by day on a telephone and by night on a desk, and none besides', () => {
  const wanted = readerPages.flatMap(({ name }) => lookedAt.map((look) => nameOf(name, look)));
  expect(readerPages).toHaveLength(12);
  const kept = readdirSync(references);
  if (renews) for (const name of kept) if (!wanted.includes(name)) rmSync(join(references, name));
  if (!renews) expect(kept.sort()).toEqual(wanted.sort());
});

(canDrawAlike ? describe : describe.skip)('with fonts of its own, which only Linux takes,', () => {
  let drawing: Drawing;
  let sites: OpenSites;
  let pictures: Pictures;
  beforeAll(async () => {
    pictures = openPictures();
    mkdirSync(references, { recursive: true });
    [drawing, sites] = await Promise.all([openDrawing(), openSites()]);
  }, patienceMs);
  afterAll(async () => {
    await drawing?.close();
    await sites?.stop();
    await pictures?.stop();
  }, patienceMs);

  test.each(readerPages)(
    'the page $name looks as it did',
    async ({ name, arrive }) => {
      const { context, page } = await newReader(drawing.browser);
      await arrive(page, sites);
      const differences: string[] = [];
      for (const look of lookedAt) {
        const difference = await differenceOf(pictures, nameOf(name, look), await drawPage(page, look));
        if (difference !== undefined) differences.push(difference);
      }
      await context.close();
      expect(differences).toEqual([]);
    },
    patienceMs,
  );
});
