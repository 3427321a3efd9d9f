/** What publishing, or going back to a version, came to: where the browser goes next, or why the page comes back. */
import type { DraftState } from '../../policy/versions/desk.ts';
import type { DraftConflict } from '../../policy/versions/draft.ts';
import type { UnknownVersion } from '../../policy/versions/policy-versions.ts';
import type { Published } from '../../policy/versions/publish.ts';

export type PublishAnswered =
  | { readonly kind: 'done'; readonly done: 'published' | 'scheduled' }
  | { readonly kind: 'back'; readonly status: 404 | 409 | 422; readonly fault: string };

export const publishAnswered = (done: Published | DraftConflict | UnknownVersion): PublishAnswered => {
  const back = (status: 404 | 409 | 422, fault: string): PublishAnswered => ({ kind: 'back', status, fault });
  switch (done.kind) {
    case 'published':
    case 'scheduled':
      return { kind: 'done', done: done.kind };
    case 'faulty':
      return back(422, 'Nothing was published: the text has faults, and they have to be mended first.');
    case 'overtaken':
      return back(
        409,
        `Nothing was published: ${done.newest?.author ?? 'somebody'} published version ${done.newest?.number ?? '?'} meanwhile. The page shows what would change now; publish again if it is still meant.`,
      );
    case 'unchanged':
      return back(409, 'Nothing was published: that is in force already, to the last character.');
    case 'too-long':
      return back(422, `Nothing was published: the note may have ${done.most} characters.`);
    case 'too-many-scheduled':
      return back(409, `Nothing was scheduled: at most ${done.most} can be at once. Take one back first.`);
    case 'unknown-version':
      return back(404, 'That version isn’t kept any more, so that nothing was published.');
    case 'conflict':
      return back(
        409,
        `Nothing was published: ${whoDid(done.now)} meanwhile. The page shows it as it is now.`,
      );
    default:
      return done satisfies never;
  }
};

/** Such as `ann@example.com changed the draft`. */
export const whoDid = (now: DraftState): string => {
  if (now.kind === 'draft') return `${now.author} changed the draft`;
  return now.ended
    ? `${now.ended.author} ${now.ended.how} the draft`
    : 'another version of the policy came into force';
};
