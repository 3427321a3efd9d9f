/** Finds the version of the policy that a decision names by its hash. */
import type { PolicyVersion } from '../policy.ts';
import type { VersionSummary } from './version.ts';
import type { VersionStore } from './version-store.ts';

/** The newest that says just this; undefined where it was never published or isn't kept. Rejects when the store can't be asked. */
export type VersionNamed = (version: PolicyVersion) => Promise<NamedVersion | undefined>;

export type NamedVersion = Pick<VersionSummary, 'number' | 'version' | 'publishedAt'>;

const pageLength = 100;

export const createVersionNamed =
  (store: Pick<VersionStore, 'head' | 'summaries'>): VersionNamed =>
  async (version) => {
    const { newest } = await store.head();
    if (newest === undefined || newest.version === version) return newest;
    for (let from = newest.number - 1; from > 0; from -= pageLength) {
      const page = await store.summaries(from, pageLength);
      const found = page.find((each) => each.version === version);
      // Beyond the oldest that is kept, there is none.
      if (found || page.length === 0) return found;
    }
    return undefined;
  };
