/** A metered limit for those who look and change nothing. */
import type { Meter } from '../../policy/policy.ts';
import { countInWords, numberInWords } from '../../policy/words/list-in-words.ts';
import { periodInWords } from '../../policy/words/window-in-words.ts';
import { type EditedFact, EditedFacts } from '../draft/edited-facts.tsx';

interface Props {
  readonly meter: Meter;
  readonly inForce: Meter | undefined;
}

export const LimitsFactsShown = ({ meter, inForce }: Props) => (
  <EditedFacts facts={factsOf(meter)} inForce={inForce && factsOf(inForce)} />
);

const factsOf = ({ allowance, window, networkAllowance, on }: Meter): readonly EditedFact[] => [
  { name: 'Visitors', value: `${countInWords(allowance.visitor, 'free article')} ${periodInWords(window)}` },
  {
    name: 'Registered readers',
    value: `${countInWords(allowance.registered, 'free article')} ${periodInWords(window)}`,
  },
  {
    name: 'Network allowance',
    value:
      networkAllowance === undefined
        ? 'No limit'
        : `${numberInWords(networkAllowance)} new ${networkAllowance === 1 ? 'visitor' : 'visitors'} of one network within the window`,
  },
  { name: 'On', value: on ? 'Yes' : 'No: nobody gets a free article from it' },
];
