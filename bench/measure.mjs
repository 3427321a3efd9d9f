/** Measures one row: Gatefold and a bare server with the same bytes, in turns, so that both meet the same weather. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { capture, headerOf } from './capture.mjs';
import { cpuMicroseconds, freePort, serverCore, start, stop, untilReady } from './processes.mjs';

/**
 * @typedef {object} Figures
 * @property {number} rate Requests a second.
 * @property {number | undefined} cpu Microseconds of the server's CPU time for each request.
 * @property {number | undefined} busy Share of one core that the server used.
 */

/**
 * @typedef {object} Measured
 * @property {import('./rows.mjs').Row} row
 * @property {readonly { bare: Figures, gatefold: Figures }[]} pairs
 */

const warmUpSeconds = 3;

/**
 * @param {import('./rows.mjs').Row} row
 * @param {import('./world.mjs').World} world
 * @param {{ load: ReturnType<import('./load.mjs').createLoad>, node: string, pairs: number, seconds: number }} how
 * @returns {Promise<Measured>}
 */
export const measure = async (row, world, { load, node, pairs, seconds }) => {
  const questions = await row.prepare(world);
  const bare = await startBare(row, questions, world, node);
  const sides = {
    bare: { url: bare.url, server: bare.child },
    gatefold: { url: world.url, server: world.server },
  };
  for (const { url } of Object.values(sides)) await load(url, questions, warmUpSeconds);

  const measured = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const order = pair % 2 === 0 ? ['bare', 'gatefold'] : ['gatefold', 'bare'];
    const figures = {};
    for (const side of order) {
      const ask = () => figuresOf(sides[side], questions, load, seconds);
      figures[side] = side === 'gatefold' ? await allDecidedAs(row, world, ask) : await ask();
    }
    measured.push(figures);
  }
  await stop(bare.child);
  return { row, pairs: measured };
};

/** With what Gatefold itself answers to the row's question, once it is warm. */
const startBare = async (row, { path, headers, cookies }, world, node) => {
  const url = world.url + path;
  const asked = () => capture(url, cookies ? { ...headers, Cookie: cookies(1)[0] } : headers);
  await asked();
  const answer = await asked();
  checkAnswer(row, answer);
  const file = join(world.directory, `${row.name}.json`);
  const log = join(world.directory, 'log');
  writeFileSync(file, JSON.stringify(answer));
  const port = await freePort();
  const script = fileURLToPath(new URL('bare-server.mjs', import.meta.url));
  const child = start({ core: serverCore, command: node, args: [script, String(port), file], log });
  await untilReady(`http://127.0.0.1:${port}/`, child, log);
  return { child, url: `http://127.0.0.1:${port}` };
};

const checkAnswer = ({ name, decision }, answer) => {
  const access = headerOf(answer, 'gatefold-access');
  const expected = decision ? `${decision.outcome}; reason=${decision.reason}` : '';
  const right = decision ? access.startsWith(expected) : access === '';
  if (answer.status !== 200 || !right) {
    throw new Error(`${name}: expected ${expected || 'no decision'}, got ${answer.status} ${access}`);
  }
};

const figuresOf = async ({ url, server }, questions, load, seconds) => {
  const before = cpuMicroseconds(server);
  const { requests, seconds: took } = await load(url, questions, seconds);
  const after = cpuMicroseconds(server);
  const known = before !== undefined && after !== undefined;
  return {
    rate: requests / took,
    requests,
    cpu: known ? (after - before) / requests : undefined,
    busy: known ? (after - before) / 1e6 / took : undefined,
  };
};

/** A row whose requests were decided otherwise would measure something else: Gatefold's own count tells. */
const allDecidedAs = async ({ name, decision }, world, ask) => {
  if (!decision) return ask();
  const before = await decisions(world, decision);
  const figures = await ask();
  const counted = (await decisions(world, decision)) - before;
  if (counted < figures.requests) {
    throw new Error(`${name}: of ${figures.requests} requests ${counted} ended in ${decision.reason}`);
  }
  return figures;
};

const decisions = async ({ metricsUrl }, { outcome, reason }) => {
  const text = await (await fetch(metricsUrl)).text();
  const line = text
    .split('\n')
    .find(
      (candidate) =>
        candidate.startsWith('gatefold_decisions_total{') &&
        candidate.includes(`outcome="${outcome}"`) &&
        candidate.includes(`reason="${reason}"`),
    );
  return Number(line?.split(' ').at(-1) ?? 0);
};
