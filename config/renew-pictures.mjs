/** `npm run pictures`: draws anew what of the readers' pages looks otherwise than its picture, and names it: somebody has to look. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = 'tests/pictures/references';

const pictures = () => {
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith('.png'));
  return new Map(names.map((name) => [name, readFileSync(join(root, folder, name)).toString('base64')]));
};

const before = pictures();
const { status } = spawnSync(
  process.execPath,
  [join(root, 'config/test.mjs'), 'tests/pictures/reader-pages.test.ts'],
  { stdio: 'inherit', cwd: root, env: { ...process.env, GATEFOLD_PICTURES: 'renew' } },
);
const after = pictures();

const named = (names) => names.map((name) => `  ${folder}/${name}\n`).join('');
const renewed = [...after.keys()].filter((name) => before.get(name) !== after.get(name));
const gone = [...before.keys()].filter((name) => !after.has(name));
process.stdout.write(renewed.length > 0 ? `\nDrawn anew:\n${named(renewed)}` : '\nNothing looks otherwise.\n');
process.stdout.write(gone.length > 0 ? `Taken away:\n${named(gone)}` : '');
process.stdout.write(renewed.length > 0 ? 'Look at each of them before you commit it.\n' : '');
process.exit(status ?? 1);
