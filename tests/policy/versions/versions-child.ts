/** Another process on the same SQLite file, for the tests of policy versions: prints what it did or saw. */
import { systemClock } from '../../../src/ops/clock.ts';
import { openPolicySource } from '../../../src/policy/versions/policy-source.ts';
import { policyVersions } from '../../../src/policy/versions/policy-versions.ts';
import { openStores } from '../../../src/stores/open-stores.ts';
import { anna, named } from './desks.ts';

const [task = '', dataDir = '', file = ''] = process.argv.slice(2);
const print = (line: string | number): boolean => process.stdout.write(`${line}\n`);
const { versions: store } = await openStores({ dataDir, warn: print });
const versions = policyVersions({ store, clock: systemClock });

const draftOf = async (text: string): Promise<number> => {
  const { draft, newest } = await versions.desk();
  const saved = await versions.saveDraft({
    ...{ text, basedOn: newest?.number ?? 0, revision: draft.revision, author: anna },
  });
  return saved.kind === 'saved' ? saved.draft.revision : 0;
};

for (let n = 0; task === 'publish-forever'; n += 1) {
  const revision = await draftOf(named(`Version-${process.pid}-${n}`));
  const answer = await versions.publishDraft({ revision, author: anna, note: `${n}` });
  if (answer.kind === 'published') print(answer.version.number);
}

if (task === 'schedule') {
  const revision = await draftOf(named('Scheduled'));
  const at = systemClock() + 1500;
  print((await versions.publishDraft({ revision, author: anna, note: '', at })).kind);
}

if (task === 'obey') {
  const log = { info: () => undefined, warn: () => undefined };
  const source = await openPolicySource({ file, store, clock: systemClock, log });
  print(source.current().site.name);
  source.onChange((policy) => print(policy.site.name));
  // What it follows must not keep a command alive; only the test does here.
  setInterval(() => undefined, 1000);
}
