/** The Dockerfile's own steps, carried out in empty folders under the image's Node, and what comes of them, started. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort } from '../support/server-process.ts';
import { until } from '../support/until.ts';
import { carryOut, installedPackages, type Stage } from './carry-out.ts';
import { nodeOfImage } from './node-of-image.ts';
import { readDockerfile } from './read-dockerfile.ts';
import { type RunningStage, runStage } from './run-stage.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string): string => readFileSync(join(project, file), 'utf8');
const manifest = JSON.parse(read('package.json')) as Record<'dependencies' | 'devDependencies', object>;
const instructions = readDockerfile(read('Dockerfile'));

const folder = mkdtempSync(join(tmpdir(), 'gatefold-image-'));
let nodeFolder = '';
let stages: readonly Stage[] = [];
let image: Stage;

beforeAll(() => {
  // The one who runs the image must get in; so must nobody else be able to write.
  chmodSync(folder, 0o755);
  const [, from = ''] = instructions.find(({ name }) => name === 'ARG')?.words[0]?.split('=') ?? [];
  nodeFolder = nodeOfImage(from, join(folder, 'node'));
  stages = carryOut(instructions, {
    context: project,
    into: join(folder, 'stages'),
    tools: toolsFor(nodeFolder),
  });
  image = stages.at(-1) as Stage;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** npm keeps its settings and its packages where it has them on this machine; all else is the stage's own. */
const toolsFor = (nodePath: string): Readonly<Record<string, string>> => {
  const { NODE_OPTIONS: _, NODE_ENV: __, ...rest } = process.env;
  return {
    ...Object.fromEntries(Object.entries(rest).filter((pair): pair is [string, string] => !!pair[1])),
    PATH: `${nodePath}:${bystanders()}:${process.env.PATH ?? ''}`,
    npm_config_prefer_offline: 'true',
    npm_config_loglevel: 'error',
  };
};

/** Only root can give a folder away; for anybody else the step is noted and passes. */
const bystanders = (): string => {
  const path = join(folder, 'bystanders');
  if (process.getuid?.() === 0) return path;
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'chown'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  return path;
};

describe('the steps', () => {
  test('every stage comes from the one image that a build may name', () => {
    expect(new Set(stages.map((stage) => stage.image))).toEqual(new Set(['node:24-bookworm-slim']));
  });

  test('the image’s Node is the one that the server is run with here', () => {
    const { stdout } = spawnSync(join(nodeFolder, 'node'), ['--version'], { encoding: 'utf8' });
    expect(stdout).toMatch(/^v24\./);
  });

  test('nothing is copied from the project but what is named, and all that is named is let into the build', () => {
    const copied = new Set(stages.flatMap((stage) => stage.copied));
    expect([...copied].sort()).toEqual([
      '.npmrc',
      'config/policy.schema.json',
      'config/policy.yaml',
      'config/sample',
      'package-lock.json',
      'package.json',
      'src',
      'tsconfig.build.json',
      'tsconfig.json',
    ]);
    const [first, ...allowed] = read('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(first).toBe('*');
    expect(allowed.sort()).toEqual([...copied].map((path) => `!${path}`).sort());
  });

  test('the image holds the production packages, and none that only we need', () => {
    const installed = installedPackages(image);
    expect(installed).toEqual(expect.arrayContaining(Object.keys(manifest.dependencies)));
    const ours = Object.keys(manifest.devDependencies).filter((name) => installed.includes(name));
    expect(ours).toEqual([]);
  });

  test('the image holds neither sources nor what builds them', () => {
    const app = join(image.root, image.workdir);
    expect(['src', 'tests', 'tsconfig.json'].filter((name) => existsSync(join(app, name)))).toEqual([]);
  });

  test('the server runs as nobody special, and an orchestrator can see that it does', () => {
    const [uid, gid] = (image.user ?? '').split(':').map(Number);
    expect(uid).toBeGreaterThan(0);
    expect(gid).toBeGreaterThan(0);
  });

  test('data lies in a volume, and the ports that are exposed are the site’s and the sandbox’s console’s', () => {
    expect(image.volumes.map((path) => join(image.root, path))).toEqual([image.env.DATA_DIR]);
    expect(image.ports).toEqual([image.env.PORT, String(Number(image.env.PORT) + 1)]);
    expect(image.env.HOST).toBe('0.0.0.0');
  });

  test('signals reach the server itself, with no shell in between', () => {
    expect(image.command?.exec).toBe(true);
    expect(image.healthCheck?.exec).toBe(true);
  });
});

describe('the image, started', () => {
  let server: RunningStage;
  let site: string;

  beforeAll(async () => {
    const port = await freePort();
    site = `http://127.0.0.1:${port}`;
    server = runStage(image, { nodeFolder, env: { PORT: String(port), HOST: '127.0.0.1' } });
    await until(async () => {
      if (server.ended()) throw new Error(`the server ended:\n${server.output()}`);
      return fetch(`${site}/-/health/live`).then(
        ({ ok }) => ok,
        () => false,
      );
    }, 'the server to answer');
  });

  test('its own health check calls it healthy', () => {
    expect(server.healthy()).toBe(true);
  });

  test('it serves the front page', async () => {
    const response = await fetch(`${site}/`);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('The Reading Room');
  });

  test('a visitor gets the preview of a locked article, and nothing of its end', async () => {
    const article = 'tidewater/where-to-put-the-error';
    const response = await fetch(`${site}/${article}`);
    const page = await response.text();
    expect(response.headers.get('gatefold-access')).toMatch(/^preview; reason=/);
    expect(page).toContain('You’re reading a preview, subscribe to read more.');
    const source = read(`config/sample/articles/${article}.md`).trim();
    const lastWords = source.slice(-60).replace(/^\S*\s/, '');
    expect(page).not.toContain(lastWords);
  });

  test('SIGTERM is all that is needed to end it, and well; the health check then says so', async () => {
    expect(await server.terminate()).toBe(0);
    expect(server.healthy()).toBe(false);
  });
});
