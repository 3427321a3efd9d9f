/** The draft: whose it is, what it would change, what is wrong with it, and the way to publishing or discarding it. */

import type { DeskView, WorkingText } from '../draft/desk-view.ts';
import { Moment } from '../shell/moment.tsx';
import type { ComparedTexts } from './compared-texts.ts';
import { Compared } from './versions-compared.tsx';
import { FaultList, faultsCounted } from './versions-faults.tsx';
import { authorName, Note, versionPath } from './versions-list.tsx';
import { type PublishAgain, PublishForm } from './versions-publish.tsx';

interface Props {
  readonly desk: DeskView;
  /** Of what is in force and the draft; absent: there is none. */
  readonly compared: ComparedTexts | undefined;
  readonly mayEdit: boolean;
  readonly mayPublish: boolean;
  readonly again: PublishAgain | undefined;
  readonly timeZone: string;
}

export const editorPath = '/-/console/versions/text';
const editor = { here: false, path: editorPath } as const;

export const DraftPart = (props: Props) => {
  const { working } = props.desk;
  return (
    <section class="part" aria-labelledby="draft">
      <h2 id="draft">Draft</h2>
      {working.draft === undefined ? (
        <p>
          Nothing is drafted. What is changed under Metered limits, Rules and the other places makes a draft.
        </p>
      ) : (
        <Drafted {...props} draft={working.draft} />
      )}
      <p>
        <a href={editorPath}>{props.mayEdit ? 'Edit the policy as text' : 'Look at the policy as text'}</a>
      </p>
    </section>
  );
};

type DraftedProps = Props & { readonly draft: NonNullable<WorkingText['draft']> };

const Drafted = ({ desk, draft, compared, mayEdit, mayPublish, again, timeZone }: DraftedProps) => {
  const { working, published } = desk;
  return (
    <>
      <p>
        Last changed by <bdi>{draft.author}</bdi>, <Moment at={draft.changedAt} timeZone={timeZone} />, and
        made from <a href={versionPath(working.basedOn)}>version {working.basedOn}</a>.
      </p>
      <Overtaken desk={desk} timeZone={timeZone} />
      {working.faults.length > 0 ? (
        <>
          <h3 class="fault">It can’t be published: it has {faultsCounted(working.faults)}</h3>
          <FaultList id="faults" faults={working.faults} text={working.text} editor={editor} />
        </>
      ) : (
        compared && (
          <>
            <h3>What readers would meet differently</h3>
            <Compared compared={compared} nothing="Nothing: only words that readers never see are changed." />
          </>
        )
      )}
      {working.warnings.length > 0 && (
        <>
          <h3>Perhaps not meant like this</h3>
          <FaultList id="warnings" faults={working.warnings} text={working.text} editor={editor} />
        </>
      )}
      {mayPublish && working.faults.length === 0 && (
        <>
          <h3>Publish</h3>
          <PublishForm
            action="/-/console/versions/publish"
            seen={{ revision: working.revision, instead: published.version.number }}
            again={again}
            timeZone={timeZone}
            button="Publish the draft"
            {...(isOvertaken(desk) && { overtakenBy: published.version.number })}
          />
        </>
      )}
      {mayEdit && <Discard revision={working.revision} />}
    </>
  );
};

const isOvertaken = ({ working, published }: DeskView): boolean =>
  working.draft !== undefined && working.basedOn !== published.version.number;

const Overtaken = ({ desk, timeZone }: { desk: DeskView; timeZone: string }) => {
  if (!isOvertaken(desk)) return null;
  const { working, published } = desk;
  const { number, author, publishedAt, note } = published.version;
  return (
    <div class="fault">
      <p>
        <b>Overtaken.</b> <bdi>{authorName(author)}</bdi> published{' '}
        <a href={versionPath(number)}>version {number}</a>, <Moment at={publishedAt} timeZone={timeZone} />,
        after this draft was made from version {working.basedOn}. Published as it is, the draft takes back
        what changed in between; all of that is in what is listed here.
      </p>
      {note !== '' && <Note note={note} />}
    </div>
  );
};

const Discard = ({ revision }: { revision: number }) => (
  <details class="hush">
    <summary>Discard the draft</summary>
    <form method="post" action="/-/console/versions/discard">
      <p>What was drafted is gone then, whoever wrote it. What is in force stays.</p>
      <input type="hidden" name="revision" value={revision} />
      <button class="button small" type="submit">
        Yes, discard it
      </button>
    </form>
  </details>
);
