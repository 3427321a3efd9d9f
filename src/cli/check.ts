/** `gatefold check`: every fault and warning of the policy and the settings, at once. */
import { readFile } from 'node:fs/promises';
import { lookAtOrigin } from '../gateway/look-at-origin.ts';
import { knownMessages } from '../pages/messages/message-keys.ts';
import { loadPolicy } from '../policy/load-policy.ts';
import type { Policy } from '../policy/policy.ts';
import { formatFault, type PolicyFault } from '../policy/policy-fault.ts';
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
  const count = faults.length + policy.faults.length;
  if (count === 0) console.log(`${policyFile} and the settings are in order${warned(warnings.length)}.`);
  else console.error(`${count} ${count === 1 ? 'fault' : 'faults'}${warned(warnings.length)}.`);
  process.exitCode = count === 0 ? 0 : 1;
};

interface Options {
  /** Ask the origin, too. */
  readonly origin?: boolean;
}

interface Checked {
  /** Absent: it has faults. */
  readonly loaded?: Policy;
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
}

const checkPolicy = async (file: string): Promise<Checked> => {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) {
    return { faults: [`${file}: there is no such file; set POLICY_FILE or name one.`], warnings: [] };
  }
  const loaded = loadPolicy(text, file, knownMessages);
  const words = (list: readonly PolicyFault[]): string[] => list.map(formatFault);
  const warnings = words(loaded.warnings);
  return loaded.kind === 'faulty'
    ? { faults: words(loaded.faults), warnings }
    : { loaded: loaded.policy, faults: [], warnings };
};

const warned = (count: number): string =>
  count === 0 ? '' : `, with ${count} ${count === 1 ? 'warning' : 'warnings'}`;
