/** `gatefold policy diff | publish | rollback`: the policy of a running Gatefold, for publishers who keep theirs in git. */
import { readFile } from 'node:fs/promises';
import type {
  ApiChange,
  ApiCompared,
  ApiDesk,
  ApiFault,
  ApiPublished,
  ApiVersionChanges,
} from '../console/draft/policy-schema.ts';
import { formatFault, named } from '../policy/policy-fault.ts';
import { type ConsoleClient, ConsoleRefusal, createConsoleClient } from './console-client.ts';
import { fail } from './read-settings.ts';

/** What the environment says of where and as whom. */
export interface PolicyEnvironment {
  readonly CONSOLE_URL?: string | undefined;
  /** Where the console is with the site. */
  readonly PUBLIC_URL?: string | undefined;
  /** Never an option: the command line is seen by everybody on the machine, and kept by shells. */
  readonly GATEFOLD_TOKEN?: string | undefined;
}

interface Where {
  readonly url?: string;
}

interface PublishOptions extends Where {
  readonly note: string;
  readonly at?: string;
  readonly regardless?: boolean;
  readonly replaceDraft?: boolean;
}

interface RollbackOptions extends Where {
  readonly note?: string;
}

/** Each ends the process with 1, and says why, when what was asked for wasn't done. */
export const createPolicyCommands = (environment: PolicyEnvironment) => ({
  diff: (file: string, where: Where): Promise<void> =>
    told(file, async () => {
      const { compared } = await compare(clientAt(where, environment), file);
      print(comparedInWords(compared));
    }),
  publish: (file: string, options: PublishOptions): Promise<void> =>
    told(file, () => publish(clientAt(options, environment), file, options)),
  rollback: (number: string, options: RollbackOptions): Promise<void> =>
    told(`version ${number}`, () => rollBack(clientAt(options, environment), versionNumber(number), options)),
});

/** @param name as faults shall name the text */
const told = async (name: string, run: () => Promise<void>): Promise<void> => {
  try {
    await run();
  } catch (error) {
    const { faults, moreFaults } = error instanceof ConsoleRefusal ? error.more : {};
    // Faults of a request, which this command doesn't make, have no line.
    if (faults?.every(({ line }) => line !== undefined)) printFaults(name, faults, moreFaults);
    fail(error instanceof ConsoleRefusal ? new Error(refusalInWords(error)) : error);
  }
};

const clientAt = ({ url: asked }: Where, environment: PolicyEnvironment): ConsoleClient => {
  const { CONSOLE_URL = '', PUBLIC_URL = '', GATEFOLD_TOKEN: token = '' } = environment;
  const url = asked ?? (CONSOLE_URL || PUBLIC_URL);
  if (url === '')
    throw new Error('Say where the console is: --url https://console.example.com, or set CONSOLE_URL.');
  if (token === '')
    throw new Error(
      'Set GATEFOLD_TOKEN to an API token of an editor or owner: an owner makes one in the console, under Team.',
    );
  return createConsoleClient({ url, token, fetch });
};

const compare = async (client: ConsoleClient, file: string) => {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(`${file}: there is no such file.`);
  });
  const compared = await client.ask<ApiCompared>('POST', '/policy/diff', { text });
  printFaults(file, compared.warnings, compared.moreWarnings, 'warning: ');
  return { text, compared };
};

const publish = async (client: ConsoleClient, file: string, options: PublishOptions): Promise<void> => {
  const at = options.at === undefined ? undefined : moment(options.at);
  const { text, compared } = await compare(client, file);
  if (compared.identical)
    return print([`Version ${compared.against} says so already: nothing was published.`]);
  const desk = await client.ask<ApiDesk>('GET', '/policy');
  refuseToReplace(desk, text, options);
  const { note, regardless = false } = options;
  const basedOn = compared.against;
  const saved = await client.ask<ApiDesk>('PUT', '/policy/draft', { text, basedOn, revision: desk.revision });
  const { revision } = saved;
  const order = { revision, note, regardless, ...(at === undefined ? {} : { at }) };
  const done = await client
    .ask<ApiPublished>('POST', '/policy/draft/publish', order)
    .catch(async (error: unknown) => {
      if (error instanceof ConsoleRefusal) await putBack(client, desk, saved).catch(() => undefined);
      throw error;
    });
  print([...doneInWords(done), ...changesInWords(compared.changes)]);
};

const refuseToReplace = (
  { draft }: ApiDesk,
  text: string,
  { replaceDraft = false }: PublishOptions,
): void => {
  if (draft === null || draft.text === text || replaceDraft) return;
  throw new Error(
    `There is a draft by ${draft.author}, last changed at ${draft.changedAt}, and nothing was published. Look at it in the console, or take its place with --replace-draft.`,
  );
};

/** What couldn't be published isn't left on the desk that others work at, and doesn't cost them their draft. */
const putBack = async (client: ConsoleClient, { draft }: ApiDesk, { revision }: ApiDesk): Promise<void> => {
  if (draft === null) await client.ask('DELETE', '/policy/draft', { revision });
  else {
    const { text, basedOn } = draft;
    await client.ask('PUT', '/policy/draft', { text, basedOn, revision });
  }
};

const rollBack = async (
  client: ConsoleClient,
  number: number,
  { note = '' }: RollbackOptions,
): Promise<void> => {
  const { published } = await client.ask<ApiDesk>('GET', '/policy');
  const instead = published.number;
  const path = `/policy/versions/${number}`;
  const { changes } = await client.ask<ApiVersionChanges>('GET', `${path}/changes?against=${instead}`);
  const done = await client.ask<ApiPublished>('POST', `${path}/rollback`, { instead, note });
  print([...doneInWords(done), ...changesInWords(changes)]);
};

const versionNumber = (text: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`“${text}” is no version’s number: write one such as 3.`);
  return Number(text);
};

/** Without an offset it would be another moment on another machine. */
const moment = (text: string): string => {
  const at = Date.parse(text);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(at))
    throw new Error(`--at: “${text}” is no moment: write 2027-01-31T08:00:00Z, or +01:00 instead of the Z.`);
  return new Date(at).toISOString();
};

const comparedInWords = ({ against, identical, changes }: ApiCompared): readonly string[] => {
  if (identical) return [`Version ${against}, which is in force, says the same to the last character.`];
  return [`What it would change of version ${against}, which is in force:`, ...changesInWords(changes)];
};

const changesInWords = (changes: readonly ApiChange[] | null): readonly string[] => {
  if (changes === null) return ['  It can’t be compared: this Gatefold can’t use the version in force.'];
  return changes.length === 0
    ? ['  Nothing that readers meet.']
    : changes.map(({ words }) => `  - ${words.replace(/\p{Cc}+/gu, ' ')}`);
};

const doneInWords = (done: ApiPublished): readonly string[] => {
  switch (done.kind) {
    case 'published':
      return [`Published as version ${done.version.number}. It changes:`];
    case 'scheduled':
      return [`Scheduled for ${done.scheduled.dueAt}. It would change of what is in force now:`];
    default:
      return done satisfies never;
  }
};

const refusalInWords = ({ code, message, more }: ConsoleRefusal): string => {
  switch (code) {
    case 'policy-faulty':
      return 'It can’t be published: mend these first.';
    case 'version-overtaken':
      return `Nothing was published: ${more.newest?.author ?? 'somebody'} published version ${more.newest?.number ?? '?'} meanwhile. Look at it with gatefold policy diff, and ask again.`;
    case 'draft-conflict':
      return more.now?.how === undefined
        ? 'Nothing was published: another version came into force meanwhile. Look at it with gatefold policy diff, and ask again.'
        : `Nothing was published: ${more.now.author ?? 'somebody'} ${more.now.how} the draft meanwhile. Ask again.`;
    case 'token-invalid':
    case 'operator-unknown':
      return 'GATEFOLD_TOKEN is worth nothing there: it is mistyped, revoked or past its end, or whoever made it is no operator any more. Ask an owner for a new one.';
    default:
      return message;
  }
};

const printFaults = (file: string, faults: readonly ApiFault[], more = 0, before = ''): void => {
  const here = faults.map((fault) => ({ ...fault, file }));
  for (const fault of named(here, more)) console.error(`${before}${formatFault(fault)}`);
};

const print = (lines: readonly string[]): void => {
  for (const line of lines) console.log(line);
};
