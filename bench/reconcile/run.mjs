/** `node bench/reconcile/run.mjs`: what a reconcile costs, beside the SDK that only lists. See ../README.md. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setUp } from '../../config/set-up.mjs';
import { freePort, othersCore, output, pinning, serverCore, start, stop } from '../processes.mjs';

const { values } = parseArgs({
  options: {
    subscriptions: { type: 'string', default: '100000' },
    pairs: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});
const [subscriptions, pairs] = [Number(values.subscriptions), Number(values.pairs)];
if (!(subscriptions >= 100 && pairs >= 1)) {
  process.stderr.write('--subscriptions: a number from 100; --pairs: a number from 1\n');
  process.exit(2);
}
/** Of the customers, whose access a lost webhook left wrong. */
const share = 0.01;

setUp({ build: true });
const directory = mkdtempSync(join(tmpdir(), 'gatefold-bench-'));
process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
const script = (name) => fileURLToPath(new URL(name, import.meta.url));
const say = (text) => process.stderr.write(`${text}\n`);

say(`The sandbox gets ${subscriptions.toLocaleString('en')} subscriptions …`);
const sandbox = fork(script('serve-sandbox.mjs'), [String(subscriptions)], {
  execArgv: ['--max-old-space-size=4096'],
});
process.once('exit', () => sandbox.kill('SIGKILL'));
const [address] = await Promise.race([once(sandbox, 'message'), once(sandbox, 'exit').then(() => [])]);
if (!address) throw new Error('the sandbox ended before it was ready');

const redisPort = await freePort();
const redis = start({
  core: othersCore,
  command: 'redis-server',
  args: ['--port', String(redisPort), '--bind', '127.0.0.1', '--dir', directory, '--save', ''],
  log: join(directory, 'log'),
});
const world = JSON.stringify({ ...address, redisUrl: `redis://127.0.0.1:${redisPort}` });
const run = async (name, ...args) =>
  JSON.parse(await output(serverCore, process.execPath, [script(name), world, ...args]));

say('Redis gets what the webhooks would have brought …');
const filled = await run('fill-stores.mjs');
if (filled !== subscriptions) throw new Error(`${filled} of ${subscriptions} subscriptions are there`);

const rows = { bare: [], nothing: [], drift: [] };
for (let pair = 0; pair < pairs; pair += 1) {
  say(`Pair ${pair + 1} of ${pairs}: the SDK alone …`);
  rows.bare.push(await run('bare-loop.mjs'));
  say('  a reconcile with nothing to mend …');
  rows.nothing.push(expecting(await run('reconciler.mjs'), 0));
  const upset = await run('upset-stores.mjs', String(share));
  say(`  a reconcile with ${upset.toLocaleString('en')} customers to mend …`);
  rows.drift.push(expecting(await run('reconciler.mjs'), upset));
}

/** A reconcile that saw or mended something else has measured something else. */
function expecting(measured, differing) {
  if (measured.checked !== subscriptions || measured.differing !== differing || measured.failed > 0)
    throw new Error(`not what was to be measured: ${JSON.stringify(measured)}`);
  return measured;
}

const median = (numbers) => numbers.toSorted((one, other) => one - other)[numbers.length >> 1] ?? 0;
const summary = Object.fromEntries(
  Object.entries(rows).map(([row, runs]) => {
    const of = (field) => median(runs.map((measured) => measured[field]));
    const ratio = (field) => median(runs.map((measured, at) => measured[field] / rows.bare[at][field]));
    return [
      row,
      {
        secondsPer10k: (of('seconds') / subscriptions) * 10_000,
        timesBare: ratio('seconds'),
        cpuSecondsPer10k: (of('cpuSeconds') / subscriptions) * 10_000,
        cpuTimesBare: ratio('cpuSeconds'),
        callsPerSubscription: of('calls') / subscriptions,
        peakMiB: of('peakMiB'),
        growthMiB: of('growthMiB'),
      },
    ];
  }),
);
const titles = {
  bare: 'the SDK alone, listing',
  nothing: 'reconcile, nothing to mend',
  drift: 'reconcile, 1 % to mend',
};
if (values.json)
  process.stdout.write(`${JSON.stringify({ subscriptions, pairs, rows: summary }, null, 2)}\n`);
else {
  process.stdout.write(
    '| | s per 10,000 | × the SDK | CPU s per 10,000 | × the SDK | calls per subscription | peak MiB | heap grew by MiB |\n',
  );
  process.stdout.write('|---|---|---|---|---|---|---|---|\n');
  for (const [row, figures] of Object.entries(summary)) {
    const cells = [
      titles[row],
      figures.secondsPer10k.toFixed(2),
      figures.timesBare.toFixed(2),
      figures.cpuSecondsPer10k.toFixed(2),
      figures.cpuTimesBare.toFixed(2),
      figures.callsPerSubscription.toFixed(4),
      figures.peakMiB.toFixed(0),
      figures.growthMiB.toFixed(1),
    ];
    process.stdout.write(`| ${cells.join(' | ')} |\n`);
  }
  const where = pinning.startsWith('not') ? pinning : 'the measured process on core 0, Redis on core 1';
  process.stdout.write(
    `\n${subscriptions.toLocaleString('en')} subscriptions, Node ${process.version}, medians of ${pairs} pairs; ${where}.\n`,
  );
}

await stop(redis);
sandbox.kill('SIGTERM');
process.exit(0);
