/** Where the server's time goes in one row: V8's own sampling, the sum of each function's own time. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLoad } from './load.mjs';
import { openWorld } from './world.mjs';

const shown = 25;
const warmUpSeconds = 3;

/**
 * @param {import('./rows.mjs').Row} row
 * @param {import('./options.mjs').BenchOptions} options
 */
export const profile = async (row, { node, load: generator, seconds }) => {
  const nodeFlags = ['--cpu-prof', '--cpu-prof-interval', '250', '--cpu-prof-dir'];
  const folder = fileURLToPath(new URL('../data/profiles', import.meta.url));
  const world = await openWorld({ node, nodeFlags: [...nodeFlags, folder] });
  const load = createLoad({ load: generator, directory: world.directory });
  const questions = await row.prepare(world);
  await load(world.url, questions, warmUpSeconds);
  const from = Number(process.hrtime.bigint() / 1000n);
  const { requests } = await load(world.url, questions, seconds);
  const to = Number(process.hrtime.bigint() / 1000n);
  // It writes the profile as it ends.
  await world.stopServer();
  await world.close();
  const file = join(folder, readdirSync(folder).sort().at(-1));
  print(row, requests, ownTimes(JSON.parse(readFileSync(file, 'utf8')), from, to));
  process.stdout.write(`\nThe whole profile, for a browser's developer tools: ${file}\n`);
};

/** Microseconds by function, of the samples taken between two moments. @returns {Map<string, number>} */
const ownTimes = ({ nodes, samples, timeDeltas, startTime }, from, to) => {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const times = new Map();
  let now = startTime;
  for (const [index, sample] of samples.entries()) {
    now += timeDeltas[index];
    if (now < from || now > to) continue;
    const name = names.get(sample);
    // What was running during the next step of time.
    times.set(name, (times.get(name) ?? 0) + (timeDeltas[index + 1] ?? 0));
  }
  return times;
};

const nameOf = ({ functionName, url, lineNumber }) => {
  const place = url.replace(/^.*\/(dist|node_modules)\//, '$1/');
  return `${functionName || '(anonymous)'}${place ? `  ${place}:${lineNumber + 1}` : ''}`;
};

const print = (row, requests, times) => {
  const idle = times.get('(idle)') ?? 0;
  const busy = [...times.values()].reduce((sum, time) => sum + time, 0) - idle;
  process.stdout.write(`${row.title}: ${(busy / requests).toFixed(1)} µs of the main thread per request\n\n`);
  const functions = [...times].filter(([name]) => name !== '(idle)').sort(([, a], [, b]) => b - a);
  for (const [name, time] of functions.slice(0, shown)) {
    const share = `${((100 * time) / busy).toFixed(1)} %`.padStart(7);
    process.stdout.write(`${share}  ${(time / requests).toFixed(2).padStart(6)} µs  ${name}\n`);
  }
};
