/** Editors, programs, the policy file and the clock at the same moment, on two instances: nothing is overwritten unseen. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type ApiAnswer,
  type OperatorBrowser,
  operatorAt,
  programAt,
} from '../../support/console-browser.ts';
import { type RedisServer, startRedis } from '../../support/redis-server.ts';
import { type RunningGateway, startGateway } from '../../support/start-gateway.ts';
import { until } from '../../support/until.ts';

const policy = (visitor: number, name = 'The Test Reader') =>
  `site: { name: ${name}, timeZone: UTC }\nmeters:\n  main: { window: month, visitor: ${visitor}, registered: 50 }\n`;

interface Pair {
  readonly sites: readonly [RunningGateway, RunningGateway];
  readonly stop: () => Promise<void>;
}

const pairOver = async (
  store: { readonly redisUrl: string } | { readonly dataDir: string },
): Promise<Pair> => {
  const options = { ...store, policy: policy(3), ticking: true };
  const one = await startGateway(options);
  const other = await startGateway({ ...options, publicUrl: one.url });
  return {
    sites: [one, other],
    stop: async () => {
      await other.stop();
      await one.stop();
    },
  };
};

/** An editor at one instance, a program at the other. */
const editorsOf = async ({ sites: [one, other] }: Pair) => {
  const now = { time: { now: Date.now() } };
  return [
    await operatorAt({ ...one, ...now }, 'editor'),
    await programAt({ ...other, ...now }, 'editor'),
  ] as const;
};

type Caller = Pick<OperatorBrowser, 'api'>;

const obeyed = ({ gateway }: RunningGateway) => gateway.policySource.version()?.number;

const revisionOf = async (by: Caller): Promise<number> => (await by.api('GET', '/policy')).body.revision;

const setVisitor = (visitor: number) => ({ kind: 'set-meter', id: 'main', set: { visitor } });

let redis: RedisServer;
let folder: string;
beforeAll(async () => {
  redis = await startRedis();
  folder = mkdtempSync(join(tmpdir(), 'gatefold-races-'));
});
afterAll(async () => {
  await redis?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe.each([
  ['Redis', () => ({ redisUrl: redis.url })],
  ['a SQLite file', () => ({ dataDir: join(folder, 'data') })],
])('two instances over %s', (_, store) => {
  test('however editors, programs and rollbacks crowd in, versions have no gap and one author each, and both obey the newest', async () => {
    const pair = await pairOver(store());
    const [one, other] = pair.sites;
    const editors = await editorsOf(pair);
    const acknowledged: { readonly number: number; readonly author: string }[] = [];
    const odd: ApiAnswer[] = [];
    const note = (answer: ApiAnswer): void => {
      if (answer.status === 200 && answer.body.kind === 'published') acknowledged.push(answer.body.version);
      if (![200, 409].includes(answer.status)) odd.push(answer);
    };
    const editAndPublish = async (by: Caller, base: number): Promise<void> => {
      for (let n = 0; n < 12; n += 1) {
        const revision = await revisionOf(by);
        const edited = await by.api('POST', '/policy/draft/edits', {
          revision,
          edit: setVisitor(base + n),
        });
        note(edited);
        if (edited.status !== 200) continue;
        const order = { revision: edited.body.revision, note: `${base + n}` };
        note(await by.api('POST', '/policy/draft/publish', order));
      }
    };
    const rollBack = async (by: Caller): Promise<void> => {
      for (let n = 0; n < 8; n += 1) {
        const { published } = (await by.api('GET', '/policy')).body;
        const to = Math.max(1, published.number - 1);
        note(
          await by.api('POST', `/policy/versions/${to}/rollback`, {
            instead: published.number,
            note: 'back',
          }),
        );
      }
    };
    try {
      await Promise.all([
        editAndPublish(editors[0], 100),
        editAndPublish(editors[1], 200),
        rollBack(editors[0]),
        rollBack(editors[1]),
      ]);
      expect(odd.map(({ status, text }) => [status, text])).toEqual([]);
      const { newest } = await one.gateway.stores.versions.head();
      const last = newest?.number ?? 0;
      const kept = await Promise.all(
        Array.from({ length: last }, (_, at) => one.gateway.stores.versions.version(at + 1)),
      );
      expect(kept.map((version) => version?.number)).toEqual(kept.map((_, at) => at + 1));
      expect(acknowledged.length).toBeGreaterThan(5);
      expect(new Set(acknowledged.map(({ number }) => number)).size).toBe(acknowledged.length);
      for (const { number, author } of acknowledged) expect(kept[number - 1]?.author).toBe(author);
      expect(last).toBe(acknowledged.length + 1);
      // What says it is an edit holds the very number that its author wrote.
      for (const version of kept)
        if (version?.made === 'edited') expect(version.text).toContain(`visitor: ${version.note},`);
      await until(() => obeyed(one) === last && obeyed(other) === last, 'both to obey');
    } finally {
      await pair.stop();
    }
  });
});

describe('a page that was opened before another version came into force', () => {
  const withSite = async (run: (site: RunningGateway, ann: OperatorBrowser) => Promise<void>) => {
    const site = await startGateway({ policy: policy(3) });
    try {
      await run(site, await operatorAt(site, 'editor'));
    } finally {
      await site.stop();
    }
  };

  const overtakers: readonly (readonly [
    string,
    (site: RunningGateway, by: OperatorBrowser) => Promise<void>,
  ])[] = [
    [
      'the policy file',
      async (site) => {
        site.writePolicy(policy(7));
        await until(() => obeyed(site) === 2, 'the file to be heeded');
      },
    ],
    [
      'a colleague’s rollback',
      async (site, ben) => {
        site.writePolicy(policy(7));
        await until(() => obeyed(site) === 2, 'the file to be heeded');
        await ben.get('/-/console/versions');
        const back = await ben.api('POST', '/policy/versions/1/rollback', { instead: 2 });
        expect(back.status).toBe(200);
      },
    ],
  ];

  test.each(overtakers)('changes nothing by its form once %s was faster, and says why', async (_, overtake) =>
    withSite(async (site, ann) => {
      const before = await revisionOf(ann);
      const page = await ann.get('/-/console/limits?meter=main');
      expect(page.status).toBe(200);
      await overtake(site, await operatorAt(site, 'editor'));
      const late = await ann.api('POST', '/policy/draft/edits', { revision: before, edit: setVisitor(1) });
      expect([late.status, late.body.error?.code]).toEqual([409, 'draft-conflict']);
      const text = await ann.api('PUT', '/policy/draft', { revision: before, text: policy(1) });
      expect([text.status, text.body.error?.code]).toEqual([409, 'draft-conflict']);
      const form = await ann.post('/-/console/rules/remove', { name: 'x', revision: String(before) });
      expect(form.text).toContain('another version of the policy came into force while this page was open');
      expect((await ann.api('GET', '/policy')).body.draft).toBeNull();
    }),
  );

  test('a tick for one newer version is not one for the next', async () =>
    withSite(async (site, ann) => {
      const edited = await ann.api('POST', '/policy/draft/edits', {
        revision: await revisionOf(ann),
        edit: setVisitor(1),
      });
      site.writePolicy(policy(7));
      await until(() => obeyed(site) === 2, 'the file to be heeded');
      // The page was shown with version 2; then version 3 comes.
      site.writePolicy(policy(8));
      await until(() => obeyed(site) === 3, 'the file to be heeded again');
      const publish = (instead: number) =>
        ann.post('/-/console/versions/publish', {
          ...{ revision: String(edited.body.revision), instead: String(instead) },
          ...{ note: '', at: '', regardless: 'yes' },
        });
      expect((await publish(2)).status).toBe(409);
      expect(obeyed(site)).toBe(3);
      expect((await publish(3)).status).toBe(303);
    }));
});
