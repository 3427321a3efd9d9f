/** The desk, versions and refusals as the management API says them. */
import { firstNamed, type PolicyFault, unnamed } from '../../policy/policy-fault.ts';
import type { Scheduled } from '../../policy/versions/desk.ts';
import type { DraftConflict } from '../../policy/versions/draft.ts';
import type { UnknownVersion } from '../../policy/versions/policy-versions.ts';
import type { Published } from '../../policy/versions/publish.ts';
import type { VersionSummary } from '../../policy/versions/version.ts';
import type { Change } from '../../policy/words/change.ts';
import { type Answered, ok, problem } from '../api/call.ts';
import { iso } from '../api/moment.ts';
import type { CheckedPolicy, DeskView } from './desk-view.ts';
import type { ApiChange, ApiDesk, ApiFault, ApiOrder, ApiPublished, ApiVersion } from './policy-schema.ts';

export const faultsOf = (faults: readonly PolicyFault[]): ApiFault[] =>
  faults.map(({ code, path, line, column, message, instead }) => ({
    ...{ code, path, line, column, message, instead },
  }));

export const checkedOf = ({ faults, warnings }: Pick<CheckedPolicy, 'faults' | 'warnings'>) => ({
  faults: faultsOf(faults),
  moreFaults: unnamed(faults),
  ...warningsOf(warnings),
});

export const warningsOf = (warnings: readonly PolicyFault[]) => {
  const first = firstNamed(warnings);
  return { warnings: faultsOf(first), moreWarnings: unnamed(first) };
};

export const changesOf = (changes: readonly Change[] | undefined): ApiChange[] | null =>
  changes?.map(({ area, about, words }) => ({ area, about, words })) ?? null;

export const versionOf = (summary: VersionSummary): ApiVersion => {
  const { number, version, author, note, createdAt, publishedAt, from, made } = summary;
  return {
    ...{ number, version, author, note, made },
    ...{ createdAt: iso(createdAt), publishedAt: iso(publishedAt) },
    ...(from !== undefined && { from }),
  };
};

export const scheduledOf = (scheduled: Scheduled): ApiDesk['scheduled'][number] => {
  const { id, basedOn, author, note, createdAt, dueAt, made, from, regardless, held } = scheduled;
  return {
    ...{ id, basedOn, author, note, made, regardless },
    ...{ createdAt: iso(createdAt), dueAt: iso(dueAt) },
    ...(from !== undefined && { from }),
    ...(held && { held: { why: held.why, at: iso(held.at) } }),
  };
};

export const deskOf = ({ working, published, scheduled, changes }: DeskView): ApiDesk => {
  const { text, revision, basedOn, draft } = working;
  return {
    revision,
    published: { ...versionOf(published.version), text: published.text },
    draft: draft
      ? {
          ...{ text, revision, basedOn, author: draft.author, changedAt: iso(draft.changedAt) },
          ...checkedOf(working),
        }
      : null,
    scheduled: scheduled.map(scheduledOf),
    changes: changesOf(changes),
  };
};

export const conflictOf = ({ now }: DraftConflict): Answered<never> => {
  const { revision } = now;
  const last =
    now.kind === 'draft'
      ? { how: 'changed', author: now.author, at: iso(now.changedAt) }
      : now.ended && { ...now.ended, at: iso(now.ended.at) };
  return problem('draft-conflict', { now: { revision, ...last } });
};

export const faultyOf = (faults: readonly PolicyFault[]): Answered<never> =>
  problem('policy-faulty', { faults: faultsOf(faults), moreFaults: unnamed(faults) });

/** Of the draft and of an earlier version alike. */
export const publishedOf = (done: Published | DraftConflict | UnknownVersion): Answered<ApiPublished> => {
  switch (done.kind) {
    case 'published':
      return ok({ kind: 'published', version: versionOf(done.version) });
    case 'scheduled':
      return ok({ kind: 'scheduled', scheduled: scheduledOf(done.scheduled) });
    case 'faulty':
      return faultyOf(done.faults);
    case 'overtaken':
      return problem('version-overtaken', {
        basedOn: done.basedOn,
        ...(done.newest && { newest: versionOf(done.newest) }),
      });
    case 'unchanged':
      return problem('policy-unchanged', { newest: versionOf(done.newest) });
    case 'too-many-scheduled':
      return problem('too-many-scheduled', { most: done.most });
    case 'too-long':
      return problem('request-invalid', {
        faults: [{ in: 'body', at: done.what, message: `At most ${done.most} characters.` }],
      });
    case 'unknown-version':
      return problem('version-unknown');
    case 'conflict':
      return conflictOf(done);
    default:
      return done satisfies never;
  }
};

export const publishRefusals = [
  'policy-faulty',
  'version-overtaken',
  'policy-unchanged',
  'too-many-scheduled',
] as const;

/** When and how to publish, as the desk takes it. */
export const orderOf = ({ note, at, regardless }: ApiOrder) => ({
  ...{ note, regardless },
  ...(at !== undefined && { at: Date.parse(at) }),
});
