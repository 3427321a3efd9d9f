/** What is to be published at a time, and what could not be when its time came. */
import type { Held, Scheduled } from '../../policy/versions/desk.ts';
import type { Change } from '../../policy/words/change.ts';
import { Moment } from '../shell/moment.tsx';
import { ChangeList } from './versions-compared.tsx';
import { madeInWords, Note } from './versions-list.tsx';

export interface ShownScheduled {
  readonly scheduled: Scheduled;
  /** Of what is in force now; undefined: the text can't be used. */
  readonly changes: readonly Change[] | undefined;
}

interface Props {
  readonly all: readonly ShownScheduled[];
  /** The number of the version that is. */
  readonly inForce: number;
  readonly mayPublish: boolean;
  readonly timeZone: string;
}

export const ScheduledPart = ({ all, inForce, mayPublish, timeZone }: Props) =>
  all.length === 0 ? null : (
    <section class="part" aria-labelledby="scheduled">
      <h2 id="scheduled">Scheduled</h2>
      <ul class="rows">
        {all.map((one) => (
          <Row
            key={one.scheduled.id}
            shown={one}
            inForce={inForce}
            mayPublish={mayPublish}
            timeZone={timeZone}
          />
        ))}
      </ul>
    </section>
  );

type RowProps = Omit<Props, 'all'> & { readonly shown: ShownScheduled };

const Row = ({ shown: { scheduled, changes }, inForce, mayPublish, timeZone }: RowProps) => {
  const { id, dueAt, author, note, held, regardless, basedOn } = scheduled;
  return (
    <li>
      <div>
        <b>
          <Moment at={dueAt} timeZone={timeZone} />
        </b>
        <small>
          {madeInWords(scheduled)}, by <bdi>{author}</bdi>
          {regardless && ', whatever is published before'}
        </small>
        {note !== '' && <Note note={note} />}
        {held && <small class="fault">Held: {heldInWords[held.why]}</small>}
        {!held && !regardless && basedOn !== inForce && (
          <small class="fault">
            Version {inForce} was published since it was scheduled: when its time comes, it will be held and
            not published.
          </small>
        )}
        {changes && changes.length > 0 && (
          <details class="hush">
            <summary>What it would change of what is in force now</summary>
            <ChangeList changes={changes} />
          </details>
        )}
      </div>
      {mayPublish && (
        <form class="actions" method="post" action="/-/console/versions/cancel">
          <input type="hidden" name="id" value={id} />
          <button class="button quiet small" type="submit">
            Take it back
          </button>
        </form>
      )}
    </li>
  );
};

const heldInWords: Readonly<Record<Held['why'], string>> = {
  overtaken:
    'its time came, and another version had been published since it was scheduled. Take it back, look at what it would change now, and publish it again.',
  faulty: 'its time came, and this Gatefold finds faults in it. Take it back and mend them.',
};
