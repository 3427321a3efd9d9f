/** A decision as an operator reads it: what is sent, why, by which rule, and what is left. */
import { accessHeader } from '../../gate/access-header.ts';
import type { Decision } from '../../gate/decision.ts';
import { reasonInWords } from '../../insight/explain.ts';
import { Moment } from '../shell/moment.tsx';

interface Props {
  readonly decision: Decision;
  readonly timeZone: string;
}

export const LookDecision = ({ decision, timeZone }: Props) => {
  const { outcome, reason, rule, standing } = decision;
  return (
    <dl class="facts look-decision">
      <div>
        <dt>They get</dt>
        <dd>
          <b>{outcome === 'full' ? 'The whole article' : 'A preview'}</b>, because {reasonInWords(reason)}.
        </dd>
      </div>
      <div>
        <dt>By</dt>
        <dd>
          <RuleName rule={rule} />
        </dd>
      </div>
      {standing && (
        <div>
          <dt>Metered limit</dt>
          <dd>
            <bdi>{standing.meter}</bdi>: {standing.left} of {standing.of} left
            {outcome === 'full' && reason === 'free-read' ? ' after this one' : ''}, until{' '}
            <Moment at={standing.resetsAt} timeZone={timeZone} />
          </dd>
        </div>
      )}
      <div>
        <dt>Header</dt>
        <dd>
          <code>Gatefold-Access: {accessHeader(decision)}</code>
        </dd>
      </div>
    </dl>
  );
};

export const RuleName = ({ rule }: { rule: string }) =>
  rule === 'otherwise' ? (
    <>what holds for all other articles</>
  ) : (
    <>
      the rule “<bdi>{rule}</bdi>”
    </>
  );
