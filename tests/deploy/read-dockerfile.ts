/** Reads a Dockerfile into its instructions; one that it doesn't know is an error, so that no step goes untested. */

export interface Instruction {
  readonly name: InstructionName;
  /** `--from=build` as `{ from: 'build' }`. */
  readonly flags: Readonly<Record<string, string>>;
  /** Words, without the flags; for a shell form the whole command is the one word. */
  readonly words: readonly string[];
  /** `["node", …]`: what is run without a shell. */
  readonly exec: boolean;
}

const names = [
  'ARG',
  'FROM',
  'LABEL',
  'ENV',
  'RUN',
  'WORKDIR',
  'COPY',
  'USER',
  'VOLUME',
  'EXPOSE',
  'HEALTHCHECK',
  'CMD',
] as const;

export type InstructionName = (typeof names)[number];

export const readDockerfile = (text: string): readonly Instruction[] =>
  logicalLines(text).map(readInstruction);

/** Comments are left out before lines are joined: a comment may stand within a continued instruction. */
const logicalLines = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const readInstruction = (line: string): Instruction => {
  const [, word = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
  const name = names.find((known) => known === word.toUpperCase());
  if (!name) throw new Error(`the test doesn't know how to carry out "${line}"`);
  const [flags, body] = splitFlags(rest);
  // A health check is the command within it.
  const command = name === 'HEALTHCHECK' ? body.replace(/^CMD\s+/, '') : body;
  const isCommand = name === 'RUN' || name === 'CMD' || name === 'HEALTHCHECK';
  if (command.startsWith('[')) {
    return { name, flags, words: JSON.parse(command) as readonly string[], exec: true };
  }
  return { name, flags, words: isCommand ? [command] : wordsOf(command), exec: false };
};

const splitFlags = (text: string): readonly [Readonly<Record<string, string>>, string] => {
  const flags: Record<string, string> = {};
  let rest = text;
  for (;;) {
    const match = /^--([\w-]+)=(\S+)\s+/.exec(rest);
    if (!match) return [flags, rest];
    flags[match[1] ?? ''] = match[2] ?? '';
    rest = rest.slice(match[0].length);
  }
};

/** By blanks, but not within quotes, which are taken off. */
const wordsOf = (text: string): readonly string[] =>
  (text.match(/(?:[^\s"]|"[^"]*")+/g) ?? []).map((word) => word.replaceAll('"', ''));
