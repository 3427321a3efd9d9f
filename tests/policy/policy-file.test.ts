import { mkdir, mkdtemp, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Policy } from '../../src/policy/policy.ts';
import { PolicyFaults } from '../../src/policy/policy-fault.ts';
import { openPolicySource, type PolicySource } from '../../src/policy/versions/policy-source.ts';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';

let folder: string;
let stores: Stores;
let opened: PolicySource[];
let said: string[];

const log = {
  info: (_facts: object, message: string) => void said.push(message),
  warn: (_facts: object, message: string) => void said.push(message),
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'policy-'));
  stores = await openStores({ dataDir: join(folder, '.data'), warn: () => undefined });
  opened = [];
  said = [];
});

afterEach(async () => {
  await Promise.all(opened.map((file) => file.close()));
  await stores.close();
  await rm(folder, { recursive: true });
});

const named = (name: string) => `site: { name: ${name} }\n`;

const open = async (file: string): Promise<PolicySource> => {
  const policyFile = await openPolicySource({
    file,
    store: stores.versions,
    clock: Date.now,
    log,
    settleMs: 60,
    lookMs: 50,
  });
  opened.push(policyFile);
  return policyFile;
};

const until = async (holds: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 400 && !holds(); tries += 1) await new Promise((done) => setTimeout(done, 25));
  expect(holds()).toBe(true);
};

const started = async (): Promise<{ file: string; policyFile: PolicySource }> => {
  const file = join(folder, 'policy.yaml');
  await writeFile(file, named('First'));
  return { file, policyFile: await open(file) };
};

describe('at the start', () => {
  test('a broken file throws every fault', async () => {
    const file = join(folder, 'policy.yaml');
    await writeFile(file, 'sites: {}\nrules: 3\n');
    const failure = await open(file).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PolicyFaults);
    expect((failure as PolicyFaults).faults.map(({ line }) => line)).toEqual([1, 2]);
    expect((failure as PolicyFaults).message).toContain(`${file}:1:1 unknown-key`);
  });

  test('a missing file throws, and says what to do', async () => {
    const failure = await open(join(folder, 'nowhere.yaml')).catch((error: unknown) => error);
    expect((failure as PolicyFaults).faults).toMatchObject([{ code: 'unreadable-file' }]);
    expect((failure as PolicyFaults).message).toContain('POLICY_FILE');
  });

  test('a folder in its place throws', async () => {
    await expect(open(folder)).rejects.toBeInstanceOf(PolicyFaults);
  });

  test('a file of more than 1 MiB throws', async () => {
    const file = join(folder, 'policy.yaml');
    await writeFile(file, '#'.repeat(1024 * 1024 + 1));
    const failure = await open(file).catch((error: unknown) => error);
    expect((failure as PolicyFaults).faults).toMatchObject([{ code: 'file-too-large' }]);
  });
});

describe('a change', () => {
  test('written in place is in force, and told once', async () => {
    const { file, policyFile } = await started();
    const told: Policy[] = [];
    policyFile.onChange((policy) => told.push(policy));
    await writeFile(file, named('Second'));
    await until(() => policyFile.current().site.name === 'Second');
    await writeFile(file, `# the same\n${named('Second')}`);
    await new Promise((done) => setTimeout(done, 200));
    expect(told).toEqual([policyFile.current()]);
  });

  test('made by renaming another file into its place is in force, again and again', async () => {
    const { file, policyFile } = await started();
    for (const name of ['Second', 'Third', 'Fourth']) {
      await writeFile(`${file}.new`, named(name));
      await rename(`${file}.new`, file);
      await until(() => policyFile.current().site.name === name);
    }
  });

  test('made by swapping the link to the folder, as Kubernetes does, is in force', async () => {
    const version = async (name: string) => {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, 'policy.yaml'), named(name));
      await symlink(name, join(folder, 'swap'));
      await rename(join(folder, 'swap'), join(folder, 'current'));
    };
    await version('First');
    await symlink(join('current', 'policy.yaml'), join(folder, 'policy.yaml'));
    const policyFile = await open(join(folder, 'policy.yaml'));
    for (const name of ['Second', 'Third']) {
      await version(name);
      await until(() => policyFile.current().site.name === name);
    }
  });

  test('that breaks the file keeps the last good policy and says so, until it is mended', async () => {
    const { file, policyFile } = await started();
    const before = policyFile.current();
    await writeFile(file, 'site: { nmae: Second }\n');
    await until(() => policyFile.lastFaults().length > 0);
    expect(policyFile.current()).toBe(before);
    expect(policyFile.lastFaults()).toMatchObject([{ code: 'unknown-key', line: 1 }]);
    expect(said.join()).toContain('the last good policy stays in force');
    await writeFile(file, named('Second'));
    await until(() => policyFile.current().site.name === 'Second');
    expect(policyFile.lastFaults()).toEqual([]);
  });

  test('that takes the file away keeps the last good policy, and its return is seen', async () => {
    const { file, policyFile } = await started();
    await unlink(file);
    await until(() => policyFile.lastFaults()[0]?.code === 'unreadable-file');
    expect(policyFile.current().site.name).toBe('First');
    await writeFile(file, named('Back'));
    await until(() => policyFile.current().site.name === 'Back');
  });

  test('reaches every listener, whichever fails', async () => {
    const { file, policyFile } = await started();
    const told: string[] = [];
    policyFile.onChange(() => {
      throw new Error('not me');
    });
    const stop = policyFile.onChange(() => told.push('stopped'));
    policyFile.onChange((policy) => told.push(policy.site.name));
    stop();
    await writeFile(file, named('Second'));
    await until(() => told.length > 0);
    expect(told).toEqual(['Second']);
  });

  test('after close changes nothing', async () => {
    const { file, policyFile } = await started();
    await policyFile.close();
    await writeFile(file, named('Second'));
    await new Promise((done) => setTimeout(done, 200));
    expect(policyFile.current().site.name).toBe('First');
  });
});
