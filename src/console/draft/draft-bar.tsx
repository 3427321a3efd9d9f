/** Stands above everything that edits the policy: whether there is a draft, whose, and the way to publishing it. */

import type { ConsoleFrame } from '../shell/console-shell.tsx';
import { Moment } from '../shell/moment.tsx';
import type { DeskView } from './desk-view.ts';

interface Props {
  readonly desk: Pick<DeskView, 'working' | 'published' | 'changes'>;
  readonly frame: ConsoleFrame;
}

export const DraftBar = ({ desk: { working, published, changes }, frame }: Props) => (
  <section class="draft" aria-label="Draft">
    {working.draft === undefined ? (
      <p>
        This is what readers meet: version {published.version.number}, in force since{' '}
        <Moment at={published.version.publishedAt} timeZone={frame.timeZone} />. What you change here makes a
        draft.
      </p>
    ) : (
      <>
        <p>
          <b>Draft</b>, {changesCounted(changes)}. Last changed by <bdi>{working.draft.author}</bdi>,{' '}
          <Moment at={working.draft.changedAt} timeZone={frame.timeZone} />. Readers meet version{' '}
          {published.version.number}.
        </p>
        <p class="actions">
          <a class="button small" href="/-/console/versions#draft">
            Review and publish
          </a>{' '}
          <a href="/-/console/replay">What would it change?</a>
        </p>
      </>
    )}
  </section>
);

const changesCounted = (changes: DeskView['changes']): string => {
  if (changes === undefined) return 'with faults';
  if (changes.length === 0) return 'which changes nothing that readers meet';
  return changes.length === 1 ? '1 change' : `${changes.length} changes`;
};
