/** What `npm run bench` can be told, read once; a wrong word ends it with what can be said. */
import { parseArgs } from 'node:util';
import { isInstalled } from './processes.mjs';

const usage = `npm run bench -- [options]

  --row NAME      this row alone; may be given several times
  --pairs N       pairs of measurements for each row (7)
  --seconds S     how long each measurement takes (3)
  --load NAME     wrk or autocannon; without it wrk where it is installed, else autocannon
  --node PATH     another Node to run both servers with
  --json          the figures as JSON, instead of a table
  --profile NAME  no measurement: what the server does in this row, function by function
`;

/**
 * @typedef {object} BenchOptions
 * @property {readonly string[]} rows Empty: all.
 * @property {number} pairs
 * @property {number} seconds
 * @property {'wrk' | 'autocannon'} load
 * @property {string} node Path of the Node that both servers run under.
 * @property {boolean} json
 * @property {string | undefined} profile
 */

/** @returns {BenchOptions} */
export const readOptions = (args, rowNames) => {
  const { values } = parse(args);
  if (values.help) {
    process.stdout.write(`${usage}\nRows: ${rowNames.join(', ')}\n`);
    process.exit(0);
  }
  const load = values.load ?? (isInstalled('wrk') ? 'wrk' : 'autocannon');
  if (load !== 'wrk' && load !== 'autocannon') refuse(`--load ${load}: wrk or autocannon`);
  if (load === 'wrk' && !isInstalled('wrk')) refuse('--load wrk: wrk is not installed');
  return {
    rows: namesOf(values.row ?? [], rowNames),
    pairs: positive('--pairs', values.pairs ?? '7'),
    seconds: positive('--seconds', values.seconds ?? '3'),
    load,
    node: values.node ?? process.execPath,
    json: values.json ?? false,
    profile: namesOf(values.profile === undefined ? [] : [values.profile], rowNames)[0],
  };
};

const parse = (args) => {
  try {
    return parseArgs({
      args,
      options: {
        row: { type: 'string', multiple: true },
        pairs: { type: 'string' },
        seconds: { type: 'string' },
        load: { type: 'string' },
        node: { type: 'string' },
        json: { type: 'boolean' },
        profile: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    return refuse(error.message);
  }
};

const namesOf = (asked, known) => {
  for (const name of asked) {
    if (!known.includes(name)) refuse(`there is no row ${name}; there are ${known.join(', ')}`);
  }
  return asked;
};

const positive = (name, text) => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) refuse(`${name} ${text}: a whole number from 1`);
  return number;
};

const refuse = (why) => {
  process.stderr.write(`${why}\n\n${usage}`);
  process.exit(2);
};
