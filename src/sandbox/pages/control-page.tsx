/** The sandbox's own panel: its clock, mischief with webhooks, and what was sent. */
import { clockSteps } from './clock-typed.ts';
import { controlPaths } from './control-links.ts';
import { fieldMoment, momentText } from './date-text.ts';
import { type EventFacts, Events } from './event-list.tsx';
import { Field } from './field.tsx';
import { Frame, renderFrame } from './frame.tsx';
import type { MischiefFaults, MischiefTyped } from './mischief-typed.ts';

export interface ControlFacts extends EventFacts {
  readonly now: number;
  readonly nextDueAt: number | undefined;
  readonly clockFault: string | undefined;
  readonly date: string | undefined;
  readonly mischief: MischiefTyped;
  readonly mischiefFaults: MischiefFaults;
  /** What was just done, in a sentence. */
  readonly done: string | undefined;
  /** What couldn't be done, and why; faults of fields stand at the fields. */
  readonly fault: string | undefined;
}

export const renderControls = (facts: ControlFacts): string => {
  const { now, done, fault, clockFault, mischiefFaults } = facts;
  const faulty = clockFault !== undefined || Object.keys(mischiefFaults).length > 0;
  return renderFrame(
    <Frame
      part="Gatefold sandbox"
      title="Sandbox controls"
      now={now}
      wide
      faulty={faulty}
      done={done}
      fault={fault}
      words={<Words facts={facts} />}
    >
      <Events facts={facts} />
    </Frame>,
  );
};

const Words = ({ facts }: { facts: ControlFacts }) => (
  <>
    <p class="lead">
      An offline Stripe for trying things out. It sells, renews, fails and cancels like the real one, on a
      clock of its own.
    </p>
    <ClockPanel facts={facts} />
    <MischiefPanel facts={facts} />
  </>
);

const ClockPanel = ({ facts: { now, nextDueAt, clockFault, date } }: { facts: ControlFacts }) => (
  <section class="panel" aria-labelledby="clock">
    <h2 id="clock">Clock</h2>
    <p class="clock">{momentText(now, 'en')}</p>
    <p class="hint">
      {nextDueAt === undefined
        ? 'Nothing is planned.'
        : `Next thing to happen by itself: ${momentText(nextDueAt, 'en')}.`}{' '}
      What is due on the way happens, in its order. The clock never goes back.
    </p>
    <form class="stack" method="post" action={controlPaths.clock} noValidate>
      <fieldset class="tight">
        <legend class="minor">Move it on by</legend>
        <div class="actions">
          {clockSteps.map((step) => (
            <button class="button quiet small" type="submit" name="by" value={step}>
              {`1 ${step}`}
            </button>
          ))}
          {nextDueAt !== undefined && (
            <button class="button quiet small" type="submit" name="by" value="next">
              To the next thing
            </button>
          )}
        </div>
      </fieldset>
    </form>
    <form class="line" method="post" action={controlPaths.clock} noValidate>
      <input type="hidden" name="by" value="date" />
      <Field
        name="date"
        label="Or to (UTC)"
        value={date ?? fieldMoment(nextDueAt ?? now)}
        fault={clockFault}
        input={{ type: 'datetime-local', min: fieldMoment(now) }}
      />
      <button class="button quiet" type="submit">
        Move
      </button>
    </form>
  </section>
);

const MischiefPanel = ({ facts: { mischief, mischiefFaults } }: { facts: ControlFacts }) => (
  <section class="panel" aria-labelledby="mischief">
    <h2 id="mischief">Mischief with webhooks</h2>
    <p class="hint">
      From now on, for every webhook. Whatever goes wrong here also goes wrong with Stripe, sooner or later.
    </p>
    <form class="stack" method="post" action={controlPaths.mischief} noValidate>
      <div class="pair">
        <Count name="delayMs" label="Delay (ms)" max={600_000} facts={{ mischief, mischiefFaults }} />
        <Count name="copies" label="Copies of each" max={10} facts={{ mischief, mischiefFaults }} />
        <Count name="dropOfTen" label="Lost, of ten" max={10} facts={{ mischief, mischiefFaults }} />
      </div>
      <label class="check">
        <input type="checkbox" name="shuffle" checked={mischief.shuffle} />
        <span>In a random order</span>
      </label>
      <button class="button quiet" type="submit">
        Set
      </button>
    </form>
  </section>
);

interface CountProps {
  readonly name: keyof MischiefFaults;
  readonly label: string;
  readonly max: number;
  readonly facts: Pick<ControlFacts, 'mischief' | 'mischiefFaults'>;
}

const Count = ({ name, label, max, facts: { mischief, mischiefFaults } }: CountProps) => (
  <Field
    name={name}
    label={label}
    value={mischief[name]}
    fault={mischiefFaults[name]}
    input={{ type: 'number', inputMode: 'numeric', min: 0, max, step: 1 }}
  />
);
