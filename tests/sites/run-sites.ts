/** `npm run sites`: real sites, each set up by its own program, behind Gatefold: what gets past it, and what it changes for who may read. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from '../support/server-process.ts';
import { makeHugo } from './hugo/hugo.ts';
import { CannotBeHad } from './needs.ts';
import { makeNext } from './next/next.ts';
import { faultsOf, reportOf } from './report.ts';
import type { MakeSite, Site } from './site.ts';
import { makeSvelteKit } from './sveltekit/sveltekit.ts';
import { trySite } from './try-site.ts';
import { makeWordPress } from './wordpress/wordpress.ts';

const makers: Readonly<Record<string, MakeSite>> = {
  hugo: makeHugo,
  wordpress: makeWordPress,
  next: makeNext,
  sveltekit: makeSvelteKit,
};

const usage = `npm run sites -- [SITE …] [options]

Sets real sites up, puts Gatefold in front of each, and crawls it as a visitor out of free reads: nothing of an article
beyond its cut may come back, and a subscriber's answers must be the origin's. Sites: ${Object.keys(makers).join(', ')}; all of them unless named.

  --policy NAME    none (an empty policy), fitting, or integration (what is made for systems of its kind); all unless named
  --most NUMBER    addresses that links are followed to, at most (1500)
  --folder FOLDER  where the sites are made, and left for the next run; a temporary folder otherwise
  --long           names every address and difference, not the first few
`;

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    policy: { type: 'string' },
    most: { type: 'string', default: '1500' },
    folder: { type: 'string' },
    long: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const unknown = positionals.filter((name) => !Object.hasOwn(makers, name));
const isAsked = (name: string): boolean => values.policy === undefined || values.policy === name;
const policies = ['none', 'fitting'].filter(isAsked);
const integration = isAsked('integration');
if (
  values.help ||
  unknown.length > 0 ||
  (policies.length === 0 && !integration) ||
  !(Number(values.most) > 0)
) {
  say(usage);
  process.exit(values.help ? 0 : 2);
}

const root = values.folder ?? mkdtempSync(join(tmpdir(), 'gatefold-sites-'));
mkdirSync(root, { recursive: true });
// A web server's own user has to come to what is in it.
chmodSync(root, 0o755);

let running: Site | undefined;
const cleanUp = async (): Promise<void> => {
  await running?.stop();
  running = undefined;
  if (values.folder === undefined) rmSync(root, { recursive: true, force: true });
};
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void cleanUp().finally(() => process.exit(130));
  });

/** A site that was left by an earlier run has its public address written into it. */
const portsFor = async (folder: string): Promise<{ port: number; gatePort: number }> => {
  const file = join(folder, 'ports.json');
  if (!existsSync(file))
    writeFileSync(file, JSON.stringify({ port: await freePort(), gatePort: await freePort() }));
  return JSON.parse(readFileSync(file, 'utf8')) as { port: number; gatePort: number };
};

/** @returns the number of faults. */
const tryOne = async (name: string, make: MakeSite): Promise<number> => {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  const { port, gatePort } = await portsFor(folder);
  say(`${name}: setting up …`);
  const site = await make({ folder, port, publicUrl: `http://127.0.0.1:${gatePort}` });
  running = site;
  let faults = 0;
  for (const policy of policies) {
    const trial = await trySite({
      ...{ site, gatePort, originUrl: `http://127.0.0.1:${port}`, most: Number(values.most) },
      policy: policy === 'none' ? '{}\n' : site.policy,
      tell: (what) => say(`${name}, ${policy}: ${what}`),
      logTo: join(root, `${name}-${policy}.log`),
    });
    say(
      reportOf(
        `${name}, ${policy === 'none' ? 'with {} as its policy' : 'with a fitting policy'}`,
        trial,
        values.long,
      ),
    );
    faults += faultsOf(trial);
  }
  if (integration && site.tryIntegration) {
    const found = await site.tryIntegration((what) => say(`${name}, integration: ${what}`));
    say(`${name}, integration: ${found.length} faults`);
    faults += found.length;
  }
  await site.stop();
  running = undefined;
  return faults;
};

let faults = 0;
for (const [name, make] of Object.entries(makers)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  try {
    faults += await tryOne(name, make);
  } catch (error) {
    faults += 1;
    say(
      `${name}: ${error instanceof CannotBeHad ? error.message : String(error instanceof Error ? error.stack : error)}`,
    );
  }
}
await cleanUp();
say(faults === 0 ? 'No faults.' : `${faults} faults.`);
process.exit(faults === 0 ? 0 : 1);
