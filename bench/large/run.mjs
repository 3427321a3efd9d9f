/** How long large pages take to cut, and whether everybody else is answered meanwhile. See ../README.md. */

import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { parse } from 'parse5';
import { setUp } from '../../config/set-up.mjs';
import { cpuMicroseconds } from '../processes.mjs';
import { openWorld } from '../world.mjs';
import { largePage, shapeNames } from './page-shapes.mjs';

const { values } = parseArgs({
  options: {
    shape: { type: 'string', multiple: true },
    size: { type: 'string', multiple: true },
    json: { type: 'boolean' },
  },
});
const wanted = values.shape ?? shapeNames;
const sizes = (values.size ?? ['340000', '7000000']).map(Number);
for (const name of wanted) {
  if (shapeNames.includes(name)) continue;
  process.stderr.write(`There is no shape ${name}; there are ${shapeNames.join(', ')}.\n`);
  process.exit(2);
}
setUp({ build: true });

const agent = new Agent({ keepAlive: true });

/** @returns {Promise<{ ms: number, status: number, access: string, body: string }>} */
const ask = async (url) => {
  const began = performance.now();
  const asked = request(url, { agent });
  asked.end();
  const [response] = await once(asked, 'response');
  const chunks = [];
  for await (const chunk of response) chunks.push(chunk);
  const access = String(response.headers['gatefold-access'] ?? '');
  return {
    ms: performance.now() - began,
    status: response.statusCode,
    access,
    body: Buffer.concat(chunks).toString(),
  };
};

/** Asks whether the process lives, every 10 ms, until told to end. */
const watch = (url) => {
  const latencies = [];
  let over = false;
  const ended = (async () => {
    while (!over) {
      latencies.push((await ask(`${url}/-/health/live`)).ms);
      await pause(10);
    }
  })();
  return async () => {
    over = true;
    await ended;
    return { asked: latencies.length, most: Math.max(...latencies) };
  };
};

/** What the least that could be done costs: one parse by the library, in a process that has done it before. */
const yardstick = (html) => {
  const began = process.cpuUsage();
  parse(html);
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
};

const measure = async (world, shape, size) => {
  const html = largePage(shape, size).toString();
  const bare = Math.min(yardstick(html), yardstick(html));
  const before = cpuMicroseconds(world.server);
  const stop = watch(world.url);
  const { ms, status, access } = await ask(`${world.url}/review/${shape}~${size}`);
  const { asked, most } = await stop();
  // What is learnt of it once it was sent is part of what it costs.
  await pause(200);
  const cpu = (cpuMicroseconds(world.server) - before) / 1000;
  return { shape, size: html.length, status, access, ms, cpu, bare, ratio: cpu / bare, asked, most };
};

const world = await openWorld({ node: process.execPath, pinned: false, visitorReads: 0 });
const idle = watch(world.url);
await pause(2_000);
const { most: idleMost } = await idle();
// Once, so that the code is warm, as it is in a process that has served for a while.
for (const size of [100_000, 340_000]) {
  for (const shape of shapeNames) await ask(`${world.url}/review/${shape}~${size}`);
}
const rows = [];
for (const size of sizes) {
  for (const shape of wanted) {
    process.stderr.write(`${shape}, ${size} …\n`);
    // Another address, and another page: nothing of it is kept.
    rows.push(await measure(world, shape, size + 1_000));
  }
}
await world.close();
agent.destroy();

if (values.json) process.stdout.write(`${JSON.stringify({ idleMost, rows }, null, 2)}\n`);
else {
  const whole = (number) => number.toFixed(0);
  process.stdout.write(
    '| shape | MB | answer, ms | CPU, ms | parse5, ms | ratio | slowest of so many /-/health/live | what |\n',
  );
  process.stdout.write('|---|---|---|---|---|---|---|---|\n');
  for (const { shape, size, status, access, ms, cpu, bare, ratio, asked, most } of rows) {
    const what = status === 200 ? access.split(';', 1)[0] : String(status);
    process.stdout.write(
      `| ${shape} | ${(size / 1e6).toFixed(2)} | ${whole(ms)} | ${whole(cpu)} | ${whole(bare)} | ${ratio.toFixed(1)} | ${whole(most)} ms of ${asked} | ${what} |\n`,
    );
  }
  process.stdout.write(
    `\nNode ${process.version}; with nothing to do, the slowest /-/health/live took ${whole(idleMost)} ms.\n`,
  );
}
