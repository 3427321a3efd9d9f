/** Policies, desks and a store in memory for tests of versions. */
import { checkAs } from '../../../src/policy/versions/check-text.ts';
import { type Desk, emptyDesk, headOf, type Ruling } from '../../../src/policy/versions/desk.ts';
import { importFile } from '../../../src/policy/versions/file-wins.ts';
import { type PublishedVersion, summaryOf } from '../../../src/policy/versions/version.ts';
import type { VersionStore } from '../../../src/policy/versions/version-store.ts';

export const noon = Date.parse('2026-06-15T12:00:00Z');
export const anna = 'anna@example.org';
export const ben = 'ben@example.org';

export const named = (name: string): string => `site: { name: ${name} }\n`;
export const faultyText = 'site: { nmae: Wrong }\nrules: 3\n';

export const check = checkAs('draft', undefined);

/** The version of what the text says. */
export const hashOf = (text: string) => {
  const checked = check(text);
  if (checked.kind === 'faulty') throw new Error('a faulty policy has no version');
  return checked.policy.version;
};

/** The desk after the ruling's step; as it was where there is none. */
export const deskAfter = <Answer>(desk: Desk, { step }: Ruling<Answer>): Desk => step?.desk ?? desk;

export const fileText = (text: string) => ({ text, version: hashOf(text) });

/** With one version, from the file. */
export const startedDesk = (text = named('First')): Desk =>
  deskAfter(emptyDesk, importFile(emptyDesk, fileText(text), noon));

export interface StoreInMemory extends VersionStore {
  readonly versions: readonly PublishedVersion[];
}

/** Keeps what the port promises, and nothing else, so that rules can be tried in every order. */
export const storeInMemory = (): StoreInMemory => {
  let desk = emptyDesk;
  const versions: PublishedVersion[] = [];
  return {
    versions,
    desk: async () => desk,
    head: async () => headOf(desk),
    change: async (step) => {
      if (step.desk.revision !== desk.revision + 1) return false;
      desk = step.desk;
      if (step.published) versions.push(step.published);
      return true;
    },
    version: async (number) => versions[number - 1],
    summaries: async (from, limit) =>
      versions
        .slice(Math.max(0, from - limit), from)
        .reverse()
        .map(summaryOf),
    onChange: () => {},
    generation: () => 0,
  };
};
