/** The policy's versions beside another process on the same SQLite file, also when it is killed. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { systemClock } from '../../../src/ops/clock.ts';
import { openPolicySource } from '../../../src/policy/versions/policy-source.ts';
import { policyVersions } from '../../../src/policy/versions/policy-versions.ts';
import { openStores, type Stores } from '../../../src/stores/open-stores.ts';
import { startTypeScript } from '../../support/typescript-process.ts';
import { until } from '../../support/until.ts';
import { anna, named } from './desks.ts';

const child = new URL('./versions-child.ts', import.meta.url);

let folder: string;
let dataDir: string;
let file: string;
let stores: Stores;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatefold-two-'));
  [dataDir, file] = [join(folder, 'data'), join(folder, 'policy.yaml')];
  await writeFile(file, named('File'));
  stores = await openStores({ dataDir, warn: () => {} });
});
afterEach(async () => {
  await stores.close();
  await rm(folder, { recursive: true });
});

const log = { info: () => {}, warn: () => {} };
const versions = () => policyVersions({ store: stores.versions, clock: systemClock });

test('another process obeys a publication and a rollback within a second', async () => {
  const other = startTypeScript(child, ['obey', dataDir, file]);
  const seen: string[] = [];
  other.lines.on('line', (line) => seen.push(line));
  await until(() => seen.includes('File'), 'the other process to start');
  const { saveDraft, publishDraft, rollBack, desk } = versions();
  const { revision } = (await desk()).draft;
  const saved = await saveDraft({ text: named('Console'), basedOn: 1, revision, author: anna });
  if (saved.kind !== 'saved') throw new Error(saved.kind);
  await publishDraft({ revision: saved.draft.revision, author: anna, note: '' });
  await until(() => seen.at(-1) === 'Console', 'the publication to be obeyed');
  await rollBack({ to: 1, instead: 2, author: anna, note: '' });
  await until(() => seen.at(-1) === 'File', 'the rollback to be obeyed');
  other.child.kill('SIGKILL');
  await once(other.child, 'exit');
});

test('what a process scheduled that is gone by then is published by another, once, within a second of its time', async () => {
  const source = await openPolicySource({ file, store: stores.versions, clock: systemClock, log });
  const others = [
    startTypeScript(child, ['obey', dataDir, file]),
    startTypeScript(child, ['obey', dataDir, file]),
  ];
  await Promise.all(others.map(({ lines }) => once(lines, 'line')));
  const scheduling = startTypeScript(child, ['schedule', dataDir]);
  expect(await once(scheduling.lines, 'line')).toEqual(['scheduled']);
  scheduling.child.kill('SIGKILL');
  await until(() => source.current().site.name === 'Scheduled', 'it to be in force');
  const { versions: listed } = await versions().list({ limit: 10 });
  expect(listed.map(({ number }) => number)).toEqual([2, 1]);
  const desk = await versions().desk();
  expect(desk.scheduled).toEqual([]);
  expect(listed[0]!.publishedAt - listed[0]!.createdAt).toBeGreaterThanOrEqual(1490);
  expect(listed[0]!.publishedAt - listed[0]!.createdAt).toBeLessThan(2500);
  for (const { child: process } of others) process.kill('SIGKILL');
  await source.close();
});

test('two processes that publish at once and are killed with -9 lose nothing that was acknowledged, and leave no gap', async () => {
  const acknowledged: number[] = [];
  const writers = [0, 1].map(() => startTypeScript(child, ['publish-forever', dataDir]));
  await Promise.all(
    writers.map(async (writer) => {
      let lines = 0;
      for await (const line of writer.lines) {
        acknowledged.push(Number(line));
        lines += 1;
        if (lines === 40) writer.child.kill('SIGKILL');
      }
    }),
  );
  expect(acknowledged.length).toBeGreaterThanOrEqual(80);
  expect(new Set(acknowledged).size).toBe(acknowledged.length);
  const { newest } = await versions().desk();
  const last = newest?.number ?? 0;
  expect(last).toBeGreaterThanOrEqual(Math.max(...acknowledged));
  const kept = await Promise.all(Array.from({ length: last }, (_, n) => stores.versions.version(n + 1)));
  expect(kept.map((version) => version?.number)).toEqual(Array.from({ length: last }, (_, n) => n + 1));
  expect(new Set(kept.map((version) => version?.text)).size).toBe(last);
});
