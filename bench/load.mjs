/** The load: 64 connections kept alive, each with one question at a time, from a process on the other core. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { othersCore, output } from './processes.mjs';

const connections = 64;
/** More a second than can come back from any server here, so that no cookie has to be used twice. */
const maxRate = 40_000;

/**
 * @typedef {object} Outcome
 * @property {number} requests
 * @property {number} seconds
 */

/**
 * @param {{ load: 'wrk' | 'autocannon', directory: string }} options
 * @returns {(base: string, questions: import('./rows.mjs').Questions, seconds: number) => Promise<Outcome>}
 *   Throws where an answer is not a success.
 */
export const createLoad =
  ({ load, directory }) =>
  async (base, { path, headers, cookies }, seconds) => {
    const file = cookies && join(directory, 'cookies');
    if (file) writeFileSync(file, cookies(seconds * maxRate).join('\n'));
    const ask = load === 'wrk' ? askWithWrk : askWithAutocannon;
    const { requests, seconds: took, faults } = await ask({ url: base + path, headers, file, seconds });
    if (file) rmSync(file);
    if (faults !== '') throw new Error(`${requests} requests to ${base}${path}, of which ${faults}`);
    return { requests, seconds: took };
  };

const askWithWrk = async ({ url, headers, file, seconds }) => {
  const script = file ? ['-s', fileURLToPath(new URL('cookies.lua', import.meta.url))] : [];
  const told = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const size = ['-t', '1', '-c', String(connections), '-d', `${seconds}s`, '--timeout', '10s'];
  const text = await output(othersCore, 'wrk', [...size, ...told, ...script, url, ...(file ? [file] : [])]);
  const [, requests, took, unit] = /(\d+) requests in ([\d.]+)(m?s)/.exec(text) ?? [];
  const refused = /Non-2xx or 3xx responses: \d+/.exec(text) ?? [];
  const broken = /Socket errors: .*/.exec(text) ?? [];
  return {
    requests: Number(requests),
    seconds: unit === 'ms' ? Number(took) / 1000 : Number(took),
    faults: [...refused, ...broken].join('; '),
  };
};

const askWithAutocannon = async (questions) => {
  const script = fileURLToPath(new URL('autocannon.mjs', import.meta.url));
  const text = await output(othersCore, process.execPath, [
    script,
    JSON.stringify({ ...questions, connections }),
  ]);
  const { requests, duration, errors, timeouts, non2xx } = JSON.parse(text);
  const faulty = errors + timeouts + non2xx > 0;
  return {
    requests,
    seconds: duration,
    faults: faulty ? `errors ${errors}, timeouts ${timeouts}, not 2xx ${non2xx}` : '',
  };
};
