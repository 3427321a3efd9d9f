/** What the reference on a prompt stands for. */
import { reasonInWords } from '../../insight/explain.ts';
import { SiteLink } from '../shell/site-link.tsx';
import { PolicyName } from './explain-trace.tsx';
import type { ReferenceTold } from './look.ts';
import { RuleName } from './look-decision.tsx';

interface Props {
  readonly told: ReferenceTold;
  readonly number?: number;
}

export const ExplainReference = ({ told: { stands }, number }: Props) => {
  const { article, reason, rule, audience, standing, policyVersion } = stands;
  return (
    <dl class="facts">
      <div>
        <dt>Article</dt>
        <dd>
          <SiteLink path={article}>
            <bdi>{article}</bdi>
          </SiteLink>
        </dd>
      </div>
      <div>
        <dt>Shown to</dt>
        <dd>{audience === 'visitor' ? 'a visitor' : 'a reader with an account'}; it doesn’t say which</dd>
      </div>
      <div>
        <dt>Because</dt>
        <dd>
          {reasonInWords(reason)} (<code>{reason}</code>), by <RuleName rule={rule} />
        </dd>
      </div>
      {standing && (
        <div>
          <dt>Metered limit</dt>
          <dd>
            <bdi>{standing.meter}</bdi>: {standing.left} of {standing.of} left, until {standing.resetsOn}{' '}
            (UTC)
          </dd>
        </div>
      )}
      <div>
        <dt>Policy</dt>
        <dd>
          <PolicyName version={policyVersion} {...(number === undefined ? {} : { number })} isDraft={false} />
        </dd>
      </div>
    </dl>
  );
};
