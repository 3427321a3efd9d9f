/** config/compose.yaml and the file of settings beside it: that they fit the image, the settings and each other. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { parseSettings, settingDocs } from '../../src/settings.ts';
import { readDockerfile } from './read-dockerfile.ts';

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly build?: { readonly context: string; readonly args: Readonly<Record<string, string>> };
  readonly environment?: Readonly<Record<string, string>>;
  readonly env_file?: readonly { readonly path: string; readonly required: boolean }[];
  readonly volumes: readonly (string | { readonly source: string; readonly target: string })[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly ports?: readonly string[];
}

interface Compose {
  readonly services: Readonly<Record<'gatefold' | 'redis', Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const config = fileURLToPath(new URL('../../config', import.meta.url));
const read = (file: string): string => readFileSync(join(config, file), 'utf8');
const { services, volumes } = parse(read('compose.yaml')) as Compose;
const { gatefold, redis } = services;
const known = settingDocs.map(({ name }) => name);

const instructions = readDockerfile(read('../Dockerfile'));
const nameOf = (pair: string): string => pair.slice(0, pair.indexOf('='));
const inImage = instructions.flatMap(({ name, words }) => (name === 'ENV' ? words.map(nameOf) : []));

const exampleLines = read('gatefold.env.example')
  .split('\n')
  .filter((line) => /^#?[A-Z_]+=/.test(line))
  .map((line) => line.replace(/^#/, ''));

describe('what is set', () => {
  test('every name that compose, the image and the example set is one of Gatefold’s settings', () => {
    const names = [
      ...Object.keys(gatefold.environment ?? {}),
      ...inImage.filter((name) => name !== 'NODE_ENV'),
      ...exampleLines.map(nameOf),
    ];
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('every setting is set by compose or the image, or shown in the example', () => {
    const shown = [...Object.keys(gatefold.environment ?? {}), ...inImage, ...exampleLines.map(nameOf)];
    expect(known.filter((name) => !shown.includes(name))).toEqual([]);
  });

  test('the example takes nothing from what compose sets, which would go unheard', () => {
    const overruled = exampleLines.map(nameOf).filter((name) => name in (gatefold.environment ?? {}));
    expect(overruled).toEqual([]);
  });

  test('what compose sets, and each value that the example shows, is a value Gatefold takes', () => {
    const filled = exampleLines.filter((line) => !line.endsWith('=') && !line.startsWith('CONTENT_DIR='));
    const shown = Object.fromEntries(
      filled.map((line) => [nameOf(line), line.slice(nameOf(line).length + 1)]),
    );
    const parsed = parseSettings({ ...shown, ...gatefold.environment });
    expect(parsed).toMatchObject({ kind: 'ok' });
  });

  test('it starts without the file of settings', () => {
    expect(gatefold.env_file).toEqual([{ path: 'gatefold.env', required: false }]);
    expect(existsSync(join(config, 'gatefold.env.example'))).toBe(true);
  });
});

describe('what it is put together from', () => {
  test('the image is built from the project’s own Dockerfile, with an argument that it has', () => {
    const args = instructions.flatMap(({ name, words }) => (name === 'ARG' ? words.map(nameOf) : []));
    expect(Object.keys(gatefold.build?.args ?? {})).toEqual(args);
    expect(existsSync(join(config, gatefold.build?.context ?? '', 'Dockerfile'))).toBe(true);
  });

  test('the policy is there where Gatefold is told that it is', () => {
    const folder = gatefold.volumes.find((volume) => typeof volume === 'object');
    expect(folder?.target).toBe('/etc/gatefold');
    expect(gatefold.environment?.POLICY_FILE).toBe('/etc/gatefold/policy.yaml');
    expect(existsSync(join(config, folder?.source ?? '', 'policy.yaml'))).toBe(true);
  });

  test('every named volume is declared, and each service keeps its data in one', () => {
    const named = [gatefold, redis].map(({ volumes: [first] }) => String(first).split(':'));
    expect(named.map(([name]) => name).sort()).toEqual(Object.keys(volumes).sort());
    expect(named.map(([, path]) => path)).toEqual(['/data', '/data']);
  });

  test('Redis writes down what it is told and drops nothing; Gatefold waits until it answers', () => {
    const command = (redis.command ?? []).join(' ');
    expect(command).toContain('--appendonly yes');
    expect(command).toContain('--maxmemory-policy noeviction');
    expect(redis.healthcheck?.test).toContain('ping');
    expect(gatefold.depends_on?.redis?.condition).toBe('service_healthy');
  });

  test('nothing is published beyond this machine, and Redis not at all', () => {
    expect(gatefold.ports?.every((port) => port.startsWith('127.0.0.1:'))).toBe(true);
    expect(redis.ports).toBeUndefined();
  });
});
