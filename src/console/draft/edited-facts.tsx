/** A part of the policy for those who look and change nothing: each fact, and what is in force where the draft says something else. */

export interface EditedFact {
  readonly name: string;
  readonly value: string;
}

interface Props {
  readonly facts: readonly EditedFact[];
  /** The same facts in the same order, as readers meet them. */
  readonly inForce: readonly EditedFact[] | undefined;
}

export const EditedFacts = ({ facts, inForce }: Props) => (
  <dl class="facts">
    {facts.map(({ name, value }, place) => {
      const was = inForce?.[place]?.value;
      return (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value}
            {was !== undefined && was !== value && <small class="edited-force"> In force: {was}</small>}
          </dd>
        </div>
      );
    })}
  </dl>
);
