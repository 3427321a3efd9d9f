/** `gatefold check`: every fault and warning of the policy and the settings, at once. */
import { readFile } from 'node:fs/promises';
import { lookAtOrigin } from '../gateway/look-at-origin.ts';
import { knownMessages } from '../pages/messages/message-keys.ts';
import { loadPolicy } from '../policy/load-policy.ts';
import type { Policy } from '../policy/policy.ts';
import { firstNamed, formatFault, type PolicyFault, unnamed } from '../policy/policy-fault.ts';
import { parseSettings } from '../settings.ts';

/** Exit code 1 when anything would stop the start; warnings alone don't. */
export const check = async (file: string | undefined, { origin = false }: Options): Promise<void> => {
  const settings = parseSettings();
  const faults = settings.kind === 'faulty' ? settings.faults : [];
  const policyFile = file ?? (settings.kind === 'ok' ? settings.settings.policyFile : 'config/policy.yaml');
  const policy = await checkPolicy(policyFile);
  const seen =
    origin && settings.kind === 'ok' && policy.loaded
      ? await lookAtOrigin(settings.settings, policy.loaded)
      : [];
  for (const fault of faults) console.error(`settings: ${fault}`);
  for (const fault of policy.faults) console.error(fault);
  const warnings = [...policy.warnings, ...seen.map((words) => `origin: ${words}`)];
  for (const warning of warnings) console.error(`warning: ${warning}`);
  const count = faults.length + policy.faultCount;
  const warningCount = policy.warningCount + seen.length;
  if (count === 0) console.log(`${policyFile} and the settings are in order${warned(warningCount)}.`);
  else console.error(`${count} ${count === 1 ? 'fault' : 'faults'}${warned(warningCount)}.`);
  process.exitCode = count === 0 ? 0 : 1;
};

interface Options {
  /** Ask the origin, too. */
  readonly origin?: boolean;
}

interface Checked {
  /** Absent: it has faults. */
  readonly loaded?: Policy;
  /** In words, as many as are named. */
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
  readonly faultCount: number;
  readonly warningCount: number;
}

const checkPolicy = async (file: string): Promise<Checked> => {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) {
    const missing = `${file}: there is no such file; set POLICY_FILE or name one.`;
    return { faults: [missing], warnings: [], faultCount: 1, warningCount: 0 };
  }
  const loaded = loadPolicy(text, file, knownMessages);
  const faults = loaded.kind === 'faulty' ? loaded.faults : [];
  const { warnings } = loaded;
  return {
    ...(loaded.kind === 'ok' && { loaded: loaded.policy }),
    faults: faults.map(formatFault),
    warnings: firstNamed(warnings).map(formatFault),
    faultCount: countOf(faults),
    warningCount: countOf(warnings),
  };
};

const countOf = (list: readonly PolicyFault[]): number => list.length + unnamed(list);

const warned = (count: number): string =>
  count === 0 ? '' : `, with ${count} ${count === 1 ? 'warning' : 'warnings'}`;
