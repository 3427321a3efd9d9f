/** `/-/console/versions/text`: the draft, or what is in force, as YAML to write in; its faults beside it, by line. */

import type { CheckedPolicy } from '../draft/desk-view.ts';
import { type ConsoleFrame, renderConsolePage } from '../shell/console-shell.tsx';
import { Moment } from '../shell/moment.tsx';
import type { ComparedTexts } from './compared-texts.ts';
import { Compared } from './versions-compared.tsx';
import { FaultList, faultsCounted } from './versions-faults.tsx';

export interface DraftTextFacts {
  /** As it stands in the field: typed, where the page comes back. */
  readonly text: string;
  readonly checked: Pick<CheckedPolicy, 'faults' | 'warnings'>;
  readonly revision: number;
  readonly basedOn: number;
  /** Whose draft is open; absent: what is in force is. */
  readonly draft?: { readonly author: string; readonly changedAt: number };
  readonly mayEdit: boolean;
  readonly notice?: string | undefined;
  readonly fault?: string | undefined;
  /** Somebody else changed the draft: what there is now, and what saving over it would change of it. */
  readonly conflict?: { readonly compared: ComparedTexts };
}

const versions = '/-/console/versions';

export const renderDraftTextPage = (frame: ConsoleFrame, facts: DraftTextFacts): string =>
  renderConsolePage({
    frame,
    place: versions,
    title: 'The policy as text',
    notice: facts.notice,
    fault: facts.fault,
    scripts: ['draft-text.js'],
    children: <DraftText facts={facts} timeZone={frame.timeZone} />,
  });

interface Props {
  readonly facts: DraftTextFacts;
  readonly timeZone: string;
}

const DraftText = ({ facts, timeZone }: Props) => {
  const { text, checked, draft, conflict, basedOn } = facts;
  const { faults, warnings } = checked;
  return (
    <>
      <p class="versions-back">
        <a href={`${versions}#draft`}>Back to the draft and all versions</a>
      </p>
      {conflict ? (
        <Conflict compared={conflict.compared} />
      ) : (
        <p class="versions-whose">
          {draft ? (
            <>
              The draft, last changed by <bdi>{draft.author}</bdi>,{' '}
              <Moment at={draft.changedAt} timeZone={timeZone} />.
            </>
          ) : (
            <>This is what readers meet: version {basedOn}. What you save makes a draft.</>
          )}
        </p>
      )}
      {faults.length > 0 && (
        <section class="part" aria-labelledby="faults-heading">
          <h2 id="faults-heading" class="fault">
            {capital(faultsCounted(faults))}
          </h2>
          <FaultList id="faults" faults={faults} text={text} editor={{ here: true }} />
        </section>
      )}
      {warnings.length > 0 && (
        <section class="part" aria-labelledby="warnings-heading">
          <h2 id="warnings-heading">Perhaps not meant like this</h2>
          <FaultList id="warnings" faults={warnings} text={text} editor={{ here: true }} />
        </section>
      )}
      <Editor facts={facts} />
    </>
  );
};

const Conflict = ({ compared }: { compared: ComparedTexts }) => (
  <section class="part" aria-labelledby="conflict">
    <h2 id="conflict">What saving yours would change of what is there now</h2>
    <Compared compared={compared} nothing="Nothing that readers meet." />
    <p>
      <a href="/-/console/versions/text">Leave yours, and open what is there now</a>
    </p>
  </section>
);

const Editor = ({ facts }: { facts: DraftTextFacts }) => {
  const { text, checked, revision, basedOn, mayEdit, conflict } = facts;
  const faulty = checked.faults.length > 0;
  return (
    <form class="part versions-editor" method="post" action="/-/console/versions/text">
      <input type="hidden" name="revision" value={revision} />
      <input type="hidden" name="basedOn" value={basedOn} />
      <div class="field">
        <label for="text">{conflict ? 'Your text' : 'Text'}</label>
        <p class="hint" id="text-hint">
          YAML. Comments are kept. Saving checks it; a text with faults is kept as a draft, and can’t be
          published.
        </p>
        <textarea
          id="text"
          name="text"
          rows={28}
          wrap="off"
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          readOnly={!mayEdit}
          aria-describedby={faulty ? 'text-hint faults' : 'text-hint'}
          aria-invalid={faulty ? 'true' : undefined}
        >
          {/* The first line break of a text field is no part of its text. */}
          {`\n${text}`}
        </textarea>
      </div>
      {mayEdit && (
        <button class="button" type="submit">
          {conflict ? 'Save mine over it' : 'Save the draft'}
        </button>
      )}
    </form>
  );
};

const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
