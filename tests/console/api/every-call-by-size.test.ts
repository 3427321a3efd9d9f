/** No call of the management API does much about what is sent to it, however large, nor answers it at length. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type OperatorBrowser, operatorAt } from '../../support/console-browser.ts';
import { workSinceLast } from '../../support/counted-work.ts';
import { ask } from '../../support/raw-client.ts';
import { type RunningGateway, startGateway } from '../../support/start-gateway.ts';
import { hostileRequests } from './hostile-sizes.ts';

let site: RunningGateway;
let owner: OperatorBrowser;
beforeAll(async () => {
  site = await startGateway({ ticking: true });
  owner = await operatorAt(site, 'owner');
});
afterAll(() => site?.stop());

/** Each character of what is sent may be looked at some times, and no more. */
const mostWork = (sent: number): number => 400_000 + 12 * sent;
const longestAnswer = 100_000;

test('hostile sizes in every field of every call are refused or taken, at once and in few words', async () => {
  const faults: unknown[] = [];
  let made = 0;
  workSinceLast();
  for (const call of site.gateway.console.calls)
    for (const { what, path, body } of hostileRequests(call)) {
      const answer = await ask(site.consoleUrl, `/-/console/api/v1${path}`, {
        method: call.method.toUpperCase(),
        headers: {
          Cookie: `gf_operator=${owner.secret}`,
          Origin: site.consoleUrl,
          'Sec-Fetch-Site': 'same-origin',
          ...(body === undefined
            ? {}
            : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) }),
        },
        ...(body === undefined ? {} : { body }),
      });
      const work = workSinceLast();
      made += 1;
      const sent = path.length + (body?.length ?? 0);
      const isFault =
        answer.status === 0 ||
        answer.status >= 500 ||
        work > mostWork(sent) ||
        answer.text.length > longestAnswer;
      if (isFault)
        faults.push({
          call: call.id,
          ...{ what, sent, work, status: answer.status },
          answered: [answer.text.length, answer.text.slice(0, 200)],
        });
    }
  expect(faults).toEqual([]);
  expect(made).toBeGreaterThan(500);
  expect((await site.ask('/-/health/live')).status).toBe(200);
});
