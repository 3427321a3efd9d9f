/** What it costs that the sentry reads an answer: the same questions with it on and off, in turns. See ../README.md. */
import { parseArgs } from 'node:util';
import { setUp } from '../../config/set-up.mjs';
import { cpuMicroseconds } from '../processes.mjs';
import { openWorld } from '../world.mjs';

const { values } = parseArgs({
  options: { pairs: { type: 'string', default: '5' } },
});
setUp({ build: true });
const pairs = Number(values.pairs);

const answers = [
  ['JSON, 30 KB', '/data/json/30000', 1_000],
  ['JSON, 1 MB', '/data/json/1000000', 40],
  ['HTML, 30 KB', '/data/html/30000', 1_000],
  ['HTML, 1 MB', '/data/html/1000000', 40],
  ['image, 30 KB', '/media/image.jpg', 1_000],
];
/** Known articles to look for: without any nothing would be read. */
const articles = 200;

const openSide = async (sentry) => {
  const world = await openWorld({ node: process.execPath, sentry });
  for (let at = 0; at < articles; at += 1) await (await fetch(`${world.url}/daily/story-${at}`)).text();
  const text = await (await fetch(world.metricsUrl)).text();
  const known = Number(/^gatefold_sentry_articles (\d+)/m.exec(text)?.[1] ?? 0);
  if (sentry !== known > articles / 2)
    throw new Error(`with the sentry ${sentry ? 'on' : 'off'}, ${known} articles are known`);
  return { world };
};

/** One question after the other: what a question costs is asked here, not how many can be answered. */
const cpuOf = async ({ world }, path, times) => {
  const before = cpuMicroseconds(world.server);
  for (let asked = 0; asked < times; asked += 1) {
    const answer = await fetch(world.url + path);
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
  }
  return (cpuMicroseconds(world.server) - before) / times;
};

const median = (numbers) => numbers.toSorted((one, other) => one - other)[numbers.length >> 1];

const sides = { on: await openSide(true), off: await openSide(false) };
process.stdout.write(
  '| answer | off, µs of CPU | on, µs | ratio | reading 1 MB, ms |\n|---|---|---|---|---|\n',
);
for (const [name, path, times] of answers) {
  for (const side of Object.values(sides)) await cpuOf(side, path, times);
  const measured = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const figures = {};
    for (const side of pair % 2 === 0 ? ['on', 'off'] : ['off', 'on'])
      figures[side] = await cpuOf(sides[side], path, times);
    measured.push(figures);
  }
  const [on, off] = [median(measured.map(({ on }) => on)), median(measured.map(({ off }) => off))];
  const ratio = median(measured.map(({ on, off }) => off / on));
  const size = Number((await (await fetch(sides.on.world.url + path)).arrayBuffer()).byteLength);
  const perMegabyte = median(measured.map(({ on, off }) => on - off)) / 1000 / (size / 1e6);
  process.stdout.write(
    `| ${name} | ${off.toFixed(0)} | ${on.toFixed(0)} | ${ratio.toFixed(2)} | ${perMegabyte.toFixed(1)} |\n`,
  );
}
for (const { world } of Object.values(sides)) await world.close();
process.stdout.write(`\nNode ${process.version}; medians of ${pairs} pairs, ${articles} articles known.\n`);
