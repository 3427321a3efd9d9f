/** `npm run sites`: Gatefold in front of real sites, apart from `npm test`: it sets WordPress, Hugo, Next.js and SvelteKit up. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setUp } from './set-up.mjs';

setUp({ build: true });
const root = fileURLToPath(new URL('..', import.meta.url));
const { status } = spawnSync(
  process.execPath,
  [
    `--import=${pathToFileURL(join(root, 'tests/support/register-typescript.js'))}`,
    join(root, 'tests/sites/run-sites.ts'),
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit', cwd: root },
);
process.exit(status ?? 1);
