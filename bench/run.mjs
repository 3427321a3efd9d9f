/** `npm run bench`: how near Gatefold stays to a bare `node:http` server that sends the same bytes. See README.md. */
import { spawnSync } from 'node:child_process';
import { setUp } from '../config/set-up.mjs';
import { createLoad } from './load.mjs';
import { measure } from './measure.mjs';
import { readOptions } from './options.mjs';
import { pinning } from './processes.mjs';
import { profile } from './profile.mjs';
import { summarize, tableOf } from './report.mjs';
import { rows } from './rows.mjs';
import { openWorld } from './world.mjs';

const options = readOptions(
  process.argv.slice(2),
  rows.map(({ name }) => name),
);
setUp({ build: true });

if (options.profile) {
  await profile(
    rows.find(({ name }) => name === options.profile),
    options,
  );
  process.exit(0);
}

const wanted = rows.filter(({ name }) => options.rows.length === 0 || options.rows.includes(name));
const summaries = [];
for (const row of wanted) {
  // Each in a world of its own: nothing that one row leaves in a cache or in Redis helps or hinders the next.
  const world = await openWorld(options);
  const load = createLoad({ load: options.load, directory: world.directory });
  process.stderr.write(`${row.name} …\n`);
  summaries.push(summarize(await measure(row, world, { ...options, load })));
  await world.close();
}

const version = spawnSync(options.node, ['--version'], { encoding: 'utf8' }).stdout.trim();
if (options.json) {
  process.stdout.write(
    `${JSON.stringify({ node: version, load: options.load, rows: summaries }, null, 2)}\n`,
  );
} else {
  process.stdout.write(`${tableOf(summaries)}\n\n`);
  process.stdout.write(
    `Node ${version}, load by ${options.load}, ${pinning}; medians of ${options.pairs} pairs.\n`,
  );
}
process.exit(summaries.every(({ reached }) => reached) ? 0 : 1);
