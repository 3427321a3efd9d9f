/** Another process on the same SQLite file, for the tests: prints what was acknowledged. */
import { once } from 'node:events';
import type { MeterSubject } from '../../../src/meter/meter-store.ts';
import { openStores } from '../../../src/stores/open-stores.ts';
import { article, askOf } from '../contract/meter-asks.ts';

const [task = '', dataDir = '', subject = '', slot = ''] = process.argv.slice(2);
const who = { subject: subject as MeterSubject, slot };
const print = (line: string | number): boolean => process.stdout.write(`${line}\n`);

const stores = await openStores({ dataDir, warn: print });

if (task === 'admit-many') {
  print('ready');
  await once(process.stdin, 'data');
  const asks = Array.from({ length: 250 }, (_, n) => askOf({ ...who, article: article(`there-${n}`) }));
  const readings = await Promise.all(asks.map((ask) => stores.meters.admit(ask)));
  print(readings.filter((reading) => reading.outcome === 'charged').length);
  process.exit(0);
}

for (let n = 0; task === 'admit-forever'; n += 1) {
  const ask = askOf({ ...who, article: article(n), allowance: 1_000_000 });
  await stores.meters.admit(ask);
  print(ask.article);
}
