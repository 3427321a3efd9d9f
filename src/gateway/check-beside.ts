/** Checks a long draft in a thread, since a mebibyte of YAML takes seconds, and everybody else would wait for it. */
import { Unfinished } from '../ops/threads.ts';
import type { LoadedPolicy } from '../policy/load-policy.ts';
import { draftName } from '../policy/versions/check-text.ts';
import type { GatewayThreads } from './open-threads.ts';

/** What can't be checked to its end is faulty, since nobody knows what it says. */
export const checkBeside =
  (threads: GatewayThreads) =>
  async (text: string): Promise<LoadedPolicy> => {
    try {
      return await threads.run('checkDraft', text, text.length);
    } catch (error) {
      if (!(error instanceof Unfinished)) throw error;
      return { kind: 'faulty', faults: [{ ...place, ...words }], warnings: [] };
    }
  };

const place = { code: 'unfinished', file: draftName, line: 1, column: 1, path: '' } as const;
const words = {
  message: 'this text takes too long to check, or too much else is being checked just now',
  instead: 'the same again in a moment, or less of it: rules that name sections, tags or path globs',
};
