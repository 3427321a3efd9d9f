/** `/-/console/versions/4`: one version: what it changed, how it differs from what is in force, its text, and going back to it. */
import type { PublishedVersion } from '../../policy/versions/version.ts';
import type { PublishedText } from '../draft/desk-view.ts';
import { type ConsoleFrame, renderConsolePage } from '../shell/console-shell.tsx';
import { Moment } from '../shell/moment.tsx';
import type { ComparedTexts } from './compared-texts.ts';
import { Compared } from './versions-compared.tsx';
import { FaultList } from './versions-faults.tsx';
import { authorName, madeInWords, versionPath } from './versions-list.tsx';
import { type PublishAgain, PublishForm } from './versions-publish.tsx';

export interface VersionFacts {
  readonly version: PublishedVersion;
  /** With the one before it; absent: there is none, or it isn't kept any more. */
  readonly changed?: ComparedTexts;
  readonly inForce: PublishedText['version'];
  /** What going back to it would change of what is in force. Absent: it is in force. */
  readonly back?: ComparedTexts;
  readonly mayRollBack: boolean;
  readonly fault?: string | undefined;
  readonly again?: PublishAgain | undefined;
}

const place = '/-/console/versions';

export const renderVersionPage = (frame: ConsoleFrame, facts: VersionFacts): string =>
  renderConsolePage({
    ...{ frame, place },
    title: `Version ${facts.version.number}`,
    fault: facts.fault,
    children: <Version facts={facts} timeZone={frame.timeZone} />,
  });

export const renderNoVersionPage = (frame: ConsoleFrame): string =>
  renderConsolePage({
    ...{ frame, place },
    title: 'There is no such version',
    children: (
      <p class="versions-whose">
        It was never published, or isn’t kept any more. <a href={place}>All versions</a>
      </p>
    ),
  });

interface Props {
  readonly facts: VersionFacts;
  readonly timeZone: string;
}

const Version = ({ facts, timeZone }: Props) => {
  const { version, changed } = facts;
  const { number } = version;
  return (
    <>
      <p class="versions-back">
        <a href={place}>All versions</a>
      </p>
      <Facts version={version} timeZone={timeZone} />
      <section class="part" aria-labelledby="changed">
        <h2 id="changed">What it changed</h2>
        {changed ? (
          <>
            <p class="hint">
              Of <a href={versionPath(number - 1)}>version {number - 1}</a>.
            </p>
            <Compared compared={changed} nothing="Nothing that readers meet." />
          </>
        ) : (
          <p>{number === 1 ? 'It is the first.' : 'The one before it isn’t kept any more.'}</p>
        )}
      </section>
      <Back facts={facts} timeZone={timeZone} />
      <section class="part" aria-labelledby="text">
        <h2 id="text">Its text</h2>
        <details class="hush">
          <summary>Show it, {version.text.split('\n').length} lines</summary>
          <pre class="versions-text">{version.text}</pre>
        </details>
      </section>
    </>
  );
};

const Facts = ({ version, timeZone }: { version: PublishedVersion; timeZone: string }) => {
  const { author, note, createdAt, publishedAt } = version;
  return (
    <section class="part" aria-label="Facts">
      <dl class="facts">
        <div>
          <dt>In force since</dt>
          <dd>
            <Moment at={publishedAt} timeZone={timeZone} />
            {createdAt < publishedAt && (
              <>
                {' '}
                (scheduled <Moment at={createdAt} timeZone={timeZone} />)
              </>
            )}
          </dd>
        </div>
        <div>
          <dt>Published by</dt>
          <dd>
            <bdi>{authorName(author)}</bdi>
          </dd>
        </div>
        <div>
          <dt>Made</dt>
          <dd>{madeInWords(version)}</dd>
        </div>
        {note !== '' && (
          <div>
            <dt>Note</dt>
            <dd class="versions-note">
              <bdi>{note}</bdi>
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
};

const Back = ({ facts: { version, inForce, back, mayRollBack, again }, timeZone }: Props) => {
  const { number, text } = version;
  if (!back)
    return (
      <section class="part" aria-labelledby="back">
        <h2 id="back">Against what is in force</h2>
        <p>{number === inForce.number ? 'It is in force.' : 'It says the same, to the last character.'}</p>
      </section>
    );
  return (
    <section class="part" aria-labelledby="back">
      <h2 id="back">Against what is in force</h2>
      <p class="hint">
        What would change if it took the place of{' '}
        <a href={versionPath(inForce.number)}>version {inForce.number}</a>.
      </p>
      <Compared compared={back} nothing="Nothing that readers meet." />
      {back.faults.length > 0 ? (
        <>
          <h3 class="fault">This Gatefold can’t go back to it</h3>
          <FaultList id="faults" faults={back.faults} text={text} />
        </>
      ) : (
        mayRollBack && (
          <PublishForm
            action={`${versionPath(number)}/rollback`}
            seen={{ instead: inForce.number }}
            again={again}
            timeZone={timeZone}
            button={`Roll back to version ${number}`}
          />
        )
      )}
    </section>
  );
};
