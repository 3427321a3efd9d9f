/** A decision's trace, step by step: the article, the rules in order, what the reader holds, the meter, the outcome. */
import type { EntitlementStep, ExplainFacts, MeterStep, RuleStep } from '../../insight/explain-facts.ts';
import { Moment } from '../shell/moment.tsx';
import { SiteLink } from '../shell/site-link.tsx';
import { LookDecision } from './look-decision.tsx';

export interface Traced {
  readonly facts: ExplainFacts;
  /** Of the version that decided; absent where it was never published. */
  readonly number?: number;
}

interface Props {
  readonly traced: Traced;
  readonly isDraft: boolean;
  readonly timeZone: string;
}

export const ExplainTrace = ({ traced: { facts, number }, isDraft, timeZone }: Props) => (
  <ol class="explain-trace">
    <li>
      <h3>The article</h3>
      <ArticleStep facts={facts} />
    </li>
    <li>
      <h3>The rules, in order</h3>
      <RulesStep facts={facts} />
    </li>
    <li>
      <h3>What the reader holds</h3>
      <HeldStep step={facts.entitlements} timeZone={timeZone} />
    </li>
    {facts.meter && (
      <li>
        <h3>
          The metered limit “<bdi>{facts.meter.meter}</bdi>”
        </h3>
        <MeterReadingStep step={facts.meter} timeZone={timeZone} />
      </li>
    )}
    <li>
      <h3>The decision</h3>
      <LookDecision decision={facts.decision} timeZone={timeZone} />
      <p>
        By{' '}
        <PolicyName
          version={facts.decision.policyVersion}
          {...(number === undefined ? {} : { number })}
          isDraft={isDraft}
        />
        .
      </p>
    </li>
  </ol>
);

interface PolicyNameProps {
  readonly version: string;
  readonly number?: number;
  readonly isDraft: boolean;
}

export const PolicyName = ({ version, number, isDraft }: PolicyNameProps) => (
  <>
    {number !== undefined ? (
      <a href={`/-/console/versions/${number}`}>version {number}</a>
    ) : isDraft ? (
      <a href="/-/console/versions#draft">the draft</a>
    ) : (
      'a policy that isn’t kept any more'
    )}{' '}
    (<code>{version}</code>)
  </>
);

const ArticleStep = ({ facts: { article } }: { facts: ExplainFacts }) => (
  <>
    <p>
      <SiteLink path={article.id}>
        <bdi>{article.title || article.id}</bdi>
      </SiteLink>
    </p>
    <p class="hint">
      <code>{article.id}</code>; publication {article.publication || 'unknown'}, section{' '}
      {article.section ?? 'none'}, language {article.language}, own level {article.ownLevel ?? 'not stated'},
      tags {article.tags.join(', ') || 'none'}.
    </p>
  </>
);

const RulesStep = ({ facts: { rules, nothingToWithhold, products } }: { facts: ExplainFacts }) => (
  <>
    <ul class="explain-rules">
      {rules.map((step) => (
        <RuleRow key={step.rule} step={step} />
      ))}
    </ul>
    {nothingToWithhold && <p>The preview would be the whole text, so nothing is withheld.</p>}
    <p class="hint">
      Opened by {products.length > 0 ? <bdi>{products.join(', ')}</bdi> : 'nothing that can be bought'}.
    </p>
  </>
);

const RuleRow = ({ step }: { step: RuleStep }) => (
  <li class={step.matched ? 'explain-matched' : undefined}>
    <b>{step.rule === 'otherwise' ? 'All other articles' : <bdi>{step.rule}</bdi>}</b>{' '}
    {step.matched ? <>applies: {step.access}</> : <>doesn’t apply: {step.whyNot}</>}
  </li>
);

const HeldStep = ({ step: { known, list }, timeZone }: { step: EntitlementStep; timeZone: string }) => (
  <>
    {known === 'token' && (
      <p class="note">Told by the reader’s token, since the live view couldn’t be read.</p>
    )}
    {list.length === 0 ? (
      <p>Nothing.</p>
    ) : (
      <ul class="explain-held">
        {list.map(({ id, product, source, startsAt, endsAt, paymentDue, active }) => (
          <li key={id}>
            <b>
              <bdi>{product}</bdi>
            </b>{' '}
            by {source}, from <Moment at={startsAt} timeZone={timeZone} /> to{' '}
            <Moment at={endsAt} timeZone={timeZone} />
            {paymentDue ? '; payment is due' : ''}
            {active ? '' : '; not active now'}
          </li>
        ))}
      </ul>
    )}
  </>
);

const MeterReadingStep = ({ step, timeZone }: { step: MeterStep; timeZone: string }) => {
  if (step.reading === 'unavailable')
    return <p class="note">It couldn’t be read. The policy says “{step.whenDown}” then.</p>;
  const { reading, allowance, counted } = step;
  return (
    <>
      <p>
        {reading.used} of {allowance} used: {readingWords[reading.outcome]}. The next comes back{' '}
        <Moment at={reading.resetsAt} timeZone={timeZone} />.
      </p>
      {counted && counted.length > 0 && (
        <table>
          <caption>The articles that were counted</caption>
          <thead>
            <tr>
              <th scope="col">Article</th>
              <th scope="col">Read</th>
            </tr>
          </thead>
          <tbody>
            {counted.map(({ article, readAt }) => (
              <tr key={article}>
                <td>
                  <SiteLink path={article}>
                    <bdi>{article}</bdi>
                  </SiteLink>
                </td>
                <td>
                  <Moment at={readAt} timeZone={timeZone} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
};

const readingWords = {
  charged: 'this read was counted',
  known: 'this article is among them, and costs nothing again',
  available: 'a free read is left for this article',
  exhausted: 'no free read is left',
  'network-exhausted': 'too many new visitors came from this network',
} as const;
