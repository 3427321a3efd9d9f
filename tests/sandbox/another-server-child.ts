/** A sandbox in a process of its own, with its hosted pages and somebody who takes its webhooks and tells of each. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomText } from '../../src/ops/random.ts';
import { openSandbox } from '../../src/sandbox/open-sandbox.ts';

const site = createServer((req, res) => {
  if (req.url?.startsWith('/-/sandbox')) sandbox.handlePage(req, res);
  else
    void textOf(req).then((body) => {
      print({ event: JSON.parse(body).type });
      res.end();
    });
});
const textOf = async (req: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of req) parts.push(part);
  return Buffer.concat(parts).toString();
};
/** A line for whoever started it. */
const print = (said: object): void => void process.stdout.write(`${JSON.stringify(said)}\n`);

await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
const publicUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
const sandbox = await openSandbox({
  publicUrl,
  webhookUrl: `${publicUrl}/-/webhooks/stripe`,
  realNow: () => Date.now(),
  random: randomText,
  warn: (warning) => print({ warning }),
});
const { apiBase, secretKey } = sandbox;
print({ apiBase, secretKey });
// It ends with whoever started it.
process.stdin.resume().on('end', () => process.exit(0));
