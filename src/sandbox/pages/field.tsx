/** One labelled field with its hint and its fault, tied together for those who hear the page. */
import type { ComponentChildren } from 'preact';

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly value?: string | undefined;
  readonly hint?: ComponentChildren;
  readonly fault?: string | undefined;
  /** Of several faulty fields only the first takes the focus. */
  readonly focused?: boolean;
  /** Further attributes of the input. */
  readonly input?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly class?: string;
}

export const Field = (props: FieldProps) => {
  const { name, label, value, hint, fault, focused = fault !== undefined, input } = props;
  const described = [fault === undefined ? '' : `${name}-fault`, hint === undefined ? '' : `${name}-hint`];
  const describedBy = described.filter(Boolean).join(' ');
  return (
    <div class={props.class ? `field ${props.class}` : 'field'}>
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        type="text"
        value={value}
        {...input}
        {...(describedBy && { 'aria-describedby': describedBy })}
        {...(fault !== undefined && { 'aria-invalid': 'true', autofocus: focused })}
      />
      {fault !== undefined && (
        <p class="fault" id={`${name}-fault`} role="alert">
          {fault}
        </p>
      )}
      {hint !== undefined && (
        <span class="hint" id={`${name}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
};
