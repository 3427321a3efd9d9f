/** `gatefold init`: looks at a site, and writes a policy for it that says what was seen and what isn't sure. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { systemClock } from '../ops/clock.ts';
import { knownMessages } from '../pages/messages/message-keys.ts';
import { loadPolicy } from '../policy/load-policy.ts';
import type { Policy } from '../policy/policy.ts';
import { formatFault } from '../policy/policy-fault.ts';
import { conclude } from '../survey/conclude.ts';
import { heldBy } from '../survey/hold-against.ts';
import { policyText } from '../survey/policy-text.ts';
import type { Survey } from '../survey/survey.ts';
import { CannotBeSeen, surveySite } from '../survey/survey-site.ts';
import { nextLines, sawLines } from '../survey/survey-words.ts';
import { fail } from './read-settings.ts';
import { stopOnSignal } from './stop-on-signal.ts';

interface Options {
  readonly from: string;
  readonly out: string;
  readonly overwrite?: boolean;
}

/** The exit code is 1 when nothing was written: the site can't be looked at, or the file is there already. */
export const init = async ({ from, out, overwrite = false }: Options): Promise<void> => {
  try {
    const address = siteAddress(from);
    if (!overwrite && existsSync(out)) throw new Error(isThere(out));
    console.log(`Looking at ${address.href}: a minute at most, some questions a second …`);
    const survey = await stopOnSignal((signal) =>
      surveySite({ from: address, clock: systemClock, pause: (ms) => wait(ms), signal }),
    );
    const { body, personalCookies } = defaults();
    const found = conclude(survey, { body, personalCookies });
    const text = policyText(survey, found, personalCookies);
    const policy = checked(text, out);
    await writeFile(out, text, { flag: overwrite ? 'w' : 'wx' }).catch((error: unknown) => {
      throw new Error(cannotWrite(out, error));
    });
    report(survey, found, policy, out);
  } catch (error) {
    fail(error instanceof CannotBeSeen ? new Error(`Nothing was written. ${error.message}`) : error);
  }
};

const siteAddress = (from: string): URL => {
  const written = /^[a-z][a-z+.-]*:\/\//i.test(from) ? from : `https://${from}`;
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new Error(
      `--from: “${from.slice(0, 100)}” is no address of a site: write https://www.example.com/`,
    );
  if (url.username !== '' || url.password !== '')
    throw new Error(
      '--from: a site that asks for a password can’t be looked at. Give an address that is open.',
    );
  url.hash = '';
  return url;
};

const isThere = (out: string): string =>
  `${out} is there already, and was left as it is: name another file with --out, or say --overwrite.`;

const cannotWrite = (out: string, error: unknown): string => {
  const { code } = error as { code?: unknown };
  if (code === 'EEXIST') return isThere(out);
  return `${out} can’t be written (${String(code ?? error)}): is its folder there, and may this user write to it?`;
};

const defaults = (): { readonly body: readonly string[]; readonly personalCookies: readonly string[] } => {
  const { articles, originCache } = checked('{}', 'defaults');
  return { body: articles.body, personalCookies: originCache.personalCookies };
};

/** What is written is in order, whatever a site says of itself. */
const checked = (text: string, file: string): Policy => {
  const loaded = loadPolicy(text, file, knownMessages);
  if (loaded.kind === 'ok') return loaded.policy;
  throw new Error(
    `Nothing was written: what was seen made a policy with faults, which shouldn’t be. ${loaded.faults.map(formatFault).join('\n')}`,
  );
};

const report = (survey: Survey, found: ReturnType<typeof conclude>, policy: Policy, out: string): void => {
  const lines = [
    ...['', 'What was seen:', ...sawLines(survey, found).map(item)],
    ...(found.unsure.length > 0 ? ['', 'What isn’t sure:', ...found.unsure.map(item)] : []),
    ...['', `${out} was written. ${heldBy(policy, survey.pages, found.articles)}`, ...nextLines(survey, out)],
  ];
  console.log(lines.join('\n'));
};

const item = (line: string): string => `- ${line}`;
