/** The rows of the table: who asks for what, what must come back, and how near to a bare server it must stay. */
import { capture, headerOf } from './capture.mjs';
import { visitorMint } from './visitors.mjs';

/** What a browser says of itself, besides who it is. */
const browser = {
  'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'Accept-Language': 'en-GB,en;q=0.5',
};
const compressed = { 'Accept-Encoding': 'gzip, deflate, br, zstd' };
const article = '/daily/harbour';

/**
 * @typedef {object} Questions
 * @property {string} path
 * @property {Record<string, string>} headers The same in every request…
 * @property {((count: number) => string[]) | undefined} [cookies] …but for these Cookie headers, each used once.
 */

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {string} title
 * @property {number} target Least share of the bare server's rate.
 * @property {{ outcome: string, reason: string } | undefined} decision What each request must be answered with.
 * @property {(world: import('./world.mjs').World) => Promise<Questions>} prepare
 */

/** @type {readonly Row[]} */
export const rows = [
  {
    name: 'subscriber',
    title: 'subscriber, cached 30 KB article',
    target: 0.6,
    decision: { outcome: 'full', reason: 'comp' },
    prepare: (world) => asSubscriber(world, {}),
  },
  {
    name: 'subscriber-compressed',
    title: 'the same, compressed',
    target: 0.6,
    decision: { outcome: 'full', reason: 'comp' },
    prepare: (world) => asSubscriber(world, compressed),
  },
  {
    name: 'preview',
    title: 'preview, visitor out of free reads',
    target: 0.6,
    decision: { outcome: 'preview', reason: 'meter-exhausted' },
    prepare: (world) => outOfFreeReads(world, {}),
  },
  {
    name: 'preview-compressed',
    title: 'the same, compressed',
    target: 0.6,
    decision: { outcome: 'preview', reason: 'meter-exhausted' },
    prepare: (world) => outOfFreeReads(world, compressed),
  },
  {
    name: 'free-read',
    title: 'free read counted in Redis, each another visitor',
    target: 0.4,
    decision: { outcome: 'full', reason: 'free-read' },
    prepare: asNewVisitors,
  },
  {
    name: 'pass-through',
    title: 'proxied 30 KB image',
    target: 0.22,
    decision: undefined,
    prepare: async (world) => {
      const [visitor] = (await visitorMint(world))(1);
      const headers = { ...browser, Accept: 'image/avif,image/webp,*/*', Cookie: `gf_visitor=${visitor}` };
      return { path: '/media/image.jpg', headers };
    },
  },
];

async function asSubscriber(world, more) {
  const email = 'subscriber@example.com';
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  await world.gatefold('grant', email, 'all-access', '--until', until);
  const token = await world.gatefold('token', 'issue', email, '--hours', '24');
  return { path: article, headers: { ...browser, ...more, Cookie: `gf_reader=${token}` } };
}

async function outOfFreeReads(world, more) {
  const [visitor] = (await visitorMint(world))(1);
  const headers = { ...browser, ...more, Cookie: `gf_visitor=${visitor}` };
  for (const other of ['/daily/first', '/daily/second', '/review/third']) {
    const read = await capture(world.url + other, headers);
    const access = headerOf(read, 'gatefold-access');
    if (!access.startsWith('full;')) throw new Error(`${other} should be a free read, but is ${access}`);
  }
  return { path: article, headers };
}

async function asNewVisitors(world) {
  const mint = await visitorMint(world);
  const cookies = (count) => mint(count).map((visitor) => `gf_visitor=${visitor}`);
  return { path: article, headers: browser, cookies };
}
