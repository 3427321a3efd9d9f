/** `/-/console/versions`: what is in force, the draft, what is scheduled, and every version that is kept. */
import type { VersionPage } from '../../policy/versions/policy-versions.ts';
import type { DeskView } from '../draft/desk-view.ts';
import { type ConsoleFrame, renderConsolePage } from '../shell/console-shell.tsx';
import { Moment } from '../shell/moment.tsx';
import type { ComparedTexts } from './compared-texts.ts';
import { DraftPart } from './versions-draft.tsx';
import { authorName, Note, VersionList, versionPath } from './versions-list.tsx';
import type { PublishAgain } from './versions-publish.tsx';
import { ScheduledPart, type ShownScheduled } from './versions-scheduled.tsx';

export interface VersionsFacts {
  readonly desk: DeskView;
  readonly compared?: ComparedTexts;
  readonly scheduled: readonly ShownScheduled[];
  readonly page: VersionPage;
  readonly later: boolean;
  readonly may: { readonly edit: boolean; readonly publish: boolean; readonly rollBack: boolean };
  readonly notice?: string | undefined;
  readonly fault?: string | undefined;
  readonly again?: PublishAgain | undefined;
}

export const renderVersionsPage = (frame: ConsoleFrame, facts: VersionsFacts): string =>
  renderConsolePage({
    frame,
    place: '/-/console/versions',
    notice: facts.notice,
    fault: facts.fault,
    children: <Versions facts={facts} timeZone={frame.timeZone} />,
  });

interface Props {
  readonly facts: VersionsFacts;
  readonly timeZone: string;
}

const Versions = ({ facts, timeZone }: Props) => {
  const { desk, compared, scheduled, page, later, may, again } = facts;
  return (
    <>
      <InForce desk={desk} mayRollBack={may.rollBack} timeZone={timeZone} />
      <DraftPart {...{ desk, compared, again, timeZone }} mayEdit={may.edit} mayPublish={may.publish} />
      <ScheduledPart
        all={scheduled}
        inForce={desk.published.version.number}
        mayPublish={may.publish}
        timeZone={timeZone}
      />
      <VersionList {...{ page, later, timeZone }} inForce={desk.published.version.number} />
    </>
  );
};

interface InForceProps {
  readonly desk: DeskView;
  readonly mayRollBack: boolean;
  readonly timeZone: string;
}

const InForce = ({ desk: { published }, mayRollBack, timeZone }: InForceProps) => {
  const { number, publishedAt, author, note } = published.version;
  return (
    <section class="part" aria-labelledby="in-force">
      <h2 id="in-force">In force</h2>
      <div class="versions-force">
        <div>
          <p>
            <a href={versionPath(number)}>Version {number}</a>, since{' '}
            <Moment at={publishedAt} timeZone={timeZone} />, by <bdi>{authorName(author)}</bdi>.
          </p>
          {note !== '' && <Note note={note} />}
        </div>
        {mayRollBack && number > 1 && <RollBack to={number - 1} instead={number} />}
      </div>
      {published.faults.length > 0 && (
        <p class="fault">
          This Gatefold finds faults in it, so that readers still get the last version that it can use. Roll
          back, or publish another one.
        </p>
      )}
    </section>
  );
};

const RollBack = ({ to, instead }: { to: number; instead: number }) => (
  <form method="post" action={`${versionPath(to)}/rollback`}>
    <input type="hidden" name="instead" value={instead} />
    <button class="button quiet small" type="submit">
      Roll back to version {to}
    </button>
  </form>
);
