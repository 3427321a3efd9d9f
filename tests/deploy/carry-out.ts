/** Carries a Dockerfile's instructions out on this machine: each stage in an empty folder that stands for its root. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Instruction } from './read-dockerfile.ts';

export interface Stage {
  readonly name: string;
  /** Where the image comes from, its variables filled in. */
  readonly image: string;
  /** The folder that stands for `/`. */
  readonly root: string;
  readonly workdir: string;
  /** Absolute paths point into `root`. */
  readonly env: Readonly<Record<string, string>>;
  readonly user?: string;
  readonly command?: Instruction;
  readonly healthCheck?: Instruction;
  readonly ports: readonly string[];
  readonly volumes: readonly string[];
  /** What came from the project's folder, by its path there. */
  readonly copied: readonly string[];
}

interface Options {
  /** The build's context: the project's folder. */
  readonly context: string;
  /** An empty folder. */
  readonly into: string;
  /** The environment of RUN, beside the stage's own. */
  readonly tools: Readonly<Record<string, string>>;
}

/** @throws Error when a step fails, with all that it printed. */
export const carryOut = (instructions: readonly Instruction[], options: Options): readonly Stage[] => {
  const args: Record<string, string> = {};
  const stages: Stage[] = [];
  for (const instruction of instructions) {
    const last = stages.at(-1);
    if (instruction.name === 'ARG') setArg(args, instruction);
    else if (instruction.name === 'FROM') stages.push(newStage(instruction, args, options.into));
    else if (last) stages.splice(-1, 1, step(last, instruction, stages, options));
    else throw new Error(`${instruction.name} before the first FROM`);
  }
  return stages;
};

const setArg = (args: Record<string, string>, { words: [word = ''] }: Instruction): void => {
  const [name = '', value = ''] = word.split('=');
  args[name] = value;
};

const newStage = ({ words }: Instruction, args: Readonly<Record<string, string>>, into: string): Stage => {
  const [image = '', as, name = 'final'] = words;
  if (as !== undefined && as.toUpperCase() !== 'AS') throw new Error(`FROM ${words.join(' ')}`);
  const root = join(into, name);
  mkdirSync(root, { recursive: true });
  const filled = image.replaceAll(/\$\{(\w+)\}/g, (_, variable: string) => args[variable] ?? '');
  return { name, image: filled, root, workdir: '/', env: {}, ports: [], volumes: [], copied: [] };
};

const step = (
  stage: Stage,
  instruction: Instruction,
  stages: readonly Stage[],
  { context, tools }: Options,
): Stage => {
  const { name, words } = instruction;
  const [word = ''] = words;
  switch (name) {
    case 'WORKDIR':
      mkdirSync(join(stage.root, word), { recursive: true });
      return { ...stage, workdir: word };
    case 'ENV':
      return { ...stage, env: { ...stage.env, ...variables(words, stage.root) } };
    case 'COPY':
      return copy(stage, instruction, stages, context);
    case 'RUN':
      run(stage, word, tools);
      return stage;
    case 'USER':
      return { ...stage, user: word };
    case 'VOLUME':
      return { ...stage, volumes: [...stage.volumes, ...words] };
    case 'EXPOSE':
      return { ...stage, ports: [...stage.ports, ...words] };
    case 'HEALTHCHECK':
      return { ...stage, healthCheck: instruction };
    case 'CMD':
      return { ...stage, command: instruction };
    case 'LABEL':
      return stage;
    default:
      throw new Error(`${name} within a stage`);
  }
};

const variables = (words: readonly string[], root: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    words.map((word) => {
      const [name = '', ...value] = word.split('=');
      return [name, within(root, value.join('='))];
    }),
  );

const within = (root: string, text: string): string => (text.startsWith('/') ? join(root, text) : text);

const copy = (
  stage: Stage,
  { flags, words }: Instruction,
  stages: readonly Stage[],
  context: string,
): Stage => {
  const sources = words.slice(0, -1);
  const target = words.at(-1) ?? '';
  const from = flags.from === undefined ? undefined : stages.find(({ name }) => name === flags.from);
  if (flags.from !== undefined && !from) throw new Error(`COPY from an unknown stage, ${flags.from}`);
  const base = join(stage.root, target.startsWith('/') ? '' : stage.workdir, target);
  const isFolder = target.endsWith('/') || sources.length > 1;
  for (const source of sources) {
    const to = isFolder ? join(base, basename(source)) : base;
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join(from ? from.root : context, source), to, { recursive: true });
  }
  return from ? stage : { ...stage, copied: [...stage.copied, ...sources] };
};

/** The words of the command that are absolute paths mean the stage's own root. */
const run = (stage: Stage, command: string, tools: Readonly<Record<string, string>>): void => {
  const here = command.replaceAll(/(?<=^|\s)\/\S+/g, (path) => join(stage.root, path));
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', here], {
    cwd: join(stage.root, stage.workdir),
    env: { ...tools, ...stage.env },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`RUN ${command} failed with ${status}\n${stdout}${stderr}`);
};

/** The packages under the stage's node_modules, by name. */
export const installedPackages = ({ root, workdir }: Stage): readonly string[] => {
  const folder = join(root, workdir, 'node_modules');
  return readdirSync(folder).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(folder, name)).map((inner) => `${name}/${inner}`) : [name],
  );
};
