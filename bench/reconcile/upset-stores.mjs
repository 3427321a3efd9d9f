/** Takes the access of every so-manieth customer away, as a lost webhook would have left it. */
import { openGatefold } from './open-gatefold.mjs';

const [world, share] = process.argv.slice(2);
const { stores } = await openGatefold(JSON.parse(world));
let [seen, upset] = [0, 0];
for await (const records of stores.customers.all()) {
  const chosen = records.filter(() => seen++ % Math.round(1 / Number(share)) === 0);
  upset += chosen.length;
  await Promise.all(chosen.map(({ owner }) => stores.entitlements.forgetReader(owner)));
}
await stores.close();
process.stdout.write(`${upset}\n`);
