/** That docs/architecture.md draws the rooms as they are. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { explained, read, root, section } from './documents.ts';

/** From the law itself, top to bottom. */
const roomsOfTheLaw = [
  ...(/const rooms = \[([\s\S]*?)\];/.exec(read('tests/check/import-law.mjs'))?.[1] ?? '').matchAll(
    /'(\w+)'/g,
  ),
].map(([, room = '']) => room);

const isBuilt = (room: string): boolean =>
  existsSync(join(root, 'src', room)) || existsSync(join(root, 'src', `${room}.ts`));

test('the rooms are those of the import law, in its order', () => {
  const documented = explained(section('docs/architecture.md', 'Rooms')).map((path) =>
    path.replace(/^src\//, '').replace(/(\.ts|\/)$/, ''),
  );
  expect(documented.length).toBeGreaterThan(10);
  expect([...new Set(documented)]).toEqual(roomsOfTheLaw.filter(isBuilt));
});

test('rooms that aren’t built yet are said to be missing', () => {
  const missing = section('docs/architecture.md', 'Not in this version');
  for (const room of roomsOfTheLaw.filter((each) => !isBuilt(each))) expect(missing).toContain(`\`${room}\``);
});

test('every key that Redis holds is in the table', () => {
  const source = read('src/stores/redis/keys.ts');
  const kinds = [...source.matchAll(/[`']gf:(?:\$\{\w+\([^`]*?\)\}:)?([a-z-]+)/g)].map(
    ([, kind = '']) => kind,
  );
  const documented = explained(section('docs/architecture.md', 'The store')).join(' ');
  expect(kinds.length).toBeGreaterThan(12);
  for (const kind of kinds) expect(documented).toMatch(new RegExp(`[:}]${kind}\\b`));
});
