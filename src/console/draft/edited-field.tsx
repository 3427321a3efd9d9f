/** Fields that edit the policy: each with what it is for, what is in force where the draft says something else, and its faults. */
import type { ComponentChildren } from 'preact';
import type { ShownForm } from './form-again.ts';

interface Common {
  readonly form: ShownForm;
  /** Unique in the page. What belongs to it has ids of its own behind a dot, which stands in no name of the policy's. */
  readonly id: string;
  readonly name: string;
  readonly label: string;
  /** As the policy that is worked on has it. */
  readonly now: string;
  /** What readers meet; shown where it differs. */
  readonly inForce?: string | undefined;
  readonly hint?: ComponentChildren;
}

interface TextProps extends Common {
  readonly numeric?: boolean;
  readonly required?: boolean;
  readonly maxLength?: number;
  readonly optionalAs?: string;
}

/** Numbers are text too: what somebody typed wrongly has to stand there again. */
export const TextField = (props: TextProps) => {
  const { form, id, name, label, now, numeric, required, maxLength, optionalAs } = props;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        type="text"
        inputMode={numeric ? 'numeric' : undefined}
        class={numeric ? 'edited-number' : undefined}
        required={required}
        maxLength={maxLength}
        placeholder={optionalAs}
        autocomplete="off"
        spellcheck={false}
        value={form.value(name, now)}
        {...noted(props)}
      />
      <Notes {...props} />
    </div>
  );
};

interface SelectProps extends Common {
  readonly options: readonly { readonly value: string; readonly text: string }[];
}

export const SelectField = (props: SelectProps) => {
  const { form, id, name, label, now, options } = props;
  const chosen = form.value(name, now);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} name={name} {...noted(props)}>
        {options.map(({ value, text }) => (
          <option key={value} value={value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
      <Notes {...props} words={(value) => options.find((one) => one.value === value)?.text ?? value} />
    </div>
  );
};

/** `now` is `yes` or ''. */
export const TickField = (props: Common) => {
  const { form, id, name, label, now } = props;
  return (
    <div class="field">
      <label class="tick" for={id}>
        <input
          id={id}
          name={name}
          type="checkbox"
          value="yes"
          checked={form.value(name, now) === 'yes'}
          {...noted(props)}
        />
        <span>{label}</span>
      </label>
      <Notes {...props} words={(value) => (value === 'yes' ? 'yes' : 'no')} />
    </div>
  );
};

interface TicksProps extends Common {
  readonly options: readonly { readonly value: string; readonly text: string }[];
}

/** Several of a list; `now` and `inForce` are ids with spaces between. */
export const TicksField = (props: TicksProps) => {
  const { form, id, name, label, now, options } = props;
  const chosen = form.value(name, now).split(' ');
  const { 'aria-describedby': describedBy, 'aria-invalid': invalid, autofocus } = noted(props);
  return (
    <fieldset class="field edited-ticks" aria-describedby={describedBy}>
      <legend>{label}</legend>
      {options.map(({ value, text }, place) => (
        <label key={value} class="tick">
          <input
            type="checkbox"
            id={`${id}.${value}`}
            name={name}
            value={value}
            checked={chosen.includes(value)}
            aria-invalid={invalid}
            autofocus={place === 0 && autofocus}
          />
          <span>{text}</span>
        </label>
      ))}
      <Notes {...props} words={(value) => namesOf(value, options)} />
    </fieldset>
  );
};

const namesOf = (ids: string, options: TicksProps['options']): string =>
  ids
    .split(' ')
    .map((id) => options.find(({ value }) => value === id)?.text ?? id)
    .join(', ') || 'none';

/** What ties a field to its notes, and opens the page at the first one that is wrong. */
const noted = ({ form, id, name, now, inForce, hint }: Common) => {
  const faulty = form.faultsAt(name).length > 0;
  const notes = [
    faulty ? [`${id}.fault`] : [],
    form.hadTyped(name, now) === undefined ? [] : [`${id}.typed`],
    differs(inForce, now) ? [`${id}.force`] : [],
    hint ? [`${id}.hint`] : [],
  ].flat();
  return {
    'aria-describedby': notes.length > 0 ? notes.join(' ') : undefined,
    'aria-invalid': faulty ? ('true' as const) : undefined,
    autofocus: form.isFirstFault(name) || undefined,
  };
};

type NotesProps = Pick<Common, 'form' | 'id' | 'name' | 'now' | 'inForce' | 'hint'> & {
  readonly words?: (value: string) => string;
};

const Notes = ({ form, id, name, now, inForce, hint, words = plain }: NotesProps) => {
  const typed = form.hadTyped(name, now);
  const faults = form.faultsAt(name);
  return (
    <>
      {faults.length > 0 && (
        <p class="fault edited-note" id={`${id}.fault`}>
          {faults.join(' ')}
        </p>
      )}
      {typed !== undefined && (
        <p class="edited-note" id={`${id}.typed`}>
          You had: <b>{words(typed)}</b>
        </p>
      )}
      {differs(inForce, now) && (
        <p class="edited-note edited-force" id={`${id}.force`}>
          In force: <b>{words(inForce ?? '')}</b>
        </p>
      )}
      {hint && (
        <p class="hint" id={`${id}.hint`}>
          {hint}
        </p>
      )}
    </>
  );
};

const differs = (inForce: string | undefined, now: string): boolean =>
  inForce !== undefined && inForce !== now;

const plain = (value: string): string => (value === '' ? 'none' : value);

/** What the fields of one form have in common: each is named, shows what is, and what is in force where that differs. */
export interface FieldsetProps<Typed> {
  readonly form: ShownForm;
  /** Of the fields’ ids, which are one page’s. */
  readonly prefix: string;
  readonly now: Typed;
  readonly inForce?: Typed | undefined;
}

export const fieldsOf =
  <Typed extends Readonly<Record<string, string>>>({ form, prefix, now, inForce }: FieldsetProps<Typed>) =>
  <Name extends string & keyof Typed>(name: Name) => ({
    form,
    id: `${prefix}.${name}`,
    name,
    now: now[name],
    inForce: inForce?.[name],
  });
