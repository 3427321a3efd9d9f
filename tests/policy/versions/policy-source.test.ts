import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Policy } from '../../../src/policy/policy.ts';
import { PolicyFaults } from '../../../src/policy/policy-fault.ts';
import { nextDesk, publishStep } from '../../../src/policy/versions/desk.ts';
import { openPolicySource, type PolicySource } from '../../../src/policy/versions/policy-source.ts';
import { type PolicyVersions, policyVersions } from '../../../src/policy/versions/policy-versions.ts';
import { openStores, type Stores } from '../../../src/stores/open-stores.ts';
import { until } from '../../support/until.ts';
import { anna, faultyText, hashOf, named, noon } from './desks.ts';

let folder: string;
let file: string;
let stores: Stores;
let opened: PolicySource[];
let said: string[];
let now: number;
let versions: PolicyVersions;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatefold-versions-'));
  file = join(folder, 'policy.yaml');
  stores = await openStores({ dataDir: join(folder, 'data'), warn: () => {} });
  [opened, said, now] = [[], [], noon];
  versions = policyVersions({ store: stores.versions, clock: () => now });
  await writeFile(file, named('File'));
});

afterEach(async () => {
  await Promise.all(opened.map((source) => source.close()));
  await stores.close();
  await rm(folder, { recursive: true });
});

const log = {
  info: (_facts: object, message: string) => void said.push(message),
  warn: (_facts: object, message: string) => void said.push(message),
};

// Settles in more than the 50 ms for which the watch keeps quiet after a change.
const open = async (path = file, follow = true): Promise<PolicySource> => {
  const options = {
    file: path,
    store: stores.versions,
    clock: () => now,
    log,
    settleMs: 60,
    lookMs: 50,
    follow,
  };
  const source = await openPolicySource(options);
  opened.push(source);
  return source;
};

const draftOf = async (text: string): Promise<number> => {
  const { draft, newest } = await versions.desk();
  const order = { text, basedOn: newest?.number ?? 0, revision: draft.revision, author: anna };
  const saved = await versions.saveDraft(order);
  if (saved.kind !== 'saved') throw new Error(saved.kind);
  return saved.draft.revision;
};

const publish = async (text: string) =>
  versions.publishDraft({ revision: await draftOf(text), author: anna, note: 'n' });

/** What a Gatefold that can use it would have published. */
const publishUnusable = async (): Promise<void> => {
  const desk = await versions.desk();
  const { step } = publishStep(
    desk,
    {
      ...{ text: faultyText, version: hashOf(named('x')), author: anna, note: '', made: 'edited' },
      ...{ createdAt: noon, publishedAt: noon },
    },
    () => ({}),
  );
  expect(await stores.versions.change(step)).toBe(true);
};

const restart = async (source: PolicySource): Promise<PolicySource> => {
  await source.close();
  return open();
};

const nameOf = (source: PolicySource): string => source.current().site.name;
const becomes = (source: PolicySource, name: string): Promise<void> =>
  until(() => nameOf(source) === name, `${name} to be in force`);
const numbers = async (): Promise<readonly number[]> =>
  (await versions.list({ limit: 100 })).versions.map(({ number }) => number);

describe('the policy file', () => {
  test('is the first version at the first start, and no other at the second', async () => {
    const source = await restart(await open());
    expect(nameOf(source)).toBe('File');
    expect(source.version()).toMatchObject({ number: 1, author: 'file' });
    expect(await numbers()).toEqual([1]);
  });

  test('left as it was doesn’t undo the console’s change at a restart', async () => {
    const first = await open();
    await publish(named('Console'));
    const second = await restart(first);
    expect(nameOf(second)).toBe('Console');
    expect(second.version()).toMatchObject({ number: 2, author: anna });
  });

  test('changed while nobody ran wins at the next start', async () => {
    const first = await open();
    await publish(named('Console'));
    await first.close();
    await writeFile(file, named('Changed'));
    const second = await open();
    expect(nameOf(second)).toBe('Changed');
    expect(second.version()).toMatchObject({ number: 3, author: 'file', from: 1 });
  });

  test('changed while it is watched is a version, in force, and told once', async () => {
    const source = await open();
    const told: Policy[] = [];
    source.onChange((policy) => told.push(policy));
    await writeFile(file, named('Changed'));
    await becomes(source, 'Changed');
    await pause(200);
    expect(told).toEqual([source.current()]);
    expect(await numbers()).toEqual([2, 1]);
  });

  test('of an instance whose copy is late doesn’t bring the old policy back', async () => {
    const late = join(folder, 'late.yaml');
    await writeFile(late, named('File'));
    const [source, other] = [await open(), await open(late)];
    await writeFile(file, named('Changed'));
    await becomes(other, 'Changed');
    // In the late one's folder something happens, and it reads its file again.
    await writeFile(join(folder, 'neighbour'), '');
    await pause(200);
    expect([nameOf(source), nameOf(other)]).toEqual(['Changed', 'Changed']);
    expect(await numbers()).toEqual([2, 1]);
  });

  test('broken while it is watched keeps what is in force and says so; mended, it is a version', async () => {
    const source = await open();
    await writeFile(file, faultyText);
    await until(() => source.lastFaults().length > 0, 'the faults');
    expect(source.lastFaults()).toMatchObject([
      { line: 1, path: 'site.nmae', file },
      { line: 2, path: 'rules' },
    ]);
    expect(nameOf(source)).toBe('File');
    expect(said.join()).toContain('the last good policy stays in force');
    await writeFile(file, named('Mended'));
    await becomes(source, 'Mended');
    expect(source.lastFaults()).toEqual([]);
    expect(said).toContain('The policy file is whole again.');
    expect(await numbers()).toEqual([2, 1]);
  });

  test('broken at a start keeps the newest version, and follows the console', async () => {
    const first = await open();
    await writeFile(file, faultyText);
    const second = await restart(first);
    expect(nameOf(second)).toBe('File');
    expect(second.lastFaults()).toHaveLength(2);
    await publish(named('Console'));
    await becomes(second, 'Console');
    expect(second.lastFaults()).toHaveLength(2);
  });

  test('broken or missing where there is no version throws its faults', async () => {
    await writeFile(file, faultyText);
    await expect(open()).rejects.toBeInstanceOf(PolicyFaults);
    await expect(open(join(folder, 'nowhere.yaml'))).rejects.toThrow(/POLICY_FILE/);
    expect(await numbers()).toEqual([]);
  });
});

describe('a version', () => {
  test('published in the console is in force at once, on every instance, and told once to each', async () => {
    const sources = [await open(), await open()];
    const told: string[] = [];
    for (const source of sources) source.onChange((policy) => told.push(policy.site.name));
    await publish(named('Console'));
    for (const source of sources) await becomes(source, 'Console');
    await pause(150);
    expect(told).toEqual(['Console', 'Console']);
    expect(sources[1]?.version()).toMatchObject({ number: 2, author: anna, note: 'n' });
  });

  test('that differs in comments alone is the version in force, and troubles nobody', async () => {
    const source = await open();
    source.onChange(() => said.push('told'));
    await publish(`# why\n${named('File')}`);
    await until(() => source.version()?.number === 2, 'the version');
    expect(said).not.toContain('told');
  });

  test('rolled back is in force again, as a new one', async () => {
    const source = await open();
    await publish(named('Console'));
    await becomes(source, 'Console');
    const answer = await versions.rollBack({ to: 1, instead: 2, author: anna, note: '' });
    expect(answer).toMatchObject({ kind: 'published', version: { number: 3, from: 1 } });
    await becomes(source, 'File');
    expect(await versions.rollBack({ to: 9, instead: 3, author: anna, note: '' })).toEqual({
      kind: 'unknown-version',
      number: 9,
    });
  });

  test('a draft that is saved changes nothing that is in force, and tells its faults by line', async () => {
    const source = await open();
    const { draft } = await versions.desk();
    const order = { basedOn: 1, revision: draft.revision, author: anna };
    expect(await versions.saveDraft({ ...order, text: faultyText })).toMatchObject({
      kind: 'saved',
      faults: [{ line: 1, path: 'site.nmae', file: 'draft' }, { line: 2 }],
    });
    expect(versions.check(named('Fine')).faults).toEqual([]);
    await pause(150);
    expect(nameOf(source)).toBe('File');
  });

  test('that this Gatefold can’t use leaves the last good one in force, and says why until there is another', async () => {
    const source = await open();
    await publishUnusable();
    await until(() => source.lastFaults().length > 0, 'the faults');
    expect(source.lastFaults()).toMatchObject([{ file: 'version 2', line: 1 }, { line: 2 }]);
    expect([nameOf(source), source.version()?.number]).toEqual(['File', 1]);
    await publish(named('Better'));
    await becomes(source, 'Better');
    expect(source.lastFaults()).toEqual([]);
  });

  test('that can’t be used at the start gives way to the file', async () => {
    const first = await open();
    await publishUnusable();
    const second = await restart(first);
    expect([nameOf(second), second.version()]).toEqual(['File', undefined]);
    expect(second.lastFaults()).toHaveLength(2);
    await second.close();
    await writeFile(file, faultyText);
    await expect(open()).rejects.toThrow(/version 2:1:/);
  });

  test('whose text the store has lost leaves the last good one in force', async () => {
    const source = await open();
    await publish(named('Lost'));
    await becomes(source, 'Lost');
    const desk = await versions.desk();
    const newest = { ...desk.newest!, number: 7 };
    await stores.versions.change({ desk: nextDesk(desk, { newest }) });
    await until(() => source.lastFaults().length > 0, 'the fault');
    expect(source.lastFaults()).toMatchObject([{ file: 'version 7' }]);
    expect(nameOf(source)).toBe('Lost');
  });
});

describe('a scheduled version', () => {
  const scheduleAt = async (at: number, text = named('Scheduled')) =>
    versions.publishDraft({ revision: await draftOf(text), author: anna, note: '', at });

  test('comes into force at its time by the clock, not before, once, on every instance', async () => {
    const sources = [await open(), await open(), await open()];
    await scheduleAt(noon + 5000);
    now = noon + 4999;
    await pause(200);
    expect(sources.map(nameOf)).toEqual(['File', 'File', 'File']);
    now = noon + 5000;
    for (const source of sources) await becomes(source, 'Scheduled');
    expect(await numbers()).toEqual([2, 1]);
    expect(await versions.version(2)).toMatchObject({
      createdAt: noon,
      publishedAt: noon + 5000,
      author: anna,
    });
  });

  test('comes into force when everybody was away at its time', async () => {
    const first = await open();
    await scheduleAt(noon + 5000);
    await first.close();
    now = noon + 9000;
    expect(nameOf(await open())).toBe('Scheduled');
  });

  test('cancelled, never does', async () => {
    const source = await open();
    const ordered = await scheduleAt(noon + 5000);
    if (ordered.kind !== 'scheduled') throw new Error(ordered.kind);
    const asked = { id: ordered.scheduled.id, author: anna };
    expect(await versions.cancelScheduled(asked)).toMatchObject({ kind: 'cancelled', draft: 'restored' });
    now = noon + 9000;
    await pause(200);
    expect(nameOf(source)).toBe('File');
    expect(await numbers()).toEqual([1]);
  });

  test('overtaken by a changed file, is held and said', async () => {
    const source = await open();
    await scheduleAt(noon + 5000);
    await writeFile(file, named('Changed'));
    await becomes(source, 'Changed');
    now = noon + 5000;
    await until(() => said.some((line) => line.includes('waits in the console')), 'it to be held');
    expect(nameOf(source)).toBe('Changed');
    expect((await versions.desk()).scheduled).toMatchObject([{ held: { why: 'overtaken' } }]);
    const { draft } = await versions.desk();
    expect(await versions.discardDraft({ revision: draft.revision, author: anna })).toMatchObject({
      kind: 'conflict',
    });
  });
});

describe('a command that asks and ends', () => {
  test('obeys what a start would obey, and changes nothing', async () => {
    expect(nameOf(await open(file, false))).toBe('File');
    expect(await versions.desk()).toMatchObject({ revision: 0 });
    await (await open()).close();
    await publish(named('Console'));
    expect(nameOf(await open(file, false))).toBe('Console');
    await writeFile(file, named('Changed'));
    const command = await open(file, false);
    expect(nameOf(command)).toBe('Changed');
    expect(command.version()).toBeUndefined();
    expect(await numbers()).toEqual([2, 1]);
  });
});

test('after close nothing is watched, published or told any more', async () => {
  const source = await open();
  source.onChange(() => said.push('told'));
  await source.close();
  await publish(named('Console'));
  await writeFile(file, named('Changed'));
  await pause(300);
  expect(nameOf(source)).toBe('File');
  expect(said).not.toContain('told');
  expect(await numbers()).toEqual([2, 1]);
});
