/** The form of one rule, a new one or one that is there, and of what applies when no rule holds. */

import { type ConsoleFrame, renderConsolePage } from '../shell/console-shell.tsx';
import type { TypedRule, TypedTerms } from './rule-form.ts';
import { ConditionsFields } from './rules-conditions-fields.tsx';
import { Around, type FormFacts, Further, Place, type PlacedRule, Save } from './rules-edit-parts.tsx';
import { Field, faultMarks, TermsFields } from './rules-terms-fields.tsx';
import type { SeenValues } from './seen-values.ts';

export interface RuleFacts extends FormFacts {
  readonly typed: TypedRule;
  readonly seen: SeenValues;
  /** Absent: a new rule. */
  readonly rule?: PlacedRule;
}

export interface OtherwiseFacts extends FormFacts {
  readonly typed: TypedTerms;
}

export const renderRulePage = (frame: ConsoleFrame, facts: RuleFacts): string => {
  const { rule, typed, desk, mayEdit, faults } = facts;
  return renderConsolePage({
    frame,
    place: '/-/console/rules',
    title: rule ? `Rule ${rule.name}` : 'A new rule',
    fault: facts.fault,
    children: (
      <>
        <Around facts={facts} frame={frame} />
        <form
          class="stack part"
          method="post"
          action={rule ? '/-/console/rules/edit' : '/-/console/rules/new'}
        >
          <fieldset class="rules-all" disabled={!mayEdit}>
            <input type="hidden" name="revision" value={desk.working.revision} />
            {rule && <input type="hidden" name="rule" value={rule.name} />}
            <Field
              id="name"
              label="Name"
              faults={faults}
              hint="Small letters, digits, - and _. Its views are counted under this name, anew if you change it."
            >
              <input
                id="name"
                name="name"
                required
                maxLength={64}
                autocomplete="off"
                spellcheck={false}
                value={typed.name}
                {...faultMarks('name', faults, true)}
              />
            </Field>
            <ConditionsFields {...facts} />
            <TermsFields {...facts} />
            {!rule && <Place typed={typed} faults={faults} count={facts.policy.rules.length} />}
          </fieldset>
          {mayEdit && <Save />}
        </form>
        {rule && mayEdit && <Further rule={rule} revision={desk.working.revision} />}
      </>
    ),
  });
};

export const renderOtherwisePage = (frame: ConsoleFrame, facts: OtherwiseFacts): string =>
  renderConsolePage({
    frame,
    place: '/-/console/rules',
    title: 'Otherwise',
    fault: facts.fault,
    children: (
      <>
        <Around facts={facts} frame={frame} />
        <p class="hint part">This applies to articles that no rule holds for.</p>
        <form class="stack part" method="post" action="/-/console/rules/otherwise">
          <fieldset class="rules-all" disabled={!facts.mayEdit}>
            <input type="hidden" name="revision" value={facts.desk.working.revision} />
            <TermsFields {...facts} />
          </fieldset>
          {facts.mayEdit && <Save />}
        </form>
      </>
    ),
  });
