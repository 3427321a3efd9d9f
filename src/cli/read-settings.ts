/** Settings for a command, or every fault of them and the end of the process. */
import { formatFault, PolicyFaults } from '../policy/policy-fault.ts';
import { parseSettings, type Settings } from '../settings.ts';

export const readSettings = (): Settings => {
  const parsed = parseSettings();
  if (parsed.kind === 'ok') {
    for (const note of parsed.notes) console.error(`Note: ${note}`);
    return parsed.settings;
  }
  console.error('Gatefold can’t start. In the environment:');
  for (const fault of parsed.faults) console.error(`- ${fault}`);
  return process.exit(1);
};

/** Ends the process with what a person can act on: every fault of a policy, or one sentence. */
export const fail = (error: unknown): never => {
  if (error instanceof PolicyFaults) {
    console.error('Gatefold can’t start. In the policy:');
    for (const fault of error.faults) console.error(formatFault(fault));
  } else console.error(error instanceof Error ? error.message : String(error));
  return process.exit(1);
};
