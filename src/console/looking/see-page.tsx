/** The page of an article as somebody else gets it: by the draft and by what is published, on a desk and on a phone. */

import { type ConsoleFrame, renderConsolePage } from '../shell/console-shell.tsx';
import { SeenFrame } from '../shell/seen-frame.tsx';
import { whyNothingToSee } from '../shell/send-seen-page.ts';
import type { LookedAt } from './look.ts';
import { type LookQuestion, lookAddress } from './look-address.ts';
import { LookDecision } from './look-decision.tsx';
import { LookFormPart } from './look-form.tsx';
import type { LookFormFacts } from './look-who.tsx';

export interface SeeFacts {
  readonly form: LookFormFacts;
  readonly fault?: string;
  /** Absent: nothing was asked yet. */
  readonly pictures?: {
    /** As whom, in words. */
    readonly reader: string;
    /** What is published, then the draft. */
    readonly list: readonly Picture[];
    /** Why there is none of the draft, though there is a draft. */
    readonly draftFaulty: boolean;
  };
}

export interface Picture {
  readonly name: string;
  /** Its own, the policy included. */
  readonly question: LookQuestion;
  /** A sentence where nothing is decided. */
  readonly looked: LookedAt['seen'] | string;
}

export const renderSeePage = (frame: ConsoleFrame, { form, fault, pictures }: SeeFacts): string =>
  renderConsolePage({
    frame,
    place: '/-/console/see',
    fault,
    children: (
      <>
        <p class="look-lead">
          The real page, by the real decision. Nothing is counted or recorded by looking.
        </p>
        <section class="part" aria-label="What to look at">
          <LookFormPart place="see" facts={form} />
        </section>
        {pictures && <Pictures frame={frame} pictures={pictures} />}
      </>
    ),
  });

interface PicturesProps {
  readonly frame: ConsoleFrame;
  readonly pictures: NonNullable<SeeFacts['pictures']>;
}

const Pictures = ({ frame, pictures: { reader, list, draftFaulty } }: PicturesProps) => (
  <section class="part look-wide" aria-labelledby="seen">
    <h2 id="seen">
      As <bdi>{reader}</bdi>
    </h2>
    {draftFaulty && (
      <p class="note">
        The draft has faults, so nothing can be decided by it.{' '}
        <a href="/-/console/versions#draft">Mend them</a> to see it here.
      </p>
    )}
    <div class={list.length > 1 ? 'see-sides' : undefined}>
      {list.map((picture) => (
        <Side key={picture.name} picture={picture} frame={frame} alone={list.length === 1} />
      ))}
    </div>
  </section>
);

interface SideProps {
  readonly picture: Picture;
  readonly frame: ConsoleFrame;
  readonly alone: boolean;
}

const Side = ({ picture: { name, question, looked }, frame, alone }: SideProps) => {
  const { policy } = question;
  return (
    <article class="see-side" aria-labelledby={`${policy}-name`}>
      <h3 id={`${policy}-name`}>{name}</h3>
      {typeof looked === 'string' ? (
        <p class="note">{looked}</p>
      ) : (
        <>
          {looked.kind === 'page' ? (
            <Shots question={question} name={name} alone={alone} />
          ) : (
            <p class="note">{whyNothingToSee(looked)}</p>
          )}
          <div id={`${policy}-decision`} class="see-decision" tabIndex={-1}>
            <LookDecision decision={looked.decided.decision} timeZone={frame.timeZone} />
          </div>
          <p>
            <a href={lookAddress('explain', question)}>
              Explain this, step by step<span class="look-unseen">: {name}</span>
            </a>
          </p>
        </>
      )}
    </article>
  );
};

interface ShotsProps {
  readonly question: LookQuestion;
  readonly name: string;
  readonly alone: boolean;
}

const Shots = ({ question, name, alone }: ShotsProps) => {
  const src = lookAddress('see/page', question);
  return (
    <div class={alone ? 'see-shots see-beside' : 'see-shots'}>
      <a class="see-past" href={`#${question.policy}-decision`}>
        Past the pictures, to the decision
      </a>
      {(['desk', 'phone'] as const).map((width) => (
        <figure key={width} class={`see-${width}`}>
          <SeenFrame
            id={`${question.policy}-${width}`}
            width={width}
            title={`${name}, on a ${width}`}
            src={src}
          />
          <figcaption>
            On a {width}. <a href={src}>The page alone</a>
          </figcaption>
        </figure>
      ))}
    </div>
  );
};
