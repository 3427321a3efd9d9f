/** The fields that say what a rule holds for: lists of what an article says of itself, its address, and its age. */
import type { Policy } from '../../policy/policy.ts';
import type { FormFault } from './form-faults.ts';
import type { ListField, TypedRule } from './rule-form.ts';
import { Field, faultMarks, Tick } from './rules-terms-fields.tsx';
import type { SeenValues } from './seen-values.ts';

interface Props {
  readonly typed: TypedRule;
  readonly policy: Pick<Policy, 'publications'>;
  readonly seen: SeenValues;
  readonly faults: readonly FormFault[];
}

export const ConditionsFields = (props: Props) => (
  <fieldset class="rules-group">
    <legend>Which articles it holds for</legend>
    <p class="hint">
      All that you fill in must be so; within one list, any entry is enough. With nothing filled in, it holds
      for every article. Lists have an entry on each line, or commas between; put an entry that has a comma
      itself in "quotes".
    </p>
    <Publications {...props} />
    {lists.map((list) => (
      <ListOf key={list.field} list={list} {...props} />
    ))}
    <Levels {...props} />
    <Age {...props} />
  </fieldset>
);

const lists: readonly { readonly field: ListField; readonly label: string; readonly hint?: string }[] = [
  { field: 'section', label: 'Sections' },
  { field: 'tag', label: 'Tags', hint: 'One of them is enough.' },
  { field: 'author', label: 'Authors' },
  {
    field: 'path',
    label: 'Addresses',
    hint: 'Such as /news/** for all below /news, /2026/*/* for two folders deep, /{news,sport}/** for either.',
  },
  { field: 'language', label: 'Languages', hint: 'Such as en, which also holds for en-GB.' },
];

const ListOf = ({
  list: { field, label, hint },
  typed,
  seen,
  faults,
}: Props & { list: (typeof lists)[number] }) => {
  const known = field === 'path' ? [] : seen[field];
  return (
    <Field id={field} label={label} faults={faults} {...(hint === undefined ? {} : { hint })}>
      <textarea
        id={field}
        name={field}
        rows={Math.min(8, Math.max(2, typed[field].split('\n').length))}
        autocomplete="off"
        spellcheck={false}
        {...faultMarks(field, faults, hint !== undefined)}
      >
        {typed[field]}
      </textarea>
      {known.length > 0 && (
        <>
          <input
            class="rules-more"
            name={field}
            list={`seen-${field}`}
            maxLength={200}
            autocomplete="off"
            aria-label={`${label}: add one that was seen`}
            placeholder="Add one that was seen on the site"
          />
          <datalist id={`seen-${field}`}>
            {known.map((value) => (
              <option key={value} value={value} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
};

const Publications = ({ typed, policy: { publications }, faults }: Props) => {
  const known = new Set(publications.map(({ id }) => id));
  const others = typed.publication.filter((id) => !known.has(id));
  if (publications.length === 0 && others.length === 0) return null;
  return (
    <fieldset class="rules-ticks" {...faultMarks('publication', faults)}>
      <legend>Publications</legend>
      {[...publications, ...others.map((id) => ({ id, name: id }))].map(({ id, name }) => (
        <Tick key={id} name="publication" value={id} label={name} ticked={typed.publication.includes(id)} />
      ))}
      <FaultsOnly id="publication" faults={faults} />
    </fieldset>
  );
};

const levelNames = [
  ['open', 'open'],
  ['registered', 'registered'],
  ['metered', 'metered'],
  ['locked', 'locked'],
] as const;

const Levels = ({ typed, faults }: Props) => (
  <fieldset class="rules-ticks" {...faultMarks('level', faults)}>
    <legend>Articles that call themselves</legend>
    {levelNames.map(([level, name]) => (
      <Tick key={level} name="level" value={level} label={name} ticked={typed.level.includes(level)} />
    ))}
    <FaultsOnly id="level" faults={faults} />
  </fieldset>
);

const FaultsOnly = ({ id, faults }: { id: string; faults: readonly FormFault[] }) => {
  const own = faults.filter(({ field }) => field === id);
  return own.length === 0 ? null : (
    <p class="fault" id={`${id}-fault`}>
      {own.map(({ words }) => words).join(' ')}
    </p>
  );
};

const Age = ({ typed, faults }: Props) => (
  <div class="line rules-age">
    {(
      [
        ['olderThanDays', 'Older than … days'],
        ['newerThanDays', 'Newer than … days'],
      ] as const
    ).map(([field, label]) => (
      <Field key={field} id={field} label={label} faults={faults}>
        <input
          id={field}
          name={field}
          inputMode="decimal"
          maxLength={12}
          autocomplete="off"
          value={typed[field]}
          {...faultMarks(field, faults)}
        />
      </Field>
    ))}
  </div>
);
